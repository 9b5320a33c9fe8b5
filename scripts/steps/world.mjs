import { rmSync } from "node:fs";
import { join } from "node:path";
import { WATCH } from "./children.mjs";
import { connect, migrate } from "./database.mjs";
import { fromRoot } from "./root.mjs";
import { run } from "./run.mjs";
import { Stop, step } from "./say.mjs";

/** Whether this database holds the demo world: "made", "making" (interrupted), or null for an untouched one. */
async function worldState(client) {
  await client.query("CREATE SCHEMA IF NOT EXISTS valvia_setup");
  await client.query(
    "CREATE TABLE IF NOT EXISTS valvia_setup.world (state text NOT NULL, since timestamptz NOT NULL DEFAULT now())",
  );
  const { rows } = await client.query("SELECT state FROM valvia_setup.world");
  return rows[0]?.state ?? null;
}

async function setState(client, state) {
  await client.query("DELETE FROM valvia_setup.world");
  await client.query("INSERT INTO valvia_setup.world (state) VALUES ($1)", [state]);
}

async function withOwner(url, work) {
  const client = await connect(url);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Fills an empty database with the demo world. One that a kill left half-filled is emptied and filled again. */
export async function seedIfEmpty({ env, data, log }) {
  const url = env.DATABASE_URL;
  const todo = await withOwner(url, async (client) => {
    const state = await worldState(client);
    if (state !== null) return state === "making" ? "again" : "nothing";
    const { rows } = await client.query('SELECT EXISTS (SELECT 1 FROM "Person") AS used');
    return rows[0].used ? "nothing" : "first";
  });
  if (todo === "again") await emptyWorld({ url, data });
  if (todo !== "nothing") await step("Filling the demo world", () => seed({ env, log }));
}

async function seed({ env, log }) {
  await withOwner(env.DATABASE_URL, async (client) => (await worldState(client), setState(client, "making")));
  const { code, output } = await run({
    command: process.execPath,
    args: ["--import", WATCH, "--enable-source-maps", fromRoot(".build", "seed.mjs")],
    env: { ...env, VALVIA_STARTER: String(process.pid) },
    log,
  });
  if (code !== 0) throw new Stop(`The demo world could not be made (${log}).\n${output}`);
  await withOwner(env.DATABASE_URL, (client) => setState(client, "made"));
}

/** Throws away every row and file of the demo world and leaves an empty, migrated database. */
async function emptyWorld({ url, data }) {
  await withOwner(url, async (client) => {
    for (const schema of ["valvia_setup", "pgboss", "public"]) {
      await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    }
    await client.query("CREATE SCHEMA public");
  });
  // The payment sandbox keeps its address and secrets, and forgets its payments.
  for (const folder of ["files", "sandbox"]) rmSync(join(data, folder), { recursive: true, force: true });
  await migrate(url);
}

export async function resetWorld({ env, data, log }) {
  await step("Emptying the demo world", () => emptyWorld({ url: env.DATABASE_URL, data }));
  await step("Filling the demo world", () => seed({ env, log }));
}

/** A production start on a demo database would open it to everybody who can read the manual. */
export async function refuseDemoAccounts(url) {
  await withOwner(url, async (client) => {
    const { rows } = await client.query(
      `SELECT EXISTS (SELECT 1 FROM "Person" WHERE email LIKE '%@demo.valvia.test') AS demo`,
    );
    if (rows[0].demo) {
      throw new Stop(
        "This database holds demo accounts, whose password is public. Production needs a database of its own: set DATABASE_URL or VALVIA_DATA.",
      );
    }
  });
}
