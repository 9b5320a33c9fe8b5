import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type * as postgres from "../scripts/steps/postgres.mjs";

interface Account {
  feed: (program: string, args: string[], input: string) => { status: number | null; stderr: string };
}

/** What nobody may do in the product's own cluster: fill a world without triggers and without waiting for the disk. */
const RIGHTS = [
  "GRANT SET ON PARAMETER session_replication_role TO valvia",
  "GRANT ALTER SYSTEM ON PARAMETER autovacuum, fsync, full_page_writes, max_wal_size TO valvia",
  "GRANT pg_checkpoint TO valvia",
];

export interface Cluster {
  url: string;
  /** Has the server read what `ALTER SYSTEM` has changed. */
  reload: () => void;
  stop: () => Promise<void>;
}

/** A PostgreSQL of its own, as the product starts it, whose owner may do more; gone when it stops. */
export async function startCluster(): Promise<Cluster> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "valvia-bench-"));
  const wish = { dir: path.join(folder, "postgres"), password: randomBytes(16).toString("hex") };
  const { startPostgres } = await step<typeof postgres>("postgres");
  const { postgresAccount } = await step<{ postgresAccount: (dir: string) => Account }>("postgres-account");
  const first = await startPostgres(wish);
  await first.stop();
  const alone = ["--single", "-D", path.join(wish.dir, "cluster"), "postgres"];
  const answer = postgresAccount(wish.dir).feed("postgres", alone, `${RIGHTS.join(";\n")};\n`);
  if (answer.status !== 0 || /ERROR|FATAL/.test(answer.stderr)) throw new Error(answer.stderr);
  const server = await startPostgres(wish);
  return {
    url: server.url,
    reload: () => process.kill(server.who.pid, "SIGHUP"),
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function step<T>(name: string): Promise<T> {
  return import(
    pathToFileURL(path.join(process.cwd(), "scripts", "steps", `${name}.mjs`)).href
  ) as Promise<T>;
}
