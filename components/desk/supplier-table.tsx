import { useLocale, useTranslations } from "next-intl";
import { shownKind, SupplierState } from "@/components/desk/supplier-words";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCountry, formatDay, formatNumber } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { ListedSupplier } from "@/lib/desk/queries/suppliers";
import { dayOf } from "@/lib/kernel/day";
import { peopleOf } from "@/lib/logistics/supplier";

interface SupplierTableProps {
  suppliers: readonly ListedSupplier[];
  /** "/en/desk/settings/suppliers" */
  base: string;
  /** Whether something was looked for: then nothing found is no sign that there is nothing. */
  isFiltered: boolean;
  mayAdd: boolean;
}

/** Who works for the operator: the name is the link, beside it whether they may be offered. */
export function SupplierTable({ suppliers, base, isFiltered, mayAdd }: SupplierTableProps) {
  const t = useTranslations("suppliers");
  const locale = useLocale();
  const empty = isFiltered ? (
    <EmptyState title={t("noneFit")}>{t("noneFitLead")}</EmptyState>
  ) : (
    <EmptyState title={t("none")}>
      <p>{t("noneLead")}</p>
      {mayAdd ? null : <p>{t("askAdmin")}</p>}
    </EmptyState>
  );
  return (
    <Table<ListedSupplier>
      caption={t("title")}
      hideCaption
      stacked
      rows={suppliers}
      rowKey={(row) => row.id}
      empty={empty}
      columns={[
        {
          key: "name",
          label: t("name"),
          cell: (row) => (
            <TextLink href={`${base}/${row.id}`}>
              <bdi>{row.name}</bdi>
            </TextLink>
          ),
        },
        { key: "kind", label: t("kind"), cell: (row) => t(`kinds.${shownKind(row.kind)}`) },
        {
          key: "place",
          label: t("place"),
          cell: (row) => (
            <>
              <bdi>{row.city}</bdi>
              <span className="block text-sm text-ink-soft">{formatCountry(row.country, locale)}</span>
            </>
          ),
        },
        {
          key: "terms",
          label: t("terms"),
          cell: (row) => (row.termsAcceptedOn ? formatDay(dayOf(row.termsAcceptedOn), locale) : t("noTerms")),
        },
        {
          key: "people",
          label: t("people"),
          numeric: true,
          cell: (row) => (peopleOf(row.kind) ? formatNumber(row.people, locale) : "–"),
        },
        { key: "state", label: t("state"), cell: (row) => <SupplierState supplier={row} /> },
      ]}
    />
  );
}
