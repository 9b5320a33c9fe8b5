import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { bundleReader } from "../../scripts/steps/build.mjs";
import { connect, migrate } from "../../scripts/steps/database.mjs";
import { startPostgres } from "../../scripts/steps/postgres.mjs";

declare module "vitest" {
  export interface ProvidedContext {
    /** Address of a cluster whose database `valvia_template` is migrated and empty. */
    clusterUrl: string;
  }
}

/** One PostgreSQL for all operation tests, in a folder of its own, gone when they end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await bundleReader();
  const folder = await mkdtemp(join(tmpdir(), "valvia-tests-"));
  const postgres = await startPostgres({
    dir: join(folder, "postgres"),
    password: randomBytes(16).toString("hex"),
    durable: false,
  });
  const owner = await connect(postgres.url);
  await owner.query("CREATE DATABASE valvia_template");
  await owner.end();
  await migrate(postgres.url.replace(/\/valvia$/, "/valvia_template"));
  project.provide("clusterUrl", postgres.url);
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
