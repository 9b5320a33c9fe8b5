import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { openDb } from "./db";
import { env } from "./env";
import { log } from "./log";

/** The number is arbitrary and ours alone: whoever holds this lock, shared, is a working worker. */
const PULSE = 746_283_911;
const AGAIN_MS = 1_000;

/**
 * Holds the sign of a living worker until stopped. The database takes it back the moment the process or its
 * connection is gone, however it went; a connection that broke is made again.
 */
export function keepPulse(): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const done = beat(stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

async function beat(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const client = new pg.Client({ connectionString: env().DATABASE_URL });
    const broken = new Promise<null>((resolve) => {
      client.on("error", () => resolve(null)).on("end", () => resolve(null));
    });
    const asked = new Promise<null>((resolve) => signal.addEventListener("abort", () => resolve(null)));
    try {
      await client.connect();
      await client.query("SELECT pg_advisory_lock_shared($1)", [PULSE]);
      await Promise.race([broken, asked]);
    } catch (error) {
      log.error({ error }, "worker pulse");
    }
    await client.end().catch((error: unknown) => log.error({ error }, "worker pulse"));
    if (!signal.aborted) await pause(AGAIN_MS);
  }
}

/** Whether a worker lives anywhere on this database. Throws when none does. */
export async function feelPulse(): Promise<void> {
  const rows = await openDb().$queryRaw<{ alive: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = 0 AND objid = ${PULSE}::oid AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS alive`;
  if (!rows[0]?.alive) throw new Error("No worker holds its sign.");
}
