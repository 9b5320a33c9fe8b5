import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { FilterLinks, filterQuery } from "@/components/desk/filter-links";
import { Fold } from "@/components/desk/part-frame";
import { AddSupplier } from "@/components/desk/supplier-fields";
import { SettingsTabs } from "@/components/desk/settings-tabs";
import { SupplierTable } from "@/components/desk/supplier-table";
import { PageHeader } from "@/components/ui/page-header";
import { Pager } from "@/components/ui/pager";
import { TextLink } from "@/components/ui/text-link";
import { paramsOf, type SearchParams } from "@/lib/desk/forms/nested";
import { suppliersFor } from "@/lib/desk/queries/suppliers";
import { requireAnyOf } from "@/lib/infra/session";
import { SUPPLIER_KINDS } from "@/lib/logistics/supplier";
import { supplierListForm } from "@/lib/logistics/supplier-form";
import { addSupplierAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("suppliers");
  return { title: t("title") };
}

export default async function SuppliersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const reader = await requireAnyOf("admin", "coordinator");
  const read = supplierListForm.safeParse(paramsOf(await searchParams));
  const query = read.success ? read.data : supplierListForm.parse({});
  const suppliers = await suppliersFor(reader, query);
  const t = await getTranslations("suppliers");
  const pager = await getTranslations("common.pager");
  const base = `/${await getLocale()}/desk/settings/suppliers`;
  const { q, kind = "" } = query;
  const address = (more: Record<string, string>) => `${base}?${filterQuery({ q, kind, ...more })}`;
  const kinds = SUPPLIER_KINDS.map((value) => ({ value: value as string, label: t(`kinds.${value}`) }));
  const isAdmin = reader.role === "admin";
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <SettingsTabs here="suppliers" reader={reader.role} />
      <Search q={q} base={base} />
      <FilterLinks
        label={t("filter")}
        choices={[{ value: "", label: t("all") }, ...kinds]}
        current={kind}
        hrefOf={(value) => address({ kind: value })}
      />
      <SupplierTable
        suppliers={suppliers.items}
        base={base}
        isFiltered={q !== undefined || kind !== ""}
        mayAdd={isAdmin}
      />
      <Pager
        label={pager("label")}
        firstLabel={pager("first")}
        nextLabel={pager("next")}
        {...(query.cursor ? { first: address({}) } : {})}
        {...(suppliers.next ? { next: address({ cursor: suppliers.next }) } : {})}
      />
      {isAdmin ? (
        <div className="mt-gap-l max-w-4xl">
          <Fold title={t("add")}>
            <AddSupplier action={addSupplierAction} />
          </Fold>
        </div>
      ) : null}
    </>
  );
}

/** Finds a supplier by a part of what is known of it: a plain form whose answer is an address. */
async function Search({ q, base }: { q: string | undefined; base: string }) {
  const t = await getTranslations("suppliers");
  return (
    <form action={base} method="get" className="mb-gap flex flex-wrap items-end gap-gap" role="search">
      <label className="min-w-0 flex-1 basis-56 sm:max-w-sm">
        <span className="field-label text-sm">{t("search")}</span>
        <input type="search" name="q" defaultValue={q} maxLength={100} className="control" />
      </label>
      <button type="submit" className="button button-primary">
        {t("find")}
      </button>
      {q === undefined ? null : (
        <span className="inline-flex min-h-control items-center">
          <TextLink href={base}>{t("clear")}</TextLink>
        </span>
      )}
    </form>
  );
}
