import { execFile } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { startChild } from "./children";

const exec = promisify(execFile);

export interface Web {
  port: number;
  pid: number;
  stop: () => Promise<void>;
}

/** A database of its own in the bench's cluster, migrated and empty; what other rows left is not in it. */
export async function ownDatabase(url: string, name: string): Promise<string> {
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  try {
    await db.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await db.query(`CREATE DATABASE "${name}"`);
  } finally {
    await db.end();
  }
  const own = new URL(url);
  own.pathname = `/${name}`;
  const steps = path.join(process.cwd(), "scripts", "steps", "database.mjs");
  const { migrate } = (await import(pathToFileURL(steps).href)) as {
    migrate: (url: string) => Promise<void>;
  };
  await migrate(own.href);
  return own.href;
}

/** Fills a database with the demo world. */
export async function seedDemo(url: string): Promise<void> {
  const env = { ...process.env, DATABASE_URL: url };
  await exec(process.execPath, [path.join(process.cwd(), ".build", "seed.mjs")], { env, maxBuffer: 2 ** 26 });
}

/** The built product on a port of its own; what else it is told may be added, and options for Node itself. */
export async function startWeb(
  url: string,
  told: Record<string, string> = {},
  execArgv: readonly string[] = [],
): Promise<Web> {
  const port = await freePort();
  const appUrl = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    ...told,
    DATABASE_URL: url,
    PORT: String(port),
    HOSTNAME: "127.0.0.1",
    APP_URL: appUrl,
  };
  const child = startChild(".next/standalone/server.js", { env: { ...env, ROLE: "web" }, execArgv });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await gone;
  };
  const until = Date.now() + 60_000;
  while (child.exitCode === null && Date.now() < until) {
    const answer = await fetch(`${appUrl}/api/health/ready`).catch(() => null);
    if (answer?.ok && child.pid !== undefined) return { port, pid: child.pid, stop };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop();
  throw new Error("The web server does not become ready.");
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
