import "server-only";
import { openDb } from "./db";
import { enqueue } from "./jobs";
import { log } from "./log";
import type { DamagedFile } from "./record-store-driver";

/** Told already by this process: a viewer asks for the same broken clip a hundred times. */
const told = new Map<string, number>();
const AGAIN_MS = 60_000;
const TOLD_MAX = 1_000;

/**
 * Says in the log which record's file is damaged and has the worker note it, so that somebody asks for the file again.
 * Called where the damage is met, maybe inside somebody's transaction: it has one of its own.
 */
export async function reportDamage({ recordId, damage }: DamagedFile): Promise<void> {
  const now = Date.now();
  if (now - (told.get(recordId) ?? 0) < AGAIN_MS) return;
  if (told.size >= TOLD_MAX) told.clear();
  told.set(recordId, now);
  log.error({ recordId, code: damage }, "a stored file is damaged");
  try {
    await openDb().$transaction((tx) =>
      enqueue(tx, "record.damaged", { recordId, damage, metAt: new Date(now).toISOString() }),
    );
  } catch (error) {
    // The reader hears of the damage itself either way, and the next one who meets it tells again.
    told.delete(recordId);
    log.error({ error, recordId }, "a damaged file could not be noted");
  }
}
