import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { databaseMs, usedMs } from "./processor";
import { CLIENTS, driverOf, limitOf, type Ratio, ratioOf, ROUNDS, SECONDS } from "./booking-drive";
import {
  bodyOf,
  countHttpViolations,
  HOT_PATIENTS,
  HOT_SLOT,
  makeHttpWorld,
  PATIENTS,
  SLOTS,
  slotFor,
  tokenOf,
} from "./booking-http-world";
import { startWeb } from "./web";

/** Read by `npm run bench`: this row asks the built product. */
export const needsWeb = true;

type Answers = Record<string, number>;

export interface BookingHttpResult {
  row: 5;
  name: "booking-http";
  driver: "pgbench" | "node";
  goal: string;
  spread: Ratio;
  hot: Ratio;
  /** How often each status was answered. */
  answers: { spread: Answers; hot: Answers };
  /** Milliseconds of processor time of one update, and of one answer: what other programs on the machine cannot change. */
  processor: Record<"limit" | "spread" | "hot", Cost>;
  violations: { overlaps: number; partials: number; oversold: number; deadlocks: number };
  met: boolean;
}

interface Cost {
  database: number;
  web: number;
}

/**
 * Row 5 over HTTP: `POST /api/v1/bookings` of the built product, every request by another patient with an accepted
 * estimate, against a bare conditional UPDATE driven by pgbench. Rounds alternate within one run.
 */
export async function run(url = process.env.DATABASE_URL ?? ""): Promise<BookingHttpResult> {
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  await db.query("SELECT set_config('app.role', 'system', false)");
  const folder = await mkdtemp(path.join(os.tmpdir(), "valvia-bench-"));
  try {
    await makeHttpWorld(db);
    const { drive, driver } = await driverOf(url, folder);
    const web = await startWeb(url);
    try {
      return await measure(db, { ...web, driver, limit: () => drive(LIMIT) });
    } finally {
      await web.stop();
    }
  } finally {
    await db.query("DROP TABLE IF EXISTS bench_counter");
    await db.end();
    await rm(folder, { recursive: true, force: true });
  }
}

const LIMIT = {
  name: "limit-spread",
  randoms: { slot: [1, SLOTS] as [number, number] },
  sql: limitOf(":slot::int"),
};

interface Peers {
  port: number;
  pid: number;
  driver: "pgbench" | "node";
  limit: () => Promise<number>;
}

async function measure(db: pg.Client, { port, pid, driver, limit }: Peers): Promise<BookingHttpResult> {
  const everybody = Array.from({ length: PATIENTS }, (_, number) => number);
  const spreadOut: Storm = { patients: everybody.slice(HOT_PATIENTS), slot: slotFor };
  const hotSpot: Storm = { patients: everybody.slice(0, HOT_PATIENTS), slot: () => HOT_SLOT };
  const answers = { spread: {} as Answers, hot: {} as Answers };
  const rates = { limit: [] as number[], spread: [] as number[], hot: [] as number[] };
  // What the first requests load and prepare is not what a booking costs.
  await ask(port, spreadOut, {});
  const deadlocksBefore = await deadlocks(db);
  const meter = new Meter(db, pid);
  const jobs = [
    async () => rates.limit.push(await meter.of("limit", () => limit())),
    async () => rates.spread.push(await meter.of("spread", () => ask(port, spreadOut, answers.spread))),
    async () => rates.hot.push(await meter.of("hot", () => ask(port, hotSpot, answers.hot))),
  ];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let turn = 0; turn < jobs.length; turn += 1) await jobs[(turn + round) % jobs.length]?.();
  }
  const { held, ...found } = await countHttpViolations(db);
  const violations = { ...found, deadlocks: (await deadlocks(db)) - deadlocksBefore };
  const spread = ratioOf(rates.spread, rates.limit);
  const hot = ratioOf(rates.hot, rates.limit);
  const statuses = [...Object.keys(answers.spread), ...Object.keys(answers.hot)];
  const isClean = Object.values(violations).every((count) => count === 0) && held > 0;
  const goal = "HTTP >= 0.10 of a conditional UPDATE by pgbench; only 201 and 409, 0 violations";
  const met =
    isClean && spread.ratio >= 0.1 && statuses.every((status) => status === "201" || status === "409");
  const processor = meter.costs();
  return { row: 5, name: "booking-http", driver, goal, spread, hot, answers, processor, violations, met };
}

type Part = "limit" | "spread" | "hot";

/** What each part used of the processor, for each thing it did. */
class Meter {
  private readonly used: Record<Part, Cost & { count: number }> = {
    limit: { database: 0, web: 0, count: 0 },
    spread: { database: 0, web: 0, count: 0 },
    hot: { database: 0, web: 0, count: 0 },
  };

  constructor(
    private readonly db: pg.Client,
    private readonly pid: number,
  ) {}

  /** Runs a part that answers how much it did a second. */
  async of(part: Part, run: () => Promise<number>): Promise<number> {
    const before = { database: await databaseMs(this.db), web: usedMs(this.pid) };
    const rate = await run();
    const used = this.used[part];
    used.database += (await databaseMs(this.db)) - before.database;
    used.web += usedMs(this.pid) - before.web;
    used.count += rate * SECONDS;
    return rate;
  }

  costs(): Record<Part, Cost> {
    const each = ({ database, web, count }: Cost & { count: number }) => ({
      database: database / count,
      web: web / count,
    });
    const { limit, spread, hot } = this.used;
    return { limit: each(limit), spread: each(spread), hot: each(hot) };
  }
}

interface Storm {
  /** Who has not asked yet; each asks once. */
  patients: number[];
  slot: (patient: number) => string;
}

/** Answers a second, from as many connections as the peer has clients. */
async function ask(port: number, { patients, slot }: Storm, answers: Answers): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  const since = performance.now();
  const until = since + SECONDS * 1_000;
  let count = 0;
  const loop = async () => {
    while (performance.now() < until) {
      const patient = patients.pop();
      if (patient === undefined) throw new Error("Every patient of this world has asked already.");
      const status = await post(agent, port, tokenOf(patient), bodyOf(patient, slot(patient)));
      answers[status] = (answers[status] ?? 0) + 1;
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, loop));
  agent.destroy();
  return count / ((performance.now() - since) / 1_000);
}

function post(agent: Agent, port: number, token: string, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    };
    const options = { agent, host: "127.0.0.1", port, method: "POST", path: "/api/v1/bookings", headers };
    const asked = request(options, (answer) => {
      answer.resume();
      answer.once("end", () => resolve(answer.statusCode ?? 0));
      answer.once("error", reject);
    });
    asked.once("error", reject);
    asked.end(body);
  });
}

async function deadlocks(db: pg.Client): Promise<number> {
  await db.query("SELECT pg_stat_clear_snapshot()");
  const { rows } = await db.query<{ deadlocks: string }>(
    "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()",
  );
  return Number(rows[0]?.deadlocks ?? 0);
}
