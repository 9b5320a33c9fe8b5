import { useTranslations } from "next-intl";
import { SaidList } from "@/components/estimates/product-words";
import { formatMoneyShort } from "@/components/ui/format";
import { useRateText } from "@/components/estimates/sum-about";
import { comparedColumn, type ComparedColumn } from "@/lib/estimates/compared-sums";
import { comparedLines, type ComparedRow, type EuroRates } from "@/lib/estimates/comparison";
import type { Range } from "@/lib/estimates/estimate";
import type { EstimateView } from "@/lib/estimates/views";
import type { Currency } from "@/lib/kernel/money";

/** So many stand beside each other; the others are in the list above. */
const COLUMNS_MAX = 4;

interface SideBySideProps {
  estimates: readonly EstimateView[];
  /** The currency all are shown in, so that they can be compared. */
  currency: Currency;
  rates: EuroRates;
  locale: string;
}

/** Every line of several estimates, one kind a row and one centre a column: what sets one apart stands in bold. */
export function EstimateSideBySide({ estimates, ...shown }: SideBySideProps) {
  const t = useTranslations("estimateChanges.lines");
  const kinds = useTranslations("lineKinds");
  const columns = estimates.slice(0, COLUMNS_MAX);
  const rows = comparedLines(columns.map(({ lines }) => lines.map(rangedLine)));
  const abouts = columns.map(({ currency }, index) =>
    comparedColumn(
      rows.map(({ cells }) => cells[index] ?? null),
      currency,
      shown.currency,
      shown.rates,
    ),
  );
  const nameOf = ({ kind, label }: ComparedRow) =>
    label ?? (kinds.has(kind as "other") ? kinds(kind as "other") : kind);
  return (
    <section aria-labelledby="line-by-line">
      <h2 id="line-by-line" className="mb-gap text-lg">
        {t("title")}
      </h2>
      <div className="compare-box">
        <div className="compare-scroll" role="group" aria-labelledby="line-by-line" tabIndex={0}>
          <table role="table" className="compare" data-count={columns.length}>
            <Heads columns={columns} />
            <tbody role="rowgroup">
              {rows.map((row, at) => (
                <LineRow
                  key={`${row.kind} ${row.label ?? ""}`}
                  name={nameOf(row)}
                  row={row}
                  columns={columns}
                  abouts={abouts.map((about) => about?.cells[at] ?? null)}
                  shown={shown}
                />
              ))}
              <TotalRow part="neededMinor" columns={columns} abouts={abouts} shown={shown} />
              <TotalRow part="allMinor" columns={columns} abouts={abouts} shown={shown} />
              <RateRow columns={columns} shown={shown} />
              <ExclusionsRow columns={columns} />
            </tbody>
          </table>
        </div>
      </div>
    </section>
  );
}

function rangedLine({ low, expected, high, ...line }: EstimateView["lines"][number]) {
  return {
    ...line,
    ...{
      lowMinor: BigInt(low.amount),
      expectedMinor: BigInt(expected.amount),
      highMinor: BigInt(high.amount),
    },
  };
}

function Heads({ columns }: { columns: readonly EstimateView[] }) {
  const t = useTranslations("estimateChanges.lines");
  return (
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col">
          {t("line")}
        </th>
        {columns.map((estimate) => (
          <th role="columnheader" scope="col" key={estimate.id}>
            <a href={`#estimate-${estimate.id}`} className="link" dir="auto">
              {estimate.clinicName}
            </a>
          </th>
        ))}
      </tr>
    </thead>
  );
}

function ExclusionsRow({ columns }: { columns: readonly EstimateView[] }) {
  const t = useTranslations("estimateChanges.lines");
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        {t("exclusions")}
      </th>
      {columns.map((estimate) => (
        <td role="cell" key={estimate.id}>
          <Whose clinicName={estimate.clinicName} />
          {estimate.exclusions.length > 0 ? <SaidList items={estimate.exclusions} /> : "–"}
        </td>
      ))}
    </tr>
  );
}

/** Whose the figures are where the heads are out of sight; heard with each cell anyway. */
function Whose({ clinicName }: { clinicName: string }) {
  return (
    <span aria-hidden className="compare-name">
      <bdi>{clinicName}</bdi>
    </span>
  );
}

interface TotalRowProps {
  part: "neededMinor" | "allMinor";
  columns: readonly EstimateView[];
  abouts: readonly (ComparedColumn | null)[];
  shown: LineRowProps["shown"];
}

