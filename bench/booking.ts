import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { CITIES, clearWorld, countViolations, emptyWorld, HOT_SLOT, makeWorld, SLOTS } from "./booking-world";

const exec = promisify(execFile);
const CLIENTS = 8;
const SECONDS = 3;
const ROUNDS = 5;

/** Statements a client sends, `:name` standing for a random whole number in its range. */
interface Job {
  name: "limit-spread" | "limit-hot" | "ours-spread" | "ours-hot";
  randoms: Record<string, [number, number]>;
  sql: string;
}

const limit = (id: string) =>
  `UPDATE bench_counter SET taken = taken + 1 WHERE id = ${id} AND taken < capacity`;
const spread = `('0b020000-0000-7000-8000-' || lpad(to_hex(:slot::int), 12, '0'))::uuid`;
const time: Job["randoms"] = { city: [0, CITIES - 1], day: [1, 3_000], hour: [0, 23] };

const JOBS: readonly Job[] = [
  { name: "limit-spread", randoms: { slot: [1, SLOTS] }, sql: limit(":slot::int") },
  {
    name: "ours-spread",
    randoms: { slot: [1, SLOTS], ...time },
    sql: `SELECT bench_hold(${spread}, 'Bench ' || :city::int, :day::int, :hour::int)`,
  },
  { name: "limit-hot", randoms: {}, sql: limit("0") },
  {
    name: "ours-hot",
    randoms: time,
    sql: `SELECT bench_hold('${HOT_SLOT}', 'Bench ' || :city::int, :day::int, :hour::int)`,
  },
];

type Drive = (job: Job) => Promise<number>;

/** Transactions a second by Debian's pgbench where it is installed: the client costs least. */
async function pgbench(url: string, folder: string): Promise<Drive | null> {
  try {
    await exec("pgbench", ["--version"]);
  } catch {
    return null;
  }
  return async ({ name, randoms, sql }) => {
    const file = path.join(folder, `${name}.sql`);
    const sets = Object.entries(randoms).map(([key, [low, high]]) => `\\set ${key} random(${low}, ${high})`);
    await writeFile(file, [...sets, `${sql};`].join("\n"));
    const options = [
      "-n",
      "-f",
      file,
      "-c",
      String(CLIENTS),
      "-j",
      "2",
      "-T",
      String(SECONDS),
      "-M",
      "prepared",
      url,
    ];
    const { stdout } = await exec("pgbench", options, {
      env: { ...process.env, PGOPTIONS: "-c role=valvia_app" },
    });
    return Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? Number.NaN);
  };
}

/** The same by clients of our own, both sides alike, where pgbench is missing. */
function nodeClients(url: string): Drive {
  return async ({ name, randoms, sql }) => {
    const names = Object.keys(randoms);
    const text = names.reduce((query, key, index) => query.replaceAll(`:${key}`, `$${index + 1}`), sql);
    const end = Date.now() + SECONDS * 1_000;
    const loop = async () => {
      const client = new pg.Client({ connectionString: url, options: "-c role=valvia_app" });
      await client.connect();
      let count = 0;
      while (Date.now() < end) {
        const values = names.map((key) => randomIn(randoms[key] ?? [0, 0]));
        await client.query({ name, text, values });
        count += 1;
      }
      await client.end();
      return count;
    };
    const counts = await Promise.all(Array.from({ length: CLIENTS }, loop));
    return counts.reduce((sum, count) => sum + count, 0) / SECONDS;
  };
}

const randomIn = ([low, high]: [number, number]) => low + Math.floor(Math.random() * (high - low + 1));

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

interface Ratio {
  ours: number;
  limit: number;
  ratio: number;
  min: number;
  max: number;
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
    const native = await pgbench(url, folder);
    return await measure(db, native ?? nodeClients(url), native ? "pgbench" : "node");
  } finally {
    await clearWorld(db);
    await db.end();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(db: pg.Client, drive: Drive, driver: "pgbench" | "node"): Promise<BookingResult> {
  const rates: Record<Job["name"], number[]> = {
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

function ratioOf(ours: readonly number[], limits: readonly number[]): Ratio {
  const ratios = ours
    .map((rate, index) => rate / (limits[index] ?? Number.NaN))
    .toSorted((one, other) => one - other);
  return {
    ours: median(ours),
    limit: median(limits),
    ratio: median(ratios),
    min: ratios[0] ?? Number.NaN,
    max: ratios.at(-1) ?? Number.NaN,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
