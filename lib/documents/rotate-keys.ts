import "server-only";
import type { System } from "@/lib/kernel/actor";
import { asPerson, type Tx } from "@/lib/infra/db";
import { keysLeft } from "@/lib/infra/keys-left";
import { log } from "@/lib/infra/log";
import { currentKeyVersion, openFileKey, type WrappedKey, wrapFileKey } from "@/lib/infra/record-store-key";

/** Rows in one transaction: a row is locked no longer than it takes to wrap so many keys. */
const BATCH = 100;

export interface Rotation {
  rewrapped: number;
  /** Keys that are still wrapped by another master key than the current one. At none the old key may be dropped. */
  left: number;
}

interface Wish {
  /** Another run goes on after this moment. */
  until?: Date;
  onProgress?: (rewrapped: number) => void;
}

type Row = { id: string; wrappedKey: Uint8Array<ArrayBuffer> | null; keyVersion: number };
/** A row as it was read: nothing else is changed. */
type Wrapped = { id: string; wrappedKey: Uint8Array<ArrayBuffer>; keyVersion: number };
const TABLES = ["record", "document", "billFile"] as const;
type Table = (typeof TABLES)[number];

/**
 * Wraps every file's key anew, by the current master key, row after row. Each row changes in one step, and both master
 * keys are known meanwhile, so every file opens at every moment. It may be killed and begun again, and two may run at
 * once: a row is only changed from the wrapping that was read.
 */
export async function rotateKeys(system: System, { until, onProgress }: Wish = {}): Promise<Rotation> {
  let rewrapped = 0;
  for (const table of TABLES) {
    for (let after: string | null = null; !until || new Date() < until;) {
      const batch = await asPerson(system, (tx) => rewrapBatch(tx, table, after));
      if (batch.last === null) break;
      after = batch.last;
      rewrapped += batch.count;
      onProgress?.(rewrapped);
    }
  }
  const left = await keysLeft();
  if (rewrapped + left > 0)
    log.info({ count: rewrapped, kind: left === 0 ? "done" : "left" }, "rotated keys");
  return { rewrapped, left };
}

async function rewrapBatch(
  tx: Tx,
  table: Table,
  after: string | null,
): Promise<{ count: number; last: string | null }> {
  const rows = await rowsAfter(tx, table, after);
  let count = 0;
  for (const { id, wrappedKey, keyVersion } of rows) {
    const fresh = wrappedKey && freshWrapping(id, wrappedKey, keyVersion);
    if (!fresh || !wrappedKey) continue;
    const change = { where: { id, wrappedKey, keyVersion }, data: fresh };
    count += (await rewrap(tx, table, change)).count;
  }
  return { count, last: rows.at(-1)?.id ?? null };
}

function rewrap(tx: Tx, table: Table, change: { where: Wrapped; data: WrappedKey }) {
  if (table === "record") return tx.record.updateMany(change);
  return table === "document" ? tx.document.updateMany(change) : tx.billFile.updateMany(change);
}

/** Null, and a line in the log, where no master key opens the old one: the other files must not wait for it. */
function freshWrapping(id: string, wrappedKey: Uint8Array, keyVersion: number): WrappedKey | null {
  try {
    return wrapFileKey(id, openFileKey(id, { wrappedKey, keyVersion }));
  } catch (error) {
    log.error({ error, recordId: id, code: String(keyVersion) }, "a file's key does not open");
    return null;
  }
}

function rowsAfter(tx: Tx, table: Table, after: string | null): Promise<Row[]> {
  const where = {
    keyVersion: { not: currentKeyVersion() },
    ...(after === null ? {} : { id: { gt: after } }),
  };
  const asked = {
    select: { id: true, wrappedKey: true, keyVersion: true },
    orderBy: { id: "asc" as const },
    take: BATCH,
  };
  if (table === "record")
    return tx.record.findMany({ where: { ...where, wrappedKey: { not: null } }, ...asked });
  return table === "document"
    ? tx.document.findMany({ where, ...asked })
    : tx.billFile.findMany({ where, ...asked });
}
