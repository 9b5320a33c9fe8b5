import { fork } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { glob, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { ownDatabase, startWeb, type Web } from "../../bench/web";

interface Secrets {
  AUTH_SECRET: string;
  RECORDS_KEY: string;
  databasePassword: string;
}

/** The built product beside the one under test: its own database in the same cluster, its own folder, other settings. */
export class SecondProduct {
  private constructor(
    readonly address: string,
    readonly data: string,
    private readonly stops: readonly (() => Promise<void>)[],
  ) {}

  static async start(name: string, told: Record<string, string>): Promise<SecondProduct> {
    const { url, secrets } = await clusterOf(path.resolve(process.env.VALVIA_DATA ?? ".data"));
    const own = await ownDatabase(url, name);
    const data = await mkdtemp(path.join(tmpdir(), "valvia-second-"));
    const { AUTH_SECRET, RECORDS_KEY } = secrets;
    const env = { AUTH_SECRET, RECORDS_KEY, VALVIA_DATA: data, VALVIA_MODE: "demo", ...told };
    const clear = async () => {
      await rm(data, { recursive: true, force: true });
      await drop(url, name);
    };
    const stops = [clear];
    try {
      const web: Web = await startWeb(own, { ...env, NODE_ENV: "production", NEXTAUTH_SECRET: AUTH_SECRET });
      stops.unshift(web.stop);
      stops.unshift(await startWorker({ ...env, DATABASE_URL: own, PORT: String(web.port) }));
      return new SecondProduct(`http://127.0.0.1:${web.port}`, data, stops);
    } catch (error) {
      for (const stop of stops) await stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    for (const stop of this.stops) await stop();
  }
}

/** The database the product under test runs on, as its owner. */
async function clusterOf(data: string): Promise<{ url: string; secrets: Secrets }> {
  const secrets = JSON.parse(readFileSync(path.join(data, "secrets.json"), "utf8")) as Secrets;
  const given = process.env.DATABASE_URL;
  if (given) return { url: given, secrets };
  const [file] = await Array.fromAsync(glob("postgres/**/postmaster.pid", { cwd: data }));
  if (!file) throw new Error(`No database runs below ${data}: name the product's folder by VALVIA_DATA.`);
  const port = readFileSync(path.join(data, file), "utf8").split("\n")[3]?.trim();
  return { url: `postgresql://valvia:${secrets.databasePassword}@127.0.0.1:${port}/valvia`, secrets };
}

async function startWorker(told: Record<string, string>): Promise<() => Promise<void>> {
  const program = path.resolve(".build/worker.mjs");
  if (!existsSync(program)) throw new Error("The product is not built here.");
  const env = { ...process.env, ...told, ROLE: "worker", NODE_ENV: "production" as const };
  const child = fork(program, [], { env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await Promise.race([
    new Promise<void>((resolve) => child.once("message", () => resolve())),
    gone.then(() => Promise.reject(new Error("The worker ended at its start."))),
  ]);
  return async () => {
    child.kill("SIGTERM");
    await gone;
  };
}

async function drop(url: string, name: string): Promise<void> {
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  try {
    await db.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  } finally {
    await db.end();
  }
}
