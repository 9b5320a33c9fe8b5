import { useLocale, useTranslations } from "next-intl";
import { formatMoment, formatMonth } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import { StateTag } from "@/components/ui/tag";
import { DESK_ZONE } from "@/lib/desk/clock";
import type { ClosingRow } from "@/lib/payments/read-closing";

/** Every month that was proposed or closed, the newest first, with who and the hash that proves its balance. */
export function MonthTable({ closings }: { closings: readonly ClosingRow[] }) {
  const t = useTranslations("books.months");
  const locale = useLocale();
  return (
    <section aria-labelledby="months" className="space-y-gap">
      <h2 id="months" className="text-md">
        {t("list")}
      </h2>
      <Table
        caption={t("list")}
        hideCaption
        stacked
        rows={closings}
        rowKey={(row) => row.month}
        empty={<p className="text-ink-soft">{t("none")}</p>}
        columns={[
          { key: "month", label: t("month"), cell: (row) => formatMonth(row.month, locale) },
          {
            key: "state",
            label: t("state"),
            cell: (row) => (
              <StateTag tone={row.state === "closed" ? "good" : "attention"}>
                {t(`states.${row.state}`)}
              </StateTag>
            ),
          },
          {
            key: "by",
            label: t("by"),
            cell: (row) =>
              row.closedBy ? t("both", { one: row.proposedBy.name, two: row.closedBy }) : row.proposedBy.name,
          },
          {
            key: "when",
            label: t("when"),
            cell: (row) => formatMoment(row.closedAt ?? row.proposedAt, DESK_ZONE, locale),
          },
          {
            key: "hash",
            label: t("hash"),
            cell: (row) => <bdi className="font-mono text-sm break-all">{row.hash}</bdi>,
          },
        ]}
      />
    </section>
  );
}
