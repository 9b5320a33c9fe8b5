import { readFileSync } from "node:fs";
import { applyMigrations } from "./migrations.mjs";
import { fromRoot } from "./root.mjs";
import { refuseMissingRights } from "./rights.mjs";
import { Stop } from "./say.mjs";
import { settleUnfinished } from "./unfinished.mjs";

/** Two starters on one database take turns; the number is arbitrary and ours alone. */
const TURN = 7_462_839_104;
const OLDEST = 150_000;

/** Opens one connection as the owner of the database; its refusals are told in our words. */
export async function connect(connectionString) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 15_000 });
  try {
    await client.connect();
  } catch (failure) {
    const { host } = new URL(connectionString);
    throw new Stop(
      `The database at ${host} does not let us in: ${failure.message || failure.code}. Check DATABASE_URL and that PostgreSQL runs there.`,
    );
  }
  return client;
}

/** Brings schema, job queues and the application's rights up to date. Safe to run from many machines at once. */
export async function migrate(connectionString) {
  const owner = await connect(connectionString);
  try {
    const { rows } = await owner.query("SELECT current_setting('server_version_num')::int AS version");
    if (rows[0].version < OLDEST) throw new Stop("Valvia needs PostgreSQL 15 or newer.");
    await owner.query("SELECT pg_advisory_lock($1)", [TURN]);
    await refuseMissingRights(owner, rows[0].version);
    await settleUnfinished(owner);
    const applied = await applyMigrations(connectionString);
    await ensureJobs(connectionString);
    await grantApp(owner);
    return applied;
  } finally {
    // Ending the connection gives the turn back, whatever happened.
    await owner.end();
  }
}

/** The tables of the job queue and one queue for each job the product knows. */
async function ensureJobs(connectionString) {
  const { PgBoss } = await import("pg-boss");
  const boss = new PgBoss({ connectionString, schema: "pgboss", max: 2, supervise: false, schedule: false });
  const failures = [];
  boss.on("error", (failure) => failures.push(failure));
  await boss.start();
  try {
    const names = JSON.parse(readFileSync(fromRoot("lib", "infra", "job-names.json"), "utf8"));
    const there = new Set((await boss.getQueues()).map((queue) => queue.name));
    for (const name of names) {
      // Eight tries with growing pauses; what still fails stays in the queue's table for a person.
      const options = { retryLimit: 8, retryDelay: 5, retryBackoff: true };
      if (!there.has(name)) await boss.createQueue(name, options);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  if (failures.length > 0) throw failures[0];
}

/** The application signs in as the owner and at once becomes this role, which owns nothing. */
async function grantApp(owner) {
  const wishes = [
    "GRANT valvia_app TO CURRENT_USER",
    "GRANT ALL ON SCHEMA pgboss TO valvia_app",
    "GRANT ALL ON ALL TABLES IN SCHEMA pgboss TO valvia_app",
    "GRANT ALL ON ALL SEQUENCES IN SCHEMA pgboss TO valvia_app",
    "GRANT ALL ON ALL FUNCTIONS IN SCHEMA pgboss TO valvia_app",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA pgboss GRANT ALL ON TABLES TO valvia_app",
  ];
  for (const wish of wishes) await owner.query(wish);
}
