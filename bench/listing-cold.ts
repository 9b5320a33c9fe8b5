import { type BesideRaw, measureBesideRaw } from "./beside-raw";

/** Read by `npm run bench`: this row asks the built product. */
export const needsWeb = true;

const GOAL = "a list that no cache has ≤ 20 × the processor time of node with one statement and a template";

export interface ColdResult extends BesideRaw {
  row: 2;
  name: "listing-cold";
  goal: string;
  met: boolean;
}

/** Row 2: the list of centres made for each request, with nothing in front of the product. */
export async function run(url = process.env.DATABASE_URL ?? ""): Promise<ColdResult> {
  const seen = await measureBesideRaw({
    url,
    database: "bench_cold",
    raw: "listing-raw",
    addressOf: (filters) => (filters === "" ? "/en/clinics" : `/en/clinics?${filters}`),
    clients: 4,
  });
  return { row: 2, name: "listing-cold", goal: GOAL, ...seen, met: seen.times.median <= 20 };
}
