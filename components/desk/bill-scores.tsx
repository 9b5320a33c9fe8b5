import { useLocale, useTranslations } from "next-intl";
import { formatBasisPoints, formatNumber } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import type { ClinicScore } from "@/lib/desk/queries/bill-scores";

/** Final bill by accepted estimate, centre by centre. */
export function BillScores({ scores, csv }: { scores: readonly ClinicScore[]; csv: string }) {
  const t = useTranslations("bills.score");
  const locale = useLocale();
  const percent = (basisPoints: number) => formatBasisPoints(basisPoints, locale);
  return (
    <section aria-labelledby="scores" className="space-y-gap">
      <h2 id="scores" className="text-md font-semibold">
        {t("title")}
      </h2>
      <p className="max-w-prose text-ink-soft">{t("lead")}</p>
      <Table<ClinicScore>
        caption={t("title")}
        hideCaption
        rows={scores}
        rowKey={(row) => row.slug}
        empty={<p>{t("none")}</p>}
        columns={[
          { key: "clinic", label: t("clinic"), cell: (row) => <bdi>{row.name}</bdi> },
          { key: "cases", label: t("cases"), numeric: true, cell: (row) => formatNumber(row.cases, locale) },
          {
            key: "median",
            label: t("median"),
            numeric: true,
            cell: ({ medianBp }) => (medianBp === null ? t("few") : <bdi>{percent(medianBp)}</bdi>),
          },
          {
            key: "spread",
            label: t("spread"),
            numeric: true,
            cell: ({ lowBp, highBp }) =>
              lowBp === null || highBp === null ? (
                "–"
              ) : (
                <bdi>
                  {percent(lowBp)} – {percent(highBp)}
                </bdi>
              ),
          },
        ]}
      />
      <p>
        <a className="link inline-flex min-h-control items-center" href={csv}>
          {t("csv")}
        </a>
      </p>
    </section>
  );
}
