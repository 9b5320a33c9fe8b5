import type { ChildProcess } from "node:child_process";
import { statfs } from "node:fs/promises";
import os from "node:os";
import pg from "pg";
import { startChild } from "./children";
import type { Held, Job } from "./booking-growth-side";
import { fillHistory, PEOPLE } from "./booking-growth-world";
import { HOT_PATIENTS, makeHttpWorld } from "./booking-http-world";
import { inTurn, type Spread, spread, timesOf } from "./figures";
import { type Cluster, startCluster } from "./growth-cluster";
import { databaseMs, usedMs } from "./processor";
import { ownDatabase } from "./web";

/** Read by `npm run bench`: it fills a million bookings, and runs when it is named. */
export const takesLong = true;

const SMALL = 1_000;
const LARGE = Number(process.env.VALVIA_BENCH_BOOKINGS ?? 1_000_000);
const ROUNDS = 6;
const WARM = 15;
const HOLDS = 100;
const READS = 40;
const GOAL_TIMES = 1.3;
const GOAL = `a booking among ${LARGE.toLocaleString("en")} costs at most 1.3 of one among 1,000, in pages touched and in processor time of the database`;
/** What a booking with all its parts takes on the disk, with its log and something to spare. */
const BYTES_EACH = 16_000;

type Side = "small" | "large";

interface Growth {
  small: Spread;
  large: Spread;
  /** The large world's figure as a multiple of the small one's, round by round. */
  times: Spread;
}

export interface BookingGrowthResult {
  row: 5;
  name: "booking-growth";
  goal: string;
  bookings: Record<Side, number>;
  /** Pages of the database touched by one hold, and milliseconds of its processor time and of the product's. */
  hold: { pages: Growth; databaseMs: Growth; productMs: Growth };
  /** Pages touched by reading the page of a booking, and the first page of the desk's cases. */
  page: { pages: Growth };
  desk: { pages: Growth };
  filled: { seconds: number; processorSeconds: number; gigabytes: number };
  met: boolean;
}

/** Row 5, what years of bookings add to the next one: the same holds in two worlds in turn, each on a connection of its own. */
export async function run(): Promise<BookingGrowthResult> {
  await refuseSmallDisk();
  const cluster = await startCluster();
  const db = new pg.Client({ connectionString: cluster.url });
  try {
    await db.connect();
    return await measure(db, cluster);
  } finally {
    await db.end();
    await cluster.stop();
  }
}

async function measure(db: pg.Client, cluster: Cluster): Promise<BookingGrowthResult> {
  const set = async (wishes: Record<string, string>) => {
    for (const [name, value] of Object.entries(wishes)) await db.query(`ALTER SYSTEM SET ${name} = ${value}`);
    cluster.reload();
  };
  // While it fills nothing is measured, and a world that is lost is made anew.
  await set({ autovacuum: "off", fsync: "off", full_page_writes: "off", max_wal_size: "'6GB'" });
  const small = await makeSmall(cluster.url);
  const before = { at: performance.now(), used: await databaseMs(db) };
  const large = await grow(db, small);
  const filled = {
    seconds: Math.round((performance.now() - before.at) / 1_000),
    processorSeconds: Math.round(((await databaseMs(db)) - before.used) / 1_000),
    gigabytes: await gigabytes(db, large),
  };
  // Measured as it is run: durable.
  await set({ fsync: "on", full_page_writes: "on" });
  const figures = new Figures(db);
  const sides = { small: new Sided("small", small.url), large: new Sided("large", large) };
  try {
    await inTurn(ROUNDS, ["small", "large"], (side) => figures.takeRound(sides[side]));
  } finally {
    sides.small.stop();
    sides.large.stop();
  }
  return { ...figures.all(), filled };
}

/** Patients who book in turn; the first one's booking is what the others are made like. */
const MEASURED = ROUNDS * (WARM + HOLDS);

async function makeSmall(url: string): Promise<{ url: string; pattern: Held }> {
  const own = await ownDatabase(url, "bench_growth_small");
  const world = new pg.Client({ connectionString: own });
  await world.connect();
  await world.query("SELECT set_config('app.role', 'system', false)");
  const patients = { from: HOT_PATIENTS, to: HOT_PATIENTS + MEASURED + 1 };
  await makeHttpWorld(world, { ...patients, people: PEOPLE });
  await world.end();
  const side = new Sided("small", own);
  try {
    const [pattern] = await side.ask({ kind: "hold", patients: [HOT_PATIENTS + MEASURED] });
    if (!pattern) throw new Error("The first booking was not made.");
    await side.ask({ kind: "leave" });
    await fillHistory(own, pattern, { bookings: SMALL - 1, days: 340, before: 0 });
    return { url: own, pattern };
  } finally {
    side.stop();
  }
}

/** The same world after ten years. */
async function grow(db: pg.Client, small: { url: string; pattern: Held }): Promise<string> {
  await db.query("CREATE DATABASE bench_growth_large TEMPLATE bench_growth_small STRATEGY file_copy");
  const own = new URL(small.url);
  own.pathname = "/bench_growth_large";
  await fillHistory(own.href, small.pattern, { bookings: LARGE - SMALL, days: 3_650, before: SMALL });
  return own.href;
}

