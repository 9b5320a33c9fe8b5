import { useLocale, useTranslations } from "next-intl";
import { formatNumber } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import { StateTag } from "@/components/ui/tag";
import type { SeriesCheck } from "@/lib/documents/read-series";

/** Each series with its last number, its papers and the proof that none is missing. */
export function SeriesTable({ series }: { series: readonly SeriesCheck[] }) {
  const t = useTranslations("invoices.books");
  const kinds = useTranslations("documents.kind");
  const locale = useLocale();
  return (
    <section aria-labelledby="series" className="space-y-gap">
      <h2 id="series" className="text-md">
        {t("series")}
      </h2>
      <Table
        caption={t("series")}
        hideCaption
        stacked
        rows={series}
        rowKey={(row) => row.series}
        empty={<p className="text-ink-soft">{t("none")}</p>}
        columns={[
          { key: "series", label: t("series"), cell: (row) => <bdi>{row.series}</bdi> },
          {
            key: "kind",
            label: t("kind"),
            cell: (row) => (kinds.has(row.kind as "receipt") ? kinds(row.kind as "receipt") : "–"),
          },
          { key: "last", label: t("last"), numeric: true, cell: (row) => formatNumber(row.last, locale) },
          { key: "count", label: t("count"), numeric: true, cell: (row) => formatNumber(row.papers, locale) },
          {
            key: "check",
            label: t("check"),
            cell: (row) => (
              <StateTag tone={row.gaps === 0 ? "good" : "danger"}>
                {row.gaps === 0 ? t("noGaps") : t("gaps", { count: row.gaps })}
              </StateTag>
            ),
          },
        ]}
      />
    </section>
  );
}
