import { searchWords } from "@/lib/guides/word";

export const SEARCH_SORTS = ["ranking", "price", "volume", "answer_time"] as const;

export type SearchSort = (typeof SEARCH_SORTS)[number];

/** Facets of the catalogue; each is also the name of its filter. */
export const FACETS = ["treatment", "country", "device", "access", "language", "accreditation"] as const;

export type Facet = (typeof FACETS)[number];

/** Facets look at this many of the best-ranked centres: beyond, a count means "at least". */
export const FACET_ROWS_MAX = 1_000;

const WORDS_MAX = 8;

// Small words that stand in nearly every sentence and would narrow the answer to nothing.
const SMALL_WORDS = new Set(
  "a an and at by for from in is my of on or the to with am bei der die das ein eine fur im mit oder und von zu в и из на по с для от في من على و عن مع".split(
    " ",
  ),
);

/** The words of a question that are worth looking for, at most eight. */
export function wordsAsked(text: string): string[] {
  return searchWords(text)
    .filter((word) => !SMALL_WORDS.has(word))
    .slice(0, WORDS_MAX);
}

/** Where a list goes on: the sort value of the last row and its id. */
export interface SearchKey {
  value: number;
  id: string;
}

export function searchCursor(key: SearchKey): string {
  return btoa(JSON.stringify([key.value, key.id]))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Null for a cursor nobody was given. */
export function searchKeyOf(cursor: string): SearchKey | null {
  try {
    const parsed: unknown = JSON.parse(atob(cursor.replaceAll("-", "+").replaceAll("_", "/")));
    if (!Array.isArray(parsed)) return null;
    const [value, id] = parsed as unknown[];
    const isId = typeof id === "string" && UUID.test(id);
    return Number.isSafeInteger(value) && isId ? { value: value as number, id } : null;
  } catch {
    // Whatever cannot be read was not made here.
    return null;
  }
}
