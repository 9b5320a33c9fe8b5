import path from "node:path";
import { inTurn, type Spread, spread, timesOf } from "./figures";
import { cpuMs, drive, filterSets, makeCatalogue, skewed } from "./pages-world";
import { Served } from "./upload-world";
import { ownDatabase, startWeb } from "./web";

const ROUNDS = 5;
const SECONDS = 4;
const WARM_SECONDS = 5;

interface Comparison {
  /** The bench's cluster, and the name of the database to make in it. */
  url: string;
  database: string;
  /** The program of the bare server, by the name of its file. */
  raw: string;
  /** The address of what is asked for under these filters; the same for both. */
  addressOf: (filters: string) => string;
  clients?: number;
}

export interface BesideRaw {
  /** Processor ms of the answering process for one answer, without the database. */
  oursMs: Spread;
  rawMs: Spread;
  /** Ours as a multiple of the other, round by round. */
  times: Spread;
  /** Answers a second. */
  rates: { ours: number; raw: number };
}

/** 10,000 centres, asked for by the same sets of filters from the product and from a bare server in turn. */
export async function measureBesideRaw(wish: Comparison): Promise<BesideRaw> {
  const own = await ownDatabase(wish.url, wish.database);
  const db = await makeCatalogue(own);
  const web = await startWeb(own);
  const program = path.join(process.cwd(), ".build", "bench", `${wish.raw}.mjs`);
  const raw = await Served.start(program, [own], process.env);
  const targets = {
    ours: { port: web.port, cpu: () => Promise.resolve(cpuMs([web.pid])) },
    raw: { port: raw.port, cpu: () => raw.cpuMs() },
  };
  try {
    return await measure(targets, wish);
  } finally {
    await web.stop();
    await raw.stop();
    await db.end();
  }
}

interface Target {
  port: number;
  cpu: () => Promise<number>;
}

async function measure(
  targets: { ours: Target; raw: Target },
  { addressOf, clients }: Comparison,
): Promise<BesideRaw> {
  const sets = filterSets();
  const pick = skewed(sets.length);
  const path = () => addressOf(sets[pick()] ?? "");
  const asking = clients === undefined ? { path } : { path, clients };
  // What the first requests load and compile is not what an answer costs.
  for (const { port } of Object.values(targets)) await drive({ ...asking, port, seconds: WARM_SECONDS });
  const cost: { ours: number[]; raw: number[] } = { ours: [], raw: [] };
  const rates: { ours: number[]; raw: number[] } = { ours: [], raw: [] };
  await inTurn(ROUNDS, ["ours", "raw"], async (name) => {
    const { port, cpu } = targets[name];
    const before = await cpu();
    const { count, seconds } = await drive({ ...asking, port, seconds: SECONDS });
    cost[name].push(((await cpu()) - before) / count);
    rates[name].push(count / seconds);
  });
  const [oursMs, rawMs, times] = [spread(cost.ours), spread(cost.raw), timesOf(cost.ours, cost.raw)];
  console.table({ ours: oursMs, raw: rawMs, times });
  return { oursMs, rawMs, times, rates: { ours: spread(rates.ours).median, raw: spread(rates.raw).median } };
}
