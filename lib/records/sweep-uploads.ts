import "server-only";
import type { System } from "@/lib/kernel/actor";
import { isUuid } from "@/lib/kernel/ids";
import { asPerson } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { enqueue, unpackFromStart } from "@/lib/infra/jobs";
import { log } from "@/lib/infra/log";
import { removeFile, storedIds } from "@/lib/infra/record-store";
import { lockUpload } from "@/lib/infra/upload-lock";

const ROWS_AT_ONCE = 500;
const IDS_AT_ONCE = 200;
/** An upload's folder may be younger than its first commit. */
const YOUNG_MS = 60 * 60_000;

const PART_MS = 10 * 60_000;
const PARTS = "0123456789abcdef";

/** The part of the store that is looked through at this time: of sixteen, another one every ten minutes. */
export function partAt(now: Date): string {
  return PARTS.charAt(Math.floor(now.getTime() / PART_MS) % PARTS.length);
}

/**
 * Removes uploads nobody finished in time, and bytes whose row is gone or whose key was dropped: a list of a large store
 * is long, so of the bytes one part may be looked at.
 */
export async function sweepUploads(
  system: System,
  now: Date,
  part = "",
): Promise<{ uploads: number; files: number }> {
  const uploads = await dropExpired(system, now);
  const files = await dropOrphans(system, now, part);
  await askAgain(system, now);
  if (uploads + files > 0) log.info({ count: uploads + files }, "swept uploads");
  return { uploads, files };
}

/** Longer than the queue tries: a scanner or a store was away all that time. */
const GIVEN_UP_MS = 2 * 60 * 60_000;

/** What waits for its check or its unpacking since long is asked about anew, once in an hour: nothing stays between. */
async function askAgain(system: System, now: Date): Promise<void> {
  const before = new Date(now.getTime() - GIVEN_UP_MS);
  const where = {
    erasedAt: null,
    OR: [
      { state: "scanning" as const, completedAt: { lt: before } },
      { state: "unpacking" as const, readAt: { lt: before } },
    ],
  };
  await asPerson(system, async (tx) => {
    const select = { id: true, state: true };
    const rows = await tx.record.findMany({
      where,
      select,
      take: IDS_AT_ONCE,
      orderBy: { completedAt: "asc" },
    });
    for (const { id: recordId, state } of rows) {
      const once = { singletonKey: recordId, singletonSeconds: 3_600 };
      if (state === "scanning") await enqueue(tx, "record.check", { recordId }, once);
      else await enqueue(tx, "record.unpack", unpackFromStart(recordId), once);
    }
  });
}

async function dropExpired(system: System, now: Date): Promise<number> {
  const where = { state: "uploading" as const, expiresAt: { lte: now } };
  const expired = await asPerson(system, (tx) =>
    tx.record.findMany({ where, select: { id: true }, take: ROWS_AT_ONCE, orderBy: { expiresAt: "asc" } }),
  );
  let dropped = 0;
  for (const { id } of expired) if (await dropUpload(system, id, where)) dropped += 1;
  return dropped;
}

/** Where bytes arrive at this moment they are left to their writer: the next turn looks again. */
async function dropUpload(system: System, id: string, where: Prisma.RecordWhereInput): Promise<boolean> {
  const lock = await lockUpload(id);
  if (!lock) return false;
  try {
    const { count } = await asPerson(system, (tx) =>
      tx.record.deleteMany({ where: { AND: [{ id }, where] } }),
    );
    if (count === 1) await removeFile(id);
    return count === 1;
  } finally {
    await lock.release();
  }
}

async function dropOrphans(system: System, now: Date, part: string): Promise<number> {
  let dropped = 0;
  let batch: string[] = [];
  for await (const id of storedIds(part)) {
    if (isUuid(id) && bornAt(id) < now.getTime() - YOUNG_MS) batch.push(id);
    if (batch.length < IDS_AT_ONCE) continue;
    dropped += await dropUnknown(system, batch);
    batch = [];
  }
  return dropped + (await dropUnknown(system, batch));
}

async function dropUnknown(system: System, ids: string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const rows = await asPerson(system, (tx) =>
    tx.record.findMany({ where: { id: { in: ids }, wrappedKey: { not: null } }, select: { id: true } }),
  );
  const bills = await asPerson(system, (tx) =>
    tx.billFile.findMany({ where: { id: { in: ids } }, select: { id: true } }),
  );
  const known = new Set([...rows, ...bills].map(({ id }) => id));
  const orphans = ids.filter((id) => !known.has(id));
  for (const id of orphans) await removeFile(id);
  return orphans.length;
}

/** A UUIDv7 begins with its birth in milliseconds. */
function bornAt(id: string): number {
  return Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
}
