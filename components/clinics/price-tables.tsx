import { useTranslations } from "next-intl";
import { formatCountry, formatDay, formatMoneyShort } from "@/components/ui/format";
import { Table } from "@/components/ui/table";
import { PlainLink } from "@/components/ui/plain-link";
import type { CountryPrice, PriceTable } from "@/lib/clinics/price-range";
import { TREATMENTS } from "@/lib/guides/treatment";
import { roundedAbout } from "./about";
import { useFacetName } from "./facet-name";

interface PriceTablesProps {
  table: PriceTable;
  locale: string;
  /** Under a country's page the country need not be said again. */
  oneCountry?: boolean;
}

/** For each treatment, or for one country in one table, the listed range, lowest expected price first. */
export function PriceTables({ table, locale, oneCountry = false }: PriceTablesProps) {
  const t = useTranslations("clinics.prices");
  const nameOf = useFacetName();
  const groups = oneCountry
    ? [null]
    : TREATMENTS.filter((slug) => table.rows.some((row) => row.treatment === slug));
  return (
    <div className="space-y-gap-l">
      {groups.map((treatment) => (
        <section
          key={treatment ?? "all"}
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
      <p className="text-sm text-ink-soft">
        {t("rate", { source: table.rate.source, day: formatDay(table.rate.at.slice(0, 10), locale) })}
      </p>
    </div>
  );
}

function Prices({
  rows,
  locale,
  byTreatment,
}: {
  rows: readonly CountryPrice[];
  locale: string;
  byTreatment: boolean;
}) {
  const t = useTranslations("clinics.prices");
  const facets = useTranslations("clinics.search.facet");
  const nameOf = useFacetName();
  const sum = (money: CountryPrice["low"]) => {
    const about = roundedAbout(money);
    return (
      <bdi className="whitespace-nowrap">
        {formatMoneyShort(BigInt(about.amount), about.currency, locale)}
      </bdi>
    );
  };
  return (
    <Table<CountryPrice>
      caption={t("title")}
      hideCaption
      columns={[
        {
          key: "of",
          label: byTreatment ? facets("treatment") : t("country"),
          cell: (row) => (
            <PlainLink href={`/${locale}/clinics?treatment=${row.treatment}&country=${row.country}`}>
              {byTreatment ? nameOf("treatment", row.treatment) : formatCountry(row.country, locale)}
            </PlainLink>
          ),
        },
        { key: "low", label: t("low"), numeric: true, cell: (row) => sum(row.low) },
        {
          key: "expected",
          label: t("expected"),
          numeric: true,
          cell: (row) => <strong>{sum(row.expected)}</strong>,
        },
        { key: "high", label: t("high"), numeric: true, cell: (row) => sum(row.high) },
        { key: "centres", label: t("centres"), numeric: true, wide: true, cell: (row) => row.centres },
      ]}
      rows={rows}
      rowKey={(row) => `${row.treatment} ${row.country}`}
    />
  );
}
