import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { Fold } from "@/components/desk/part-frame";
import { ResourceForm } from "@/components/desk/resource-fields";
import { PersonCard } from "@/components/desk/resource-list";
import { RetireSupplier } from "@/components/desk/retire-supplier";
import { EditSupplier } from "@/components/desk/supplier-fields";
import { shownKind, SupplierState } from "@/components/desk/supplier-words";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { DefinitionList } from "@/components/ui/facts";
import { formatCountry, formatDay } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { type SupplierPage, supplierFor, type SupplierRow } from "@/lib/desk/queries/suppliers";
import { requireAnyOf } from "@/lib/infra/session";
import { dayOf } from "@/lib/kernel/day";
import { peopleOf, type ResourceKind } from "@/lib/logistics/supplier";
import {
  addResourceAction,
  editResourceAction,
  editSupplierAction,
  restoreResourceAction,
  restoreSupplierAction,
  retireResourceAction,
  retireSupplierAction,
} from "./actions";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("suppliers");
  return { title: t("title") };
}

export default async function OneSupplierPage({ params, searchParams }: Props) {
  const reader = await requireAnyOf("admin", "coordinator");
  const { id } = await params;
  const { cursor } = paramsOf(await searchParams);
  const found = await supplierFor(reader, id, cursor, new Date());
  if (!found) notFound();
  const { supplier, staying } = found;
  const t = await getTranslations("suppliers");
  const base = `/${await getLocale()}/desk/settings/suppliers`;
  const isAdmin = reader.role === "admin";
  const kind = peopleOf(supplier.kind);
  return (
    <>
      <PageHeader
        above={<Breadcrumbs label={t("crumbs")} crumbs={[{ href: base, label: t("title") }]} />}
        title={<bdi>{supplier.name}</bdi>}
      />
      <div className="max-w-4xl space-y-gap-l">
        <Facts supplier={supplier} />
        {kind ? <People kind={kind} found={found} isAdmin={isAdmin} at={`${base}/${id}`} /> : null}
        {isAdmin ? (
          <>
            <Card heading={t("editTitle")} as="section">
              <EditSupplier supplier={supplier} action={editSupplierAction.bind(null, id)} />
            </Card>
            <RetireSupplier
              supplier={supplier}
              staying={staying}
              retire={retireSupplierAction.bind(null, id)}
              restore={restoreSupplierAction.bind(null, id)}
            />
          </>
        ) : null}
      </div>
    </>
  );
}

async function Facts({ supplier }: { supplier: SupplierRow }) {
  const t = await getTranslations("suppliers");
  const locale = await getLocale();
  const { kind, city, country, contact, termsAcceptedOn } = supplier;
  return (
    <DefinitionList
      facts={[
        { term: t("state"), value: <SupplierState supplier={supplier} /> },
        { term: t("kind"), value: t(`kinds.${shownKind(kind)}`) },
        { term: t("place"), value: <bdi>{`${city} · ${formatCountry(country, locale)}`}</bdi> },
        {
          term: t("terms"),
          value: termsAcceptedOn ? formatDay(dayOf(termsAcceptedOn), locale) : t("noTerms"),
        },
        ...(contact
          ? [
              {
                term: t("contact"),
                value: <bdi className="whitespace-pre-line wrap-anywhere">{contact}</bdi>,
              },
            ]
          : []),
      ]}
    />
  );
}

interface PeopleProps {
  kind: ResourceKind;
  found: SupplierPage;
  isAdmin: boolean;
  /** The address of this page. */
  at: string;
}

async function People({ kind, found: { supplier, people, places }, isAdmin, at }: PeopleProps) {
  const t = await getTranslations(`suppliers.person.${kind}`);
  const pager = await getTranslations("common.pager");
  const isOpen = supplier.retiredAt === null;
  return (
    <section className="space-y-gap-m">
      <h2 className="text-lg">{t("title")}</h2>
      {people.items.length === 0 ? <EmptyState title={t("none")}>{t("noneLead")}</EmptyState> : null}
      <ul className="space-y-gap">
        {people.items.map((person) => (
          <PersonCard
            key={person.id}
            kind={kind}
            person={person}
            places={places}
            isOpen={isOpen}
            acts={
              isAdmin
                ? {
                    edit: editResourceAction.bind(null, person.id),
                    retire: retireResourceAction.bind(null, person.id),
                    restore: restoreResourceAction.bind(null, person.id),
                  }
                : null
            }
          />
        ))}
      </ul>
      <Pager
        label={pager("label")}
        firstLabel={pager("first")}
        nextLabel={pager("next")}
        {...(people.next ? { next: `${at}?cursor=${people.next}` } : {})}
      />
      {isAdmin && isOpen ? (
        <Fold title={t("add")}>
          <ResourceForm
            kind={kind}
            person={null}
            places={places}
            action={addResourceAction.bind(null, supplier.id)}
          />
        </Fold>
      ) : null}
    </section>
  );
}
