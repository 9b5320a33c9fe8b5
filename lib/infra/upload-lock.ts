import "server-only";
import type pg from "pg";
import type { Actor } from "@/lib/kernel/actor";
import { callValues } from "./db";
import { TurnClient } from "./db-client";
import { env } from "./env";
import { log } from "./log";

/** Proof that nobody else, in this process or another, writes the same file right now. */
export interface UploadLock {
  /** Ends when the writer stands still and another wants to go on, or when the database lost the lock. */
  readonly signal: AbortSignal;
  /** Tells that bytes arrive. */
  touch(): void;
  release(): Promise<void>;
  /** For an upload that is whole: nobody wants to write it any more, so the database hears of it with others. */
  leave(): void;
}

/** The lock, and the upload as it stands since nobody else can move it: what `open_to_write` answers. */
export interface OpenLock<T> extends UploadLock {
  readonly upload: T | null;
}

interface Holder {
  controller: AbortController;
  lastByteAt: number;
  /** Its work is done and the database is being told. */
  isLeaving: boolean;
  gone: Promise<void>;
}

interface Locks {
  holders: Map<string, Holder>;
  client: Promise<pg.Client> | null;
  /** Uploads that are whole, whose locks the database still holds for a moment. */
  left: string[];
}

/** A writer that has been silent this long gives way: its line is most likely dead. */
const STALLED_MS = 3_000;
const GIVE_WAY_MS = 2_000;
const LEAVING_MS = 1_000;
const TOGETHER_MS = 10;

const shared = globalThis as typeof globalThis & { valviaUploadLocks?: Locks };

function locks(): Locks {
  shared.valviaUploadLocks ??= { holders: new Map(), client: null, left: [] };
  return shared.valviaUploadLocks;
}

/**
 * One connection holds the advisory locks of all uploads of this process; it dies with the process, and the locks
 * with it. Session locks are counted per connection, so the map keeps two requests of one process apart.
 */
async function lockClient(): Promise<pg.Client> {
  const state = locks();
  return state.client ?? connect(state);
}

function connect(state: Locks): Promise<pg.Client> {
  const client = new TurnClient({
    connectionString: env().DATABASE_URL,
    options: "-c role=valvia_app",
    keepAlive: true,
  });
  const ready = client.connect().then(() => client);
  const lose = (error?: Error) => {
    if (error) log.error({ error }, "upload lock connection");
    // A line tells its end once more when another has taken its place already.
    if (state.client !== ready) return;
    state.client = null;
    state.left = [];
    for (const holder of state.holders.values()) holder.controller.abort("lock_lost");
  };
  client.on("error", lose);
  client.on("end", () => lose());
  ready.catch(() => lose());
  state.client = ready;
  return ready;
}

/** The lock of one upload, or null while another writer is at work on it. */
export async function lockUpload(recordId: string): Promise<UploadLock | null> {
  return take(recordId, async (client) => {
    const { rows } = await client.query<{ ok: boolean }>(LOCK, [recordId]);
    return rows[0]?.ok ? {} : null;
  });
}

/**
 * The same, and in the same step the upload is read, and drawn for this writer: nobody moves it between the two, and whoever
 * held the lock before and lost it without hearing of it moves it no more.
 */
export async function lockAndOpen<T>(
  actor: Actor,
  place: { id: string; caseId: string; writer: string },
): Promise<OpenLock<T> | null> {
  return take(place.id, async (client) => {
    const values = [place.id, ...callValues(actor, place)];
    const { rows } = await client.query<{ ok: boolean; upload: T | null }>({
      name: "lock_and_open",
      text: LOCK_AND_OPEN,
      values,
    });
    const [row] = rows;
    return row?.ok ? { upload: row.upload } : null;
  });
}

const LOCK = "SELECT pg_try_advisory_lock(hashtextextended($1, 1)) AS ok";
/** The function looks anew when it is called, so it sees what whoever held the lock before has written. */
const LOCK_AND_OPEN = `WITH turn AS MATERIALIZED (${LOCK})
  SELECT ok, CASE WHEN ok THEN open_to_write($2, $3) END AS upload FROM turn`;
const UNLOCK = "SELECT pg_advisory_unlock(hashtextextended($1, 1))";
const UNLOCK_ALL = "SELECT pg_advisory_unlock(hashtextextended(id, 1)) FROM unnest($1::text[]) AS id";

async function take<T extends object>(
  recordId: string,
  ask: (client: pg.Client) => Promise<T | null>,
): Promise<(UploadLock & T) | null> {
  const { holders } = locks();
  const other = holders.get(recordId);
  if (other && !(await gaveWay(other))) return null;
  if (holders.has(recordId)) return null;
  const leave = Promise.withResolvers<void>();
  const holder: Holder = {
    controller: new AbortController(),
    lastByteAt: Date.now(),
    isLeaving: false,
    gone: leave.promise,
  };
  holders.set(recordId, holder);
  const forget = () => {
    holders.delete(recordId);
    leave.resolve();
  };
  try {
    const found = await ask(await lockClient());
    if (found) return { ...found, ...lockOf(recordId, holder, forget) };
    forget();
    return null;
  } catch (error) {
    // The statement may have failed after it won the lock, which would outlive it on this connection.
    await lockClient()
      .then((client) => client.query(UNLOCK, [recordId]))
      .catch((lost: unknown) => log.error({ error: lost }, "upload lock after a fault"));
    forget();
    throw error;
  }
}

function lockOf(recordId: string, holder: Holder, forget: () => void): UploadLock {
  return {
    signal: holder.controller.signal,
    touch: () => void (holder.lastByteAt = Date.now()),
    release: async () => {
      holder.isLeaving = true;
      try {
        await (await lockClient()).query(UNLOCK, [recordId]);
      } finally {
        forget();
      }
    },
    leave: () => {
      holder.isLeaving = true;
      leaveWithOthers(recordId);
      forget();
    },
  };
}

function leaveWithOthers(recordId: string): void {
  const { left } = locks();
  left.push(recordId);
  if (left.length === 1) setTimeout(() => void unlockLeft(), TOGETHER_MS).unref();
}

async function unlockLeft(): Promise<void> {
  const state = locks();
  const ids = state.left.splice(0);
  if (ids.length === 0 || !state.client) return;
  try {
    await (await state.client).query({ name: "unlock_all", text: UNLOCK_ALL, values: [ids] });
  } catch (error) {
    // The connection that held them is gone, and the locks with it.
    log.error({ error }, "upload locks left");
  }
}

/** Waits a moment for a writer of this process whose line may just have broken: what it still keeps counts. */
export async function untilWritten(recordId: string): Promise<void> {
  const other = locks().holders.get(recordId);
  if (!other) return;
  await Promise.race([other.gone, new Promise((resolve) => setTimeout(resolve, LEAVING_MS))]);
}

async function gaveWay(other: Holder): Promise<boolean> {
  if (!other.isLeaving) {
    if (Date.now() - other.lastByteAt < STALLED_MS) return false;
    other.controller.abort("stalled");
  }
  const late = Symbol("late");
  const first = await Promise.race([
    other.gone,
    new Promise<symbol>((resolve) => setTimeout(() => resolve(late), GIVE_WAY_MS)),
  ]);
  return first !== late;
}

/** For scripts, jobs and tests. */
export async function closeUploadLocks(): Promise<void> {
  const client = await locks().client;
  await client?.end();
  delete shared.valviaUploadLocks;
}
