import { useLocale, useTranslations } from "next-intl";
import { formatMoment } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { Table } from "@/components/ui/table";
import { StateTag } from "@/components/ui/tag";
import { DESK_ZONE } from "@/lib/desk/clock";
import type { RateLine, RatesPage } from "@/lib/desk/queries/rates";
import { rateSource } from "@/lib/clinics/rate-source";

/** What is missing, then every currency with its last rate, its source and its time, then what was entered before. */
export function RateTable({ lines, kept }: RatesPage) {
  const t = useTranslations("moneySettings.rates");
  const sources = useTranslations("estimateRates.sources");
  const locale = useLocale();
  const when = (at: Date) => formatMoment(at, DESK_ZONE, locale);
  const named = (wanted: (line: RateLine) => boolean) =>
    lines.flatMap((line) => (line.isUsed && wanted(line) ? [line.quote] : [])).join(", ");
  const [missing, old] = [named(({ last }) => last === null), named(({ last }) => last?.isStale === true)];
  const sourceOf = (source: string) => <bdi>{rateSource(source, sources)}</bdi>;
  const pairOf = (quote: string) => <bdi dir="ltr">{`1 EUR = … ${quote}`}</bdi>;
  const figure = (rate: string) => (
    <bdi dir="ltr" className="tabular">
      {rate}
    </bdi>
  );
  return (
    <section className="space-y-gap-m">
      {missing === "" ? null : <Notice tone="danger">{t("missing", { currencies: missing })}</Notice>}
      {old === "" ? null : <Notice tone="attention">{t("old", { currencies: old })}</Notice>}
      <Table
        caption={t("now")}
        stacked
        rows={lines}
        rowKey={({ quote }) => quote}
        columns={[
          { key: "pair", label: t("pair"), whole: true, cell: ({ quote }) => pairOf(quote) },
          { key: "rate", label: t("rate"), numeric: true, cell: ({ last }) => last && figure(last.rate) },
          { key: "source", label: t("source"), cell: ({ last }) => last && sourceOf(last.source) },
          { key: "at", label: t("told"), cell: ({ last }) => last && when(last.at) },
          { key: "state", label: t("state"), cell: (line) => <RateState line={line} /> },
        ]}
      />
      {kept.length === 0 ? null : (
        <details>
          <summary className="link inline-flex min-h-control items-center">{t("kept")}</summary>
          <Table
            caption={t("kept")}
            hideCaption
            stacked
            rows={kept}
            rowKey={({ id }) => id}
            columns={[
              { key: "pair", label: t("pair"), whole: true, cell: ({ quote }) => pairOf(quote) },
              { key: "rate", label: t("rate"), numeric: true, cell: ({ rate }) => figure(rate) },
              { key: "source", label: t("source"), cell: ({ source }) => sourceOf(source) },
              { key: "at", label: t("told"), cell: ({ at }) => when(at) },
            ]}
          />
        </details>
      )}
    </section>
  );
}

function RateState({ line: { last, isUsed } }: { line: RateLine }) {
  const t = useTranslations("moneySettings.rates");
  if (last === null) return <StateTag tone={isUsed ? "danger" : "still"}>{t("none")}</StateTag>;
  return last.isStale ? (
    <StateTag tone={isUsed ? "attention" : "still"}>{t("stale")}</StateTag>
  ) : (
    <StateTag tone="good">{t("fresh")}</StateTag>
  );
}
