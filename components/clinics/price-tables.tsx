import { useTranslations } from "next-intl";
import { formatCountry, formatDay, formatMoneyShort } from "@/components/ui/format";
import { PlainLink } from "@/components/ui/plain-link";
import { type Axis, axisOver, RangeAxis } from "@/components/ui/range-axis";
import { rateSource } from "@/lib/clinics/rate-source";
import type { CountryPrice, PriceTable } from "@/lib/clinics/price-range";
import { type MoneyView, roundedAbout } from "@/lib/kernel/money";
import { TREATMENTS } from "@/lib/guides/treatment";
import { useFacetName } from "./facet-name";
import { sumRange } from "./sum-range";

interface PriceTablesProps {
  table: PriceTable;
  locale: string;
  /** Under a country's page the country need not be said again. */
  oneCountry?: boolean;
}

/** For each treatment, or for one country in one table, the listed range, lowest expected price first. */
export function PriceTables({ table, locale, oneCountry = false }: PriceTablesProps) {
  const t = useTranslations("clinics.prices");
  const sources = useTranslations("estimateRates.sources");
  const nameOf = useFacetName();
  const groups = oneCountry
    ? [null]
    : TREATMENTS.filter((slug) => table.rows.some((row) => row.treatment === slug));
  return (
    <div className="space-y-gap-l">
      {oneCountry ? null : <TreatmentLinks treatments={groups} />}
      {groups.map((treatment) => (
        <section
          key={treatment ?? "all"}
          id={treatment ?? undefined}
          aria-label={treatment === null ? undefined : nameOf("treatment", treatment)}
        >
          {treatment === null ? null : (
            <h2 className="mb-2 text-xl">
              <PlainLink href={`/${locale}/treatments/${treatment}`}>
                {nameOf("treatment", treatment)}
              </PlainLink>
            </h2>
          )}
          <Prices
            rows={table.rows.filter((row) => treatment === null || row.treatment === treatment)}
            locale={locale}
            byTreatment={oneCountry}
          />
        </section>
      ))}
      <p className="max-w-prose text-sm text-ink-soft">
        {t("rate", {
          source: rateSource(table.rate.source, sources),
          day: formatDay(table.rate.at.slice(0, 10), locale),
        })}
      </p>
    </div>
  );
}

/** A long page begins with what is on it. */
function TreatmentLinks({ treatments }: { treatments: readonly (string | null)[] }) {
  const t = useTranslations("clinics.clinic");
  const nameOf = useFacetName();
  return (
    <nav aria-label={t("onPage")} className="no-print border-y border-line">
      <ul className="flex flex-wrap gap-x-gap-m text-base">
        {treatments.map((treatment) =>
          treatment === null ? null : (
            <li key={treatment}>
              <a href={`#${treatment}`} className="link inline-flex min-h-11 items-center">
                {nameOf("treatment", treatment)}
              </a>
            </li>
          ),
        )}
      </ul>
    </nav>
  );
}

interface PricesProps {
  rows: readonly CountryPrice[];
  locale: string;
  byTreatment: boolean;
}

/** One line a country, or a treatment, all drawn on one axis. */
function Prices({ rows, locale, byTreatment }: PricesProps) {
  const t = useTranslations("clinics.prices");
  const facets = useTranslations("clinics.search.facet");
  // Prices of one treatment can be held against each other; those of different ones cannot.
  const axis = byTreatment ? null : axisOver(rows.map(sumRange));
  return (
    <table role="table" className="prices">
      <caption className="sr-only">{t("title")}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            {byTreatment ? facets("treatment") : t("country")}
          </th>
          <td aria-hidden />
          {(["low", "expected", "high", "centres"] as const).map((key) => (
            <th role="columnheader" scope="col" key={key}>
              {t(key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <PriceRow
            key={`${row.treatment} ${row.country}`}
            row={row}
            axis={axis}
            locale={locale}
            byTreatment={byTreatment}
          />
        ))}
      </tbody>
    </table>
  );
}

interface PriceRowProps {
  row: CountryPrice;
  axis: Axis | null;
  locale: string;
  byTreatment: boolean;
}

function PriceRow({ row, axis, locale, byTreatment }: PriceRowProps) {
  const t = useTranslations("clinics.prices");
  const nameOf = useFacetName();
  const range = sumRange(row);
  const sums = { low: row.low, expected: row.expected, high: row.high } as const;
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        <PlainLink href={`/${locale}/clinics?treatment=${row.treatment}&country=${row.country}`}>
          {byTreatment ? nameOf("treatment", row.treatment) : formatCountry(row.country, locale)}
        </PlainLink>
      </th>
      <td aria-hidden>
        <RangeAxis range={range} axis={axis ?? { fromMinor: range.lowMinor, toMinor: range.highMinor }} />
      </td>
      {(["low", "expected", "high"] as const).map((key) => (
        <td role="cell" key={key} data-label={t(key)}>
          <bdi>{about(sums[key], locale)}</bdi>
        </td>
      ))}
      <td role="cell" data-label={t("centres")}>
        {row.centres}
      </td>
    </tr>
  );
}

function about(money: MoneyView, locale: string): string {
  const { amount, currency } = roundedAbout(money);
  return formatMoneyShort(BigInt(amount), currency, locale);
}
