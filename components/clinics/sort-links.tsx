import { useTranslations } from "next-intl";
import { SEARCH_SORTS } from "@/lib/clinics/search";
import { listAddress, type SearchFilters } from "./search-address";

export function SortLinks({ locale, filters }: { locale: string; filters: SearchFilters }) {
  const t = useTranslations("clinics.search.sort");
  return (
    <nav aria-label={t("label")} className="no-print">
      <ul className="flex flex-wrap items-center gap-1 text-base">
        <li className="pe-2 text-ink-soft">{t("label")}</li>
        {SEARCH_SORTS.map((sort) => (
          <li key={sort}>
            <a
              href={listAddress(locale, filters, { sort: sort === "ranking" ? "" : sort })}
              aria-current={(filters.sort ?? "ranking") === sort ? "true" : undefined}
              className="inline-flex min-h-9 items-center rounded-md px-2 hover:bg-primary-tint aria-[current=true]:bg-primary-tint aria-[current=true]:font-semibold"
            >
              {t(sort)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
