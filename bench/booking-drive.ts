import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";

const exec = promisify(execFile);
export const CLIENTS = 8;
export const SECONDS = 3;
export const ROUNDS = 5;

/** Statements a client sends, `:name` standing for a random whole number in its range. */
export interface Job {
  name: string;
  randoms: Record<string, [number, number]>;
  sql: string;
}

/** What a bare conditional UPDATE of row `id` costs: the limit both halves of the row are held against. */
export const limitOf = (id: string) =>
  `UPDATE bench_counter SET taken = taken + 1 WHERE id = ${id} AND taken < capacity`;

export type Drive = (job: Job) => Promise<number>;

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

/** Drives a job by the cheapest client there is, and says which. */
export async function driverOf(
  url: string,
  folder: string,
): Promise<{ drive: Drive; driver: "pgbench" | "node" }> {
  const native = await pgbench(url, folder);
  return native ? { drive: native, driver: "pgbench" } : { drive: nodeClients(url), driver: "node" };
}

export interface Ratio {
  ours: number;
  limit: number;
  ratio: number;
  min: number;
  max: number;
}

/** The ratio of each round counts; its median is the figure. */
export function ratioOf(ours: readonly number[], limits: readonly number[]): Ratio {
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
