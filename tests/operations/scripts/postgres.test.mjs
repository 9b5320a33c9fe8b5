import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../../scripts/steps/database.mjs";
import { startPostgres } from "../../../scripts/steps/postgres.mjs";
import { isAlive } from "../../../scripts/steps/processes.mjs";
import { fromRoot } from "../../../scripts/steps/root.mjs";

const password = "only-for-this-test";
let dir;
let running = null;

beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), "valvia-pg-")), "postgres");
});
afterEach(async () => {
  await running?.stop();
  running = null;
  rmSync(join(dir, ".."), { recursive: true, force: true });
});

async function start() {
  running = await startPostgres({ dir, password });
  return running;
}

async function ask(statement) {
  const client = await connect(running.url);
  // The server may be killed under the connection; that is what these tests do.
  client.on("error", () => {});
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

describe("the embedded database", () => {
  it("runs without a superuser's rights, safe against a power cut, with every script's letters", async () => {
    await start();
    const [row] = await ask(
      "SELECT rolsuper, current_setting('fsync') AS fsync, lower('ÄЖ') AS lower FROM pg_roles WHERE rolname = current_user",
    );
    expect(row).toEqual({ rolsuper: false, fsync: "on", lower: "äж" });
    await ask("CREATE EXTENSION pg_trgm");
    expect((await ask("SELECT show_trgm('Клиника') AS parts"))[0].parts).not.toEqual([]);
  });

  it("is reached whatever other database the shell speaks of", async () => {
    Object.assign(process.env, { PGSSLMODE: "require", PGOPTIONS: "-c search_path=nowhere", PGPORT: "1" });
    await start();
    expect(await ask("SELECT current_schema() AS schema")).toEqual([{ schema: "public" }]);
  });

  it("keeps its data and its port from one start to the next", async () => {
    const { port } = await start();
    await ask("CREATE TABLE kept AS SELECT 1 AS one");
    await running.stop();
    await start();
    expect(running.port).toBe(port);
    expect(await ask("SELECT one FROM kept")).toEqual([{ one: 1 }]);
  });

  it("moves to another port when somebody has taken its own", async () => {
    const { port } = await start();
    await running.stop();
    const taker = createServer().listen(port, "127.0.0.1");
    try {
      await start();
      expect(running.port).not.toBe(port);
    } finally {
      taker.close();
    }
  });

  it("recovers what was committed before it was killed", async () => {
    await start();
    await ask("CREATE TABLE kept AS SELECT 1 AS one");
    process.kill(running.who.pid, "SIGKILL");
    await running.exited;
    await start();
    expect(await ask("SELECT one FROM kept")).toEqual([{ one: 1 }]);
  });

  it("is ended when the process that started it is killed, and the next start takes its place", async () => {
    const orphan = await startedBySomebodyKilled();
    await start();
    expect(isAlive(orphan)).toBe(false);
    expect(await ask("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("says what to do about a damaged folder and changes nothing in it", async () => {
    await start();
    await running.stop();
    rmSync(join(dir, "cluster", "PG_VERSION"));
    await expect(start()).rejects.toThrow(/damaged.*Restore it from a backup, or move it away/);
    running = null;
    expect(existsSync(join(dir, "cluster", "global", "pg_control"))).toBe(true);
  });
});

/** Starts the database in another process, kills that process, and answers with who was left behind. */
async function startedBySomebodyKilled() {
  const script = `
    const { startPostgres } = await import(${JSON.stringify(fromRoot("scripts", "steps", "postgres.mjs"))});
    const { who } = await startPostgres(${JSON.stringify({ dir, password })});
    console.log(JSON.stringify(who));
    setInterval(() => {}, 1_000);`;
  const starter = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = await new Promise((resolve) => starter.stdout.once("data", (part) => resolve(String(part))));
  starter.kill("SIGKILL");
  return JSON.parse(line);
}
