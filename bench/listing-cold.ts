import path from "node:path";
import { cpuMs, drive, filterSets, makeCatalogue, skewed } from "./pages-world";
import { Served } from "./upload-world";
import { ownDatabase, type Spread, spread, startWeb } from "./web";

/** Read by `npm run bench`: this row asks the built product. */
export const needsWeb = true;

const ROUNDS = 5;
const SECONDS = 4;
const GOAL = "a list that no cache has ≤ 20 × the processor time of node with one statement and a template";

export interface ColdResult {
  row: 2;
  name: "listing-cold";
  goal: string;
  /** Processor ms of the answering process for one page, without the database. */
  oursMs: Spread;
  rawMs: Spread;
  /** Ours as a multiple of the other, round by round. */
  times: Spread;
  met: boolean;
}

/** Row 2: the list of centres made for each request, with nothing in front of the product. */
export async function run(url = process.env.DATABASE_URL ?? ""): Promise<ColdResult> {
  const own = await ownDatabase(url, "bench_cold");
  const db = await makeCatalogue(own);
  const web = await startWeb(own);
  const program = path.join(process.cwd(), ".build", "bench", "listing-raw.mjs");
  const raw = await Served.start(program, [own], process.env);
  const sets = filterSets();
  const pick = skewed(sets.length);
  const address = () => {
    const set = sets[pick()];
    return set ? `/en/clinics?${set}` : "/en/clinics";
  };
  const cost: { ours: number[]; raw: number[] } = { ours: [], raw: [] };
  const targets = {
    ours: { port: web.port, cpu: () => Promise.resolve(cpuMs([web.pid])) },
    raw: { port: raw.port, cpu: () => raw.cpuMs() },
  };
  try {
    // What the first requests load and compile is not what a page costs.
    for (const { port } of Object.values(targets))
      await drive({ port, path: address, seconds: 5, clients: 4 });
    for (let round = 0; round < ROUNDS; round += 1)
      for (const name of round % 2 === 0 ? (["ours", "raw"] as const) : (["raw", "ours"] as const)) {
        const { port, cpu } = targets[name];
        const before = await cpu();
        const { count } = await drive({ port, path: address, seconds: SECONDS, clients: 4 });
        cost[name].push(((await cpu()) - before) / count);
      }
  } finally {
    await web.stop();
    await raw.stop();
    await db.end();
  }
  const times = spread(cost.ours.map((ms, round) => ms / (cost.raw[round] ?? Number.NaN)));
  const [oursMs, rawMs] = [spread(cost.ours), spread(cost.raw)];
  console.table({ ours: oursMs, raw: rawMs, times });
  return { row: 2, name: "listing-cold", goal: GOAL, oursMs, rawMs, times, met: times.median <= 20 };
}
