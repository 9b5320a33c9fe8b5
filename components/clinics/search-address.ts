import { exponentOf } from "@/lib/kernel/money";
import type { SearchForm } from "@/lib/clinics/forms/search";
import { FACETS } from "@/lib/clinics/search";

/** Filters in the one order every address uses, so that two links to the same list are the same address. */
const ORDER = ["q", ...FACETS, "maxPrice", "currency", "from", "sort"] as const;

export type SearchFilters = Partial<Record<(typeof ORDER)[number], string>>;

export function filtersOf(form: SearchForm): SearchFilters {
  return Object.fromEntries(
    ORDER.flatMap((name) => {
      const value = form[name];
      return value === undefined || (name === "sort" && value === "ranking") ? [] : [[name, String(value)]];
    }),
  );
}

/** The address of the list with some filters changed; an empty text takes one away. A change starts at the first page. */
export function searchAddress(
  locale: string,
  filters: SearchFilters,
  change: SearchFilters & { cursor?: string } = {},
): string {
  const { cursor, ...changed } = change;
  const wanted = { ...filters, ...changed };
  const params = new URLSearchParams(ORDER.flatMap((name) => (wanted[name] ? [[name, wanted[name]]] : [])));
  if (cursor) params.set("cursor", cursor);
  const query = params.toString();
  return `/${locale}/clinics${query ? `?${query}` : ""}`;
}

/** The same, led straight to what was found: on a phone the form and its heading fill a screen of their own. */
export function listAddress(...asked: Parameters<typeof searchAddress>): string {
  return `${searchAddress(...asked)}#results`;
}

/** What the visitor typed as a budget: whole units of the chosen currency. */
export function budgetOf(form: SearchForm): string {
  if (form.maxPrice === undefined) return "";
  return String(Math.floor(form.maxPrice / 10 ** exponentOf(form.currency ?? "EUR")));
}
