import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, inject } from "vitest";
import { connect } from "../../scripts/steps/database.mjs";

/**
 * Each test file has a database of its own, copied from the migrated template, and a folder of its own, both named in
 * the environment before any module of the product is imported.
 */
const clusterUrl = inject("clusterUrl");
const database = `test_${randomBytes(8).toString("hex")}`;
const folder = await mkdtemp(join(tmpdir(), "valvia-test-"));

await onCluster(`CREATE DATABASE ${database} TEMPLATE valvia_template`);

Object.assign(process.env, {
  NODE_ENV: "test",
  VALVIA_MODE: "demo",
  VALVIA_DATA: folder,
  DATABASE_URL: clusterUrl.replace(/\/valvia$/, `/${database}`),
  DATABASE_POOL: "10",
  APP_URL: "http://127.0.0.1:3000",
  NEXTAUTH_URL: "http://127.0.0.1:3000",
  AUTH_SECRET: randomBytes(32).toString("base64url"),
  RECORDS_KEY: randomBytes(32).toString("base64"),
});

afterAll(async () => {
  // Only what the test opened: importing these modules for nothing would cost every file a second.
  if ("valviaBoss" in globalThis) await (await import("@/lib/infra/jobs")).closeJobs();
  if ("valviaPrisma" in globalThis) await (await import("@/lib/infra/db")).closeDb();
  await rm(folder, { recursive: true, force: true });
});

async function onCluster(statement: string): Promise<void> {
  const owner = await connect(clusterUrl);
  try {
    await owner.query(statement);
  } finally {
    await owner.end();
  }
}
