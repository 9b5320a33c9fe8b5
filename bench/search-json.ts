import { type BesideRaw, measureBesideRaw } from "./beside-raw";

/** Read by `npm run bench`: this row asks the built product. */
export const needsWeb = true;

const GOAL = "search of 10,000 centres ≤ 3 × the processor time of node with one json_agg";

export interface SearchResult extends BesideRaw {
  row: 3;
  name: "search-json";
  goal: string;
  met: boolean;
}

/** Row 3: `GET /api/v1/clinics` with filters, order and facets, beside a bare server that hands out what one statement says. */
export async function run(url = process.env.DATABASE_URL ?? ""): Promise<SearchResult> {
  const addressOf = (filters: string) => `/api/v1/clinics?${filters}`;
  const seen = await measureBesideRaw({ url, database: "bench_search", raw: "search-raw", addressOf });
  return { row: 3, name: "search-json", goal: GOAL, ...seen, met: seen.times.median <= 3 };
}
