import { isCurrency, moneyView } from "@/lib/kernel/money";
import type { SearchForm } from "./forms/search";
import { FACETS, searchCursor } from "./search";
import { deviceStatusOf, type FacetCounts, type FoundClinic, type SearchAnswer } from "./views/catalogue";

interface FoundRow extends Omit<FoundClinic, "price"> {
  key: number;
  procedure: {
    treatment: string;
    device: string | null;
    access: string | null;
    volume: number | null;
    volumeYear: number | null;
    volumeSource: string | null;
    currency: string;
    lowMinor: number;
    expectedMinor: number;
    highMinor: number;
    priceBasis: string;
    aboutMinor: number | null;
  } | null;
}

/** What the search statement answers. */
export interface SearchRow {
  items: FoundRow[];
  facets: [facet: string, value: string, count: number][];
  rate: SearchAnswer["rate"];
  found: number;
  capped: boolean;
}

/** One row more than asked for was read: it tells whether the list goes on. */
export function searchAnswer(row: SearchRow, form: SearchForm): SearchAnswer {
  const shown = row.items.slice(0, form.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((item) => foundClinic(item, form.currency)),
    next: row.items.length > form.limit && last ? searchCursor({ value: last.key, id: last.id }) : null,
    facets: facetCounts(row.facets),
    found: row.found,
    capped: row.capped,
    rate: form.currency === undefined ? null : row.rate,
  };
}

function foundClinic({ key: _key, procedure, ...rest }: FoundRow, currency: string | undefined): FoundClinic {
  const deviceStatus = deviceStatusOf(procedure?.device ?? null, rest.country);
  if (procedure === null || deviceStatus === "not_approved") return { ...rest, price: null };
  const { lowMinor, expectedMinor, highMinor, aboutMinor, priceBasis, currency: own, ...facts } = procedure;
  const isAbout = currency !== undefined && isCurrency(currency) && currency !== own && aboutMinor !== null;
  return {
    ...rest,
    price: {
      ...facts,
      deviceStatus,
      low: moneyView(BigInt(lowMinor), own),
      expected: moneyView(BigInt(expectedMinor), own),
      high: moneyView(BigInt(highMinor), own),
      basis: priceBasis,
      about: isAbout ? moneyView(BigInt(aboutMinor), currency) : null,
    },
  };
}

function facetCounts(rows: SearchRow["facets"]): FacetCounts {
  const of = (facet: string) =>
    rows.filter(([name]) => name === facet).map(([, value, count]) => ({ value, count }));
  return Object.fromEntries(FACETS.map((facet) => [facet, of(facet)])) as unknown as FacetCounts;
}
