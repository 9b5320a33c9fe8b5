import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import {
  type Drive,
  driverOf,
  type Job,
  limitOf,
  type Ratio,
  ratioOf,
  ROUNDS,
  SECONDS,
} from "./booking-drive";
import { CITIES, clearWorld, countViolations, emptyWorld, HOT_SLOT, makeWorld, SLOTS } from "./booking-world";

type Name = "limit-spread" | "limit-hot" | "ours-spread" | "ours-hot";

const spread = `('0b020000-0000-7000-8000-' || lpad(to_hex(:slot::int), 12, '0'))::uuid`;
const time: Job["randoms"] = { city: [0, CITIES - 1], day: [1, 3_000], hour: [0, 23] };

const JOBS: readonly (Job & { name: Name })[] = [
  { name: "limit-spread", randoms: { slot: [1, SLOTS] }, sql: limitOf(":slot::int") },
  {
    name: "ours-spread",
    randoms: { slot: [1, SLOTS], ...time },
    sql: `SELECT bench_hold(${spread}, 'Bench ' || :city::int, :day::int, :hour::int)`,
  },
  { name: "limit-hot", randoms: {}, sql: limitOf("0") },
  {
    name: "ours-hot",
    randoms: time,
    sql: `SELECT bench_hold('${HOT_SLOT}', 'Bench ' || :city::int, :day::int, :hour::int)`,
  },
];

export interface BookingResult {
  row: 5;
  name: "booking";
  /** What drove both sides. */
  driver: "pgbench" | "node";
  goal: string;
  spread: Ratio;
  hot: Ratio;
  violations: { overlaps: number; partials: number; oversold: number; deadlocks: number };
  attempts: number;
  met: boolean;
}

/**
 * Row 5: holding a slot with an interpreter and a car, against a bare conditional UPDATE. Rounds alternate in rotated
 * order within one run; the ratio of each round counts, and its median is the figure.
 */
export async function run(url = process.env.DATABASE_URL ?? ""): Promise<BookingResult> {
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  // The tables keep their row-level security from their owner too.
  await db.query("SELECT set_config('app.role', 'system', false)");
  const folder = await mkdtemp(path.join(os.tmpdir(), "valvia-bench-"));
  try {
    await makeWorld(db);
    const { drive, driver } = await driverOf(url, folder);
    return await measure(db, drive, driver);
  } finally {
    await clearWorld(db);
    await db.end();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(db: pg.Client, drive: Drive, driver: "pgbench" | "node"): Promise<BookingResult> {
  const rates: Record<Name, number[]> = {
    "limit-spread": [],
    "limit-hot": [],
    "ours-spread": [],
    "ours-hot": [],
  };
  const violations = { overlaps: 0, partials: 0, oversold: 0, deadlocks: 0 };
  const deadlocksBefore = await deadlocks(db);
  let attempts = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let turn = 0; turn < JOBS.length; turn += 1) {
      const job = JOBS[(turn + round) % JOBS.length];
      if (!job) continue;
      const rate = await drive(job);
      rates[job.name].push(rate);
      if (!job.name.startsWith("ours")) continue;
      attempts += Math.round(rate * SECONDS);
      const found = await countViolations(db);
      violations.overlaps += found.overlaps;
      violations.partials += found.partials;
      violations.oversold += found.oversold;
      await emptyWorld(db);
    }
  }
  violations.deadlocks = (await deadlocks(db)) - deadlocksBefore;
  const spreadRatio = ratioOf(rates["ours-spread"], rates["limit-spread"]);
  const hot = ratioOf(rates["ours-hot"], rates["limit-hot"]);
  const isClean = Object.values(violations).every((count) => count === 0);
  const goal = "SQL >= 0.35 of a conditional UPDATE; 0 overlaps, partials, oversold slots and deadlocks";
  const met = isClean && spreadRatio.ratio >= 0.35;
  return { row: 5, name: "booking", driver, goal, spread: spreadRatio, hot, violations, attempts, met };
}

async function deadlocks(db: pg.Client): Promise<number> {
  await db.query("SELECT pg_stat_clear_snapshot()");
  const { rows } = await db.query<{ deadlocks: string }>(
    "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()",
  );
  return Number(rows[0]?.deadlocks ?? 0);
}
