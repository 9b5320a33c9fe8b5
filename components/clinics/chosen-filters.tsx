import { useTranslations } from "next-intl";
import { formatDay, formatMoneyShort } from "@/components/ui/format";
import { FACETS } from "@/lib/clinics/search";
import { useFacetName } from "./facet-name";
import { listAddress, type SearchFilters } from "./search-address";

/** What is chosen, each with a way to take it away. */
export function ChosenFilters({ locale, filters }: { locale: string; filters: SearchFilters }) {
  const t = useTranslations("clinics.search");
  const chosen = useChosenNames(locale, filters);
  if (chosen.length === 0) return null;
  return (
    <section aria-label={t("chosen")} className="no-print">
      <ul className="flex flex-wrap gap-2">
        {chosen.map(({ key, name }) => (
          <li key={key}>
            <a
              href={listAddress(locale, filters, { [key]: "" })}
              aria-label={t("remove", { name })}
              className="inline-flex min-h-9 items-center gap-2 rounded-md border border-primary bg-primary-tint px-3 text-base"
            >
              {name}
              <span aria-hidden>×</span>
            </a>
          </li>
        ))}
        <li>
          <a href={`/${locale}/clinics`} className="link inline-flex min-h-9 items-center">
            {t("removeAll")}
          </a>
        </li>
      </ul>
    </section>
  );
}

/** The chosen filters in words, without the order and the currency, which narrow nothing. */
export function useChosenNames(locale: string, filters: SearchFilters) {
  const t = useTranslations("clinics.search.form");
  const nameOf = useFacetName();
  const names: { key: keyof SearchFilters; name: string }[] = [];
  if (filters.q) names.push({ key: "q", name: `“${filters.q}”` });
  for (const facet of FACETS) {
    const value = filters[facet];
    if (value) names.push({ key: facet, name: nameOf(facet, value) });
  }
  if (filters.maxPrice) {
    const sum = formatMoneyShort(BigInt(filters.maxPrice), filters.currency ?? "EUR", locale);
    names.push({ key: "maxPrice", name: `${t("budget")} ${sum}` });
  }
  if (filters.from) names.push({ key: "from", name: `${t("from")} ${formatDay(filters.from, locale)}` });
  return names;
}
