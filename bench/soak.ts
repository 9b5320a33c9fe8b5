import { type Held, Inspector } from "./inspector";
import { CENTRES, filterSets, makeCatalogue } from "./pages-world";
import { freePort, ownDatabase, startWeb } from "./web";

/** Read by `npm run bench`: this row asks the built product. */
export const needsWeb = true;

const WARM = 3_000;
const REQUESTS = 10_000;
const CLIENTS = 4;
const IDLE_MS = 5_000;
const GOAL = "10,000 distinct requests, then idle: ≤ 5 kB retained a request";

export interface SoakResult {
  row: 10;
  name: "soak";
  goal: string;
  /** Bytes held more than before, for each request: in the heap, and with what lies outside it. */
  retained: { heap: number; all: number };
  before: Held;
  after: Held;
  /** Middle and slowest hundredth of the last 1,000 answers as multiples of the first 1,000; the machine's load is in it. */
  slower: { median: number; p99: number };
  /** Answers other than 200. */
  failed: number;
  met: boolean;
}

/**
 * Row 10: pages, lists and searches nobody asked for before. What may be kept within bounds (pages made on demand,
 * prepared statements) is filled before the count begins, so that only what grows without an end is seen.
 */
export async function run(url = process.env.DATABASE_URL ?? ""): Promise<SoakResult> {
  const own = await ownDatabase(url, "bench_soak");
  const db = await makeCatalogue(own);
  const inspected = await freePort();
  const caches = `http://127.0.0.1:${await freePort()}`;
  const web = await startWeb(own, { PAGE_CACHES: caches }, [`--inspect=127.0.0.1:${inspected}`]);
  try {
    const inspector = await Inspector.open(inspected);
    const addresses = distinct();
    await ask(web.port, addresses.slice(0, WARM));
    await pause(IDLE_MS);
    const before = await inspector.held();
    const asked = await ask(web.port, addresses.slice(WARM, WARM + REQUESTS));
    await pause(IDLE_MS);
    const after = await inspector.held();
    inspector.close();
    return resultOf(before, after, asked);
  } finally {
    await web.stop();
    await db.end();
  }
}

function resultOf(before: Held, after: Held, { times, failed }: Asked): SoakResult {
  const heap = (after.heap - before.heap) / REQUESTS;
  const all = heap + (after.outside - before.outside) / REQUESTS;
  const slower = { median: ratio(times, 0.5), p99: ratio(times, 0.99) };
  console.table({ before, after });
  if (failed.length > 0) console.log(`${failed.length} failed, first: ${failed[0]}`);
  console.log(
    `${heap.toFixed(0)} bytes of heap retained a request, ${all.toFixed(0)} with what lies outside`,
  );
  console.log(
    `last 1,000 beside first 1,000: median × ${slower.median.toFixed(2)}, p99 × ${slower.p99.toFixed(2)}`,
  );
  return {
    row: 10,
    name: "soak",
    goal: GOAL,
    retained: { heap, all },
    before,
    after,
    slower,
    met: all <= 5_000 && failed.length === 0,
    failed: failed.length,
  };
}

function ratio(times: readonly number[], share: number): number {
  const at = (part: readonly number[]) =>
    part.toSorted((one, other) => one - other)[Math.floor(part.length * share)] ?? Number.NaN;
  return at(times.slice(-1_000)) / at(times.slice(0, 1_000));
}

/** Four kinds in turn, none twice: a list, a page made on demand, a search over HTTP, and a page that is always there. */
function distinct(): string[] {
  const sets = filterSets();
  return Array.from({ length: WARM + REQUESTS }, (_, n) => {
    const turn = Math.floor(n / 4);
    const set = sets[turn % sets.length];
    const more = `${set ? "&" : ""}maxPrice=${9_000_000 + turn}`;
    const kinds = [
      `/en/clinics?${set}${more}`,
      `/en/clinics/centre-${1 + (turn % CENTRES)}`,
      `/api/v1/clinics?${set}${more}`,
      `/en/emergency?n=${turn}`,
    ];
    return kinds[n % 4] ?? "/";
  });
}

interface Asked {
  /** How long each took, in ms, in the order they were asked. */
  times: number[];
  failed: string[];
}

async function ask(port: number, addresses: readonly string[]): Promise<Asked> {
  const times: number[] = [];
  const failed: string[] = [];
  let next = 0;
  const client = async () => {
    for (let at = next++; at < addresses.length; at = next++) {
      const since = performance.now();
      const answer = await fetch(`http://127.0.0.1:${port}${addresses[at]}`, { redirect: "manual" });
      await answer.arrayBuffer();
      times[at] = performance.now() - since;
      if (answer.status !== 200) failed.push(`${addresses[at]} answered ${answer.status}`);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return { times, failed };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
