import "server-only";
import { openDb } from "./db";
import { env } from "./env";
import { store } from "./record-store";
import { feelPulse } from "./worker-pulse";

export interface Readiness {
  ready: boolean;
  checks: Record<"database" | "storage" | "worker", "ok" | "failing">;
}

/**
 * Whether this process can do its work: the database answers, the store of files answers, a worker lives. Where the
 * worker has a machine of its own, its absence is told here and does not take this machine out of service.
 */
export async function readiness(): Promise<Readiness> {
  const [database, storage, worker] = await Promise.all([
    works(() => openDb().$queryRaw`SELECT 1`),
    works(() => store().check()),
    works(feelPulse),
  ]);
  const checks = { database, storage, worker } as const;
  const needed = env().ROLE === "all" ? [database, storage, worker] : [database, storage];
  return { ready: needed.every((state) => state === "ok"), checks };
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
