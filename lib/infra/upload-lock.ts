import "server-only";
import pg from "pg";
import { env } from "./env";
import { log } from "./log";

/** Proof that nobody else, in this process or another, writes the same file right now. */
export interface UploadLock {
  /** Ends when the writer stands still and another wants to go on, or when the database lost the lock. */
  readonly signal: AbortSignal;
  /** Tells that bytes arrive. */
  touch(): void;
  release(): Promise<void>;
}

interface Holder {
  controller: AbortController;
  lastByteAt: number;
  gone: Promise<void>;
}

interface Locks {
  holders: Map<string, Holder>;
  client: Promise<pg.Client> | null;
}

/** A writer that has been silent this long gives way: its line is most likely dead. */
const STALLED_MS = 3_000;
const GIVE_WAY_MS = 2_000;
const LEAVING_MS = 1_000;

const shared = globalThis as typeof globalThis & { valviaUploadLocks?: Locks };

function locks(): Locks {
  shared.valviaUploadLocks ??= { holders: new Map(), client: null };
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
  const client = new pg.Client({
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
  const { holders } = locks();
  const other = holders.get(recordId);
  if (other && !(await gaveWay(other))) return null;
  if (holders.has(recordId)) return null;
  const leave = Promise.withResolvers<void>();
  const holder: Holder = { controller: new AbortController(), lastByteAt: Date.now(), gone: leave.promise };
  holders.set(recordId, holder);
  const forget = () => {
    holders.delete(recordId);
    leave.resolve();
  };
  try {
    if (!(await ask("pg_try_advisory_lock", recordId))) {
      forget();
      return null;
    }
  } catch (error) {
    forget();
    throw error;
  }
  return {
    signal: holder.controller.signal,
    touch: () => void (holder.lastByteAt = Date.now()),
    release: async () => {
      try {
        await ask("pg_advisory_unlock", recordId);
      } finally {
        forget();
      }
    },
  };
}

/** Waits a moment for a writer of this process whose line may just have broken: what it still keeps counts. */
export async function untilWritten(recordId: string): Promise<void> {
  const other = locks().holders.get(recordId);
  if (!other) return;
  await Promise.race([other.gone, new Promise((resolve) => setTimeout(resolve, LEAVING_MS))]);
}

async function gaveWay(other: Holder): Promise<boolean> {
  if (Date.now() - other.lastByteAt < STALLED_MS) return false;
  other.controller.abort("stalled");
  const late = Symbol("late");
  const first = await Promise.race([
    other.gone,
    new Promise<symbol>((resolve) => setTimeout(() => resolve(late), GIVE_WAY_MS)),
  ]);
  return first !== late;
}

async function ask(call: "pg_try_advisory_lock" | "pg_advisory_unlock", recordId: string): Promise<boolean> {
  const client = await lockClient();
  const answer = await client.query<{ ok: boolean }>(`SELECT ${call}(hashtextextended($1, 1)) AS ok`, [
    recordId,
  ]);
  return answer.rows[0]?.ok === true;
}

/** For scripts, jobs and tests. */
export async function closeUploadLocks(): Promise<void> {
  const client = await locks().client;
  await client?.end();
  delete shared.valviaUploadLocks;
}
