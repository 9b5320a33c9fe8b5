import { useTranslations } from "next-intl";
import { FACETS, type Facet } from "@/lib/clinics/search";
import type { FacetCounts } from "@/lib/clinics/views/catalogue";
import { useFacetName } from "./facet-name";
import { listAddress, type SearchFilters } from "./search-address";

const SHOWN_AT_ONCE = 6;

interface FacetLinksProps {
  locale: string;
  facets: FacetCounts;
  filters: SearchFilters;
}

/** Every value is a link with the number of centres it would leave; the chosen one is marked and undoes itself. */
export function FacetLinks({ locale, facets, filters }: FacetLinksProps) {
  const t = useTranslations("clinics.search");
  return (
    <nav aria-label={t("facets")} className="no-print space-y-gap-m text-base">
      {FACETS.filter((facet) => facets[facet].length > 0).map((facet) => (
        <section key={facet}>
          <h2 className="mb-1 text-base font-semibold font-sans!">{t(`facet.${facet}`)}</h2>
          <FacetValues facet={facet} values={facets[facet]} locale={locale} filters={filters} />
        </section>
      ))}
    </nav>
  );
}

interface FacetValuesProps {
  facet: Facet;
  values: FacetCounts[Facet];
  locale: string;
  filters: SearchFilters;
}

function FacetValues({ facet, values, locale, filters }: FacetValuesProps) {
  const t = useTranslations("clinics.search");
  const nameOf = useFacetName();
  const lines = values.map(({ value, count }) => {
    const isChosen = filters[facet] === value;
    return (
      <li key={value}>
        <a
          href={listAddress(locale, filters, { [facet]: isChosen ? "" : value })}
          aria-current={isChosen ? "true" : undefined}
          className="facet"
        >
          {nameOf(facet, value)} <small>{count}</small>
        </a>
      </li>
    );
  });
  if (lines.length <= SHOWN_AT_ONCE) return <ul>{lines}</ul>;
  return (
    <>
      <ul>{lines.slice(0, SHOWN_AT_ONCE)}</ul>
      <details>
        <summary className="flex min-h-9 items-center px-2 text-sm text-primary underline">
          {t("more", { count: lines.length - SHOWN_AT_ONCE })}
        </summary>
        <ul>{lines.slice(SHOWN_AT_ONCE)}</ul>
      </details>
    </>
  );
}