/** What the lines above add up to: the sums of the table above this one. */
function TotalRow({ part, columns, abouts, shown }: TotalRowProps) {
  const t = useTranslations("estimateChanges.lines");
  const words = useTranslations("my.estimates");
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        {words(part === "neededMinor" ? "needed" : "withOptional")}
      </th>
      {columns.map(({ totals, totalsWithOptional, ...estimate }, index) => {
        const own = part === "neededMinor" ? totals.expected.amount : totalsWithOptional.expected.amount;
        const about = abouts[index]?.[part] ?? null;
        const isOwn = estimate.currency === shown.currency;
        const sum = formatMoneyShort(BigInt(own), estimate.currency, shown.locale);
        return (
          <td role="cell" key={estimate.id}>
            <Whose clinicName={estimate.clinicName} />
            <strong className="block tabular">
              <bdi>
                {about === null || isOwn
                  ? sum
                  : t("about", { amount: formatMoneyShort(about, shown.currency, shown.locale) })}
              </bdi>
            </strong>
            {about === null || isOwn ? null : <bdi className="block text-sm text-ink-soft">{sum}</bdi>}
          </td>
        );
      })}
    </tr>
  );
}

/** At which rate a column is reckoned, by whom and when that was said. */
function RateRow({ columns, shown }: Pick<TotalRowProps, "columns" | "shown">) {
  const t = useTranslations("estimateChanges.lines");
  const words = useTranslations("my.estimates");
  const rateText = useRateText();
  if (columns.every(({ currency }) => currency === shown.currency)) return null;
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        {t("rate")}
      </th>
      {columns.map(({ id, currency, clinicName }) => (
        <td role="cell" key={id}>
          <Whose clinicName={clinicName} />
          {currency === shown.currency ? "–" : (rateText(currency, shown) ?? words("noRate"))}
        </td>
      ))}
    </tr>
  );
}

interface LineRowProps {
  name: string;
  row: ComparedRow;
  columns: readonly EstimateView[];
  /** Each cell in the reader's currency; null where there is no rate. */
  abouts: readonly (ComparedColumn["cells"][number] | null)[];
  shown: Omit<SideBySideProps, "estimates">;
}

function LineRow({ name, row, columns, abouts, shown }: LineRowProps) {
  const t = useTranslations("estimateChanges.lines");
  const sums = row.cells.map((cell, index) => {
    const range = cell?.needed ?? cell?.chosen;
    const about = abouts[index]?.[cell?.needed ? "needed" : "chosen"] ?? null;
    return range && about !== null ? formatMoneyShort(about, shown.currency, shown.locale) : null;
  });
  const isApart = new Set(sums).size > 1;
  return (
    <tr role="row" data-same={isApart ? undefined : ""}>
      <th role="rowheader" scope="row">
        <bdi>{name}</bdi>
      </th>
      {columns.map((estimate, index) => {
        const cell = row.cells[index];
        const parts = [cell?.needed, cell?.chosen].filter((range) => range !== null && range !== undefined);
        return (
          <td role="cell" key={estimate.id}>
            <Whose clinicName={estimate.clinicName} />
            {parts.length === 0 ? <span className="text-ink-soft">{t("none")}</span> : null}
            {parts.map((range) => (
              <Sum
                key={range === cell?.needed ? "needed" : "chosen"}
                range={range}
                aboutMinor={abouts[index]?.[range === cell?.needed ? "needed" : "chosen"] ?? null}
                currency={estimate.currency}
                shown={shown}
                isApart={isApart}
                isChoice={range !== cell?.needed}
              />
            ))}
          </td>
        );
      })}
    </tr>
  );
}

interface SumProps {
  range: Range;
  aboutMinor: bigint | null;
  currency: string;
  shown: LineRowProps["shown"];
  isApart: boolean;
  isChoice: boolean;
}

function Sum({ range, aboutMinor, currency, shown, isApart, isChoice }: SumProps) {
  const t = useTranslations("estimateChanges.lines");
  const about = aboutMinor === null ? null : formatMoneyShort(aboutMinor, shown.currency, shown.locale);
  const own = (minor: bigint) => formatMoneyShort(minor, currency, shown.locale);
  const said =
    about === null
      ? own(range.expectedMinor)
      : currency === shown.currency
        ? about
        : t("about", { amount: about });
  const spread =
    range.lowMinor === range.highMinor ? null : `${own(range.lowMinor)} – ${own(range.highMinor)}`;
  return (
    <span className="block tabular">
      <bdi className={isApart ? "font-semibold" : ""}>{said}</bdi>
      {isChoice ? <span className="text-ink-soft"> ({t("choice")})</span> : null}
      {currency === shown.currency && spread === null ? null : (
        <bdi className="block text-sm text-ink-soft">{spread ?? own(range.expectedMinor)}</bdi>
      )}
    </span>
  );
}
