import type { CatalogueKind } from "@/lib/estimates/catalogue";

/** What a supplier does for the operator. Whoever drives or interprets is known by name, with a calendar. */
export const SUPPLIER_KINDS = [
  "driver",
  "interpreter",
  "pharmacy",
  "translation",
  "visa",
  "hotel",
  "companion",
  "other",
] as const;
export type SupplierKind = (typeof SUPPLIER_KINDS)[number];

export const RESOURCE_KINDS = ["driver", "interpreter"] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** Whom a supplier of this kind sends by name; null where nobody's hours are kept. */
export function peopleOf(kind: string): ResourceKind | null {
  return RESOURCE_KINDS.find((one) => one === kind) ?? null;
}

/** A city where somebody works: "DE Cologne", as a page names it in one field. */
export interface WorkPlace {
  country: string;
  city: string;
}

export function placeKey({ country, city }: WorkPlace): string {
  return `${country} ${city}`;
}

export function placeOf(key: string): WorkPlace {
  return { country: key.slice(0, 2), city: key.slice(3) };
}

/** Who provides a service of the catalogue. Of rides and talks nobody is set: whoever drives or interprets decides. */
export const PROVIDERS: Readonly<Record<CatalogueKind, SupplierKind | null>> = {
  transfer_arrival: null,
  transfer_return: null,
  interpreter: null,
  medicine_supply: "pharmacy",
  translation: "translation",
  visa: "visa",
  hotel: "hotel",
  companion: "companion",
};
