import path from "node:path";
import { cpuMs, drive, filterSets, makeCatalogue, skewed } from "./pages-world";
import { Served } from "./upload-world";
import { ownDatabase, type Spread, spread, startWeb } from "./web";

/** Read by `npm run bench`: this row asks the built product. */
export const needsWeb = true;

const ROUNDS = 5;
const SECONDS = 4;
const GOAL = "search of 10,000 centres ≤ 3 × the processor time of node with one json_agg";

export interface SearchResult {
  row: 3;
  name: "search-json";
  goal: string;
  /** Processor ms of the answering process for one answer, without the database. */
  oursMs: Spread;
  rawMs: Spread;
  /** Ours as a multiple of the other, round by round. */
  times: Spread;
  rates: { ours: number; raw: number };
  met: boolean;
}

/** Row 3: `GET /api/v1/clinics` with filters, order and facets, beside a bare server that hands out what one statement says. */
export async function run(url = process.env.DATABASE_URL ?? ""): Promise<SearchResult> {
  const own = await ownDatabase(url, "bench_search");
  const db = await makeCatalogue(own);
  const web = await startWeb(own);
  const raw = await Served.start(
    path.join(process.cwd(), ".build", "bench", "search-raw.mjs"),
    [own],
    process.env,
  );
  const sets = filterSets();
  const pick = skewed(sets.length);
  const address = () => `/api/v1/clinics?${sets[pick()] ?? ""}`;
  const cost: { ours: number[]; raw: number[] } = { ours: [], raw: [] };
  const rates: { ours: number[]; raw: number[] } = { ours: [], raw: [] };
  try {
    const ask = async (name: "ours" | "raw") => {
      const port = name === "ours" ? web.port : raw.port;
      const cpu = () => (name === "ours" ? Promise.resolve(cpuMs([web.pid])) : raw.cpuMs());
      const before = await cpu();
      const { count, seconds } = await drive({ port, path: address, seconds: SECONDS });
      cost[name].push(((await cpu()) - before) / count);
      rates[name].push(count / seconds);
    };
    // What the first requests load and prepare is not what a search costs.
    for (const port of [web.port, raw.port]) await drive({ port, path: address, seconds: 3 });
    for (let round = 0; round < ROUNDS; round += 1)
      for (const name of round % 2 === 0 ? (["ours", "raw"] as const) : (["raw", "ours"] as const))
        await ask(name);
  } finally {
    await web.stop();
    await raw.stop();
    await db.end();
  }
  const times = spread(cost.ours.map((ms, round) => ms / (cost.raw[round] ?? Number.NaN)));
  const [oursMs, rawMs] = [spread(cost.ours), spread(cost.raw)];
  console.table({ ours: oursMs, raw: rawMs, times });
  return {
    row: 3,
    name: "search-json",
    goal: GOAL,
    oursMs,
    rawMs,
    times,
    rates: { ours: spread(rates.ours).median, raw: spread(rates.raw).median },
    met: times.median <= 3,
  };
}
