/** Areas in which one authority's word on a device counts. */
export const REGIONS = ["EU", "US", "CN", "TR", "IN", "KR", "IL", "TH", "MY", "AE"] as const;

export type Region = (typeof REGIONS)[number];

const CE_COUNTRIES = new Set(
  "AT BE BG CH CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split(" "),
);

/** Every country (ISO 3166-1 alpha-2) that belongs to an area. */
export const RULED_COUNTRIES: readonly string[] = [
  ...CE_COUNTRIES,
  ...REGIONS.filter((region) => region !== "EU"),
];

/** The area a country (ISO 3166-1 alpha-2) belongs to; null where we know of no rule, which means not approved. */
export function regionOf(country: string): Region | null {
  if (CE_COUNTRIES.has(country)) return "EU";
  return REGIONS.find((region) => region !== "EU" && region === country) ?? null;
}
