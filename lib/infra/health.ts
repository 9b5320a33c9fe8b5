import "server-only";
import { access, constants, mkdir } from "node:fs/promises";
import path from "node:path";
import { openDb } from "./db";
import { env } from "./env";

export interface Readiness {
  ready: boolean;
  checks: Record<"database" | "storage" | "worker", "ok" | "failing">;
}

/** Whether this process can do its work: the database answers, the store can be written, the queue is there. */
export async function readiness(): Promise<Readiness> {
  const [database, storage, worker] = await Promise.all([
    works(() => openDb().$queryRaw`SELECT 1`),
    works(storageWritable),
    works(() => openDb().$queryRaw`SELECT 1 FROM pgboss.queue LIMIT 1`),
  ]);
  const checks = { database, storage, worker } as const;
  return { ready: Object.values(checks).every((state) => state === "ok"), checks };
}

async function storageWritable(): Promise<void> {
  const folder = path.join(/* turbopackIgnore: true */ env().VALVIA_DATA, "files");
  await mkdir(folder, { recursive: true });
  await access(folder, constants.W_OK);
}

/** A failing check is an answer here, so its error becomes a state instead of rising. */
async function works(check: () => Promise<unknown>): Promise<"ok" | "failing"> {
  try {
    await check();
    return "ok";
  } catch {
    return "failing";
  }
}