/** A process with the product's own operations and one of the databases. */
class Sided {
  private readonly child: ChildProcess;
  private next = HOT_PATIENTS;

  constructor(
    readonly name: Side,
    readonly url: string,
  ) {
    const env = { ...process.env, DATABASE_URL: url, DATABASE_POOL: "2" };
    this.child = startChild(".build/bench/booking-growth-side.mjs", { env });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  patients(count: number): number[] {
    this.next += count;
    return Array.from({ length: count }, (_, at) => this.next - count + at);
  }

  ask(job: Job): Promise<Held[]> {
    return new Promise((resolve, reject) => {
      const gone = () => reject(new Error("The process that books has ended."));
      this.child.once("exit", gone);
      this.child.once("message", (answer: { held: Held[] } | { failure: string }) => {
        this.child.off("exit", gone);
        if ("failure" in answer) reject(new Error(answer.failure));
        else resolve(answer.held);
      });
      this.child.send(job);
    });
  }

  stop(): void {
    this.child.kill("SIGKILL");
  }
}

type Figure = "holdPages" | "databaseMs" | "productMs" | "pagePages" | "deskPages";

/** What each round found, of one thing done. */
class Figures {
  private readonly found: Record<Figure, Record<Side, number[]>> = {
    holdPages: { small: [], large: [] },
    databaseMs: { small: [], large: [] },
    productMs: { small: [], large: [] },
    pagePages: { small: [], large: [] },
    deskPages: { small: [], large: [] },
  };

  constructor(private readonly db: pg.Client) {}

  /** What a connection loads at first is not what a booking costs. */
  async takeRound(side: Sided): Promise<void> {
    const patients = side.patients(HOLDS);
    await side.ask({ kind: "hold", patients: side.patients(WARM) });
    await this.db.query("CHECKPOINT");
    const used = await this.meter(side, { kind: "hold", patients });
    this.note("holdPages", side, used.pages / HOLDS);
    this.note("databaseMs", side, used.databaseMs / HOLDS);
    this.note("productMs", side, used.productMs / HOLDS);
    const [first = 0, ...readers] = patients.slice(0, READS + 1);
    await side.ask({ kind: "page", patients: [first] });
    await side.ask({ kind: "desk", count: 1 });
    this.note("pagePages", side, (await this.meter(side, { kind: "page", patients: readers })).pages / READS);
    this.note("deskPages", side, (await this.meter(side, { kind: "desk", count: READS })).pages / READS);
    await side.ask({ kind: "leave" });
  }

  private note(figure: Figure, { name }: Sided, value: number): void {
    this.found[figure][name].push(value);
  }

  private async meter(side: Sided, job: Job) {
    const before = {
      pages: await pagesOf(this.db, side),
      database: await databaseMs(this.db),
      product: usedMs(side.pid),
    };
    await side.ask(job);
    return {
      pages: (await pagesOf(this.db, side)) - before.pages,
      databaseMs: (await databaseMs(this.db)) - before.database,
      productMs: usedMs(side.pid) - before.product,
    };
  }

  all(): Omit<BookingGrowthResult, "filled"> {
    const growth = (figure: Figure): Growth => {
      const { small, large } = this.found[figure];
      return { small: spread(small), large: spread(large), times: timesOf(large, small) };
    };
    const hold = {
      pages: growth("holdPages"),
      databaseMs: growth("databaseMs"),
      productMs: growth("productMs"),
    };
    const [page, desk] = [{ pages: growth("pagePages") }, { pages: growth("deskPages") }];
    const met = hold.pages.times.median <= GOAL_TIMES && hold.databaseMs.times.median <= GOAL_TIMES;
    const bookings = { small: SMALL, large: LARGE };
    return { row: 5, name: "booking-growth", goal: GOAL, bookings, hold, page, desk, met };
  }
}

/** Pages its database has touched so far, in the cache or not. */
async function pagesOf(db: pg.Client, { name }: Sided): Promise<number> {
  await db.query("SELECT pg_stat_clear_snapshot()");
  const { rows } = await db.query<{ pages: string }>(
    "SELECT blks_hit + blks_read AS pages FROM pg_stat_database WHERE datname = $1",
    [`bench_growth_${name}`],
  );
  return Number(rows[0]?.pages ?? Number.NaN);
}

async function gigabytes(db: pg.Client, url: string): Promise<number> {
  const { rows } = await db.query<{ bytes: string }>("SELECT pg_database_size($1::name) AS bytes", [
    new URL(url).pathname.slice(1),
  ]);
  return Number(rows[0]?.bytes ?? Number.NaN) / 1e9;
}

async function refuseSmallDisk(): Promise<void> {
  const { bavail, bsize } = await statfs(os.tmpdir());
  const wanted = LARGE * BYTES_EACH + 8e9;
  if (bavail * bsize < wanted)
    throw new Error(`This row needs ${Math.ceil(wanted / 1e9)} GB in ${os.tmpdir()} while it runs.`);
}
