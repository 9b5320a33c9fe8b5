import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { type Actor, clinicIdOf, personIdOf } from "@/lib/kernel/actor";
import { TurnClient } from "./db-client";
import { env } from "./env";
import { type Prisma, PrismaClient } from "./generated/client";
import { isRetryable } from "./db-errors";

export type Tx = Prisma.TransactionClient;

const inside = new AsyncLocalStorage<true>();
const shared = globalThis as typeof globalThis & {
  valviaPrisma?: PrismaClient;
  valviaPool?: pg.Pool;
  /** Names of prepared statements by their text. */
  valviaStatements?: Map<string, string>;
};

/** How long a request waits for its turn at the database. A storm for one place is a queue, not a fault. */
const TURN_MS = 30_000;

function pool(): pg.Pool {
  shared.valviaPool ??= new pg.Pool({
    connectionString: env().DATABASE_URL,
    Client: TurnClient,
    // One address serves owner and application: the application never keeps the owner's rights. A prepared statement is
    // planned for its values each time: a rare word needs another plan than a common one.
    options: "-c role=valvia_app -c plan_cache_mode=force_custom_plan",
    max: env().DATABASE_POOL,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: TURN_MS,
  });
  return shared.valviaPool;
}

function client(): PrismaClient {
  shared.valviaPrisma ??= new PrismaClient({
    adapter: new PrismaPg(pool(), { disposeExternalPool: true }),
    transactionOptions: { maxWait: TURN_MS, timeout: 20_000 },
  });
  return shared.valviaPrisma;
}

/**
 * Runs a transaction in which the database sees only what this actor may see (row-level security).
 * Deadlocks and serialization failures are tried again, three times, with jitter; so `work` may run more than once.
 */
export async function asPerson<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (inside.getStore())
    throw new Error("A transaction is open already: pass its tx on instead of opening another.");
  const { answer, afterwards } = await again(async () => {
    const afterwards: Afterwards = [];
    const answer = await inside.run(true, () =>
      client().$transaction((tx) => {
        hanging.set(tx, afterwards);
        return signedWork(tx, actor, work);
      }),
    );
    return { answer, afterwards };
  });
  for (const step of afterwards) await step();
  return answer;
}

type Afterwards = (() => Promise<void>)[];

/** What waits for the end of a transaction. */
const hanging = new WeakMap<Tx, Afterwards>();

/** Does this once the transaction has been committed, and never if it is not. Must not fail: the change stands. */
export function afterCommit(tx: Tx, step: () => Promise<void>): void {
  const afterwards = hanging.get(tx);
  if (!afterwards) throw new Error("Only a transaction of `asPerson` tells when it has been committed.");
  afterwards.push(step);
}

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt > 3 || !isRetryable(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, attempt * 20 + Math.random() * 60));
    }
  }
}

/**
 * Goes on as somebody else in the same transaction, for its last steps: what the first one may not see, and what must not be
 * lost between two transactions.
 */
export function goOnAs<T>(tx: Tx, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  return signedWork(tx, actor, work);
}

async function signedWork<T>(tx: Tx, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  const [role, person, clinic, draft, link] = signatureOf(actor);
  await tx.$executeRaw`SELECT set_config('app.role', ${role}, true),
    set_config('app.person', ${person}, true),
    set_config('app.clinic', ${clinic}, true),
    set_config('app.draft', ${draft}, true),
    set_config('app.link', ${link}, true)`;
  return work(tx);
}

/** Who acts, as the database's policies ask for it. */
function signatureOf(actor: Actor): [string, string, string, string, string] {
  const draft = actor.role === "draft_holder" ? actor.draftTokenHash : "";
  const link = actor.role === "link_holder" ? actor.linkTokenHash : "";
  return [actor.role, personIdOf(actor) ?? "", clinicIdOf(actor) ?? "", draft, link];
}

/** What the database does whole, in one call: its functions take who acts and the facts, and sign for the actor first. */
export type DbCall =
  | "begin_upload"
  | "open_upload"
  | "move_upload"
  | "complete_upload"
  | "keep_upload"
  | "ask_to_hold"
  | "ask_offered"
  | "hold_booking";

/** The values of such a call, in the order of its parameters. */
export function callValues(actor: Actor, facts: object): [string[], string] {
  return [signatureOf(actor), JSON.stringify(facts)];
}

/**
 * As `asPerson`, for a change that is one function of the database: one step over the line instead of a transaction with
 * many. Answers what the function answers.
 */
export async function callAs<T>(actor: Actor, call: DbCall, facts: object): Promise<T> {
  if (inside.getStore()) throw new Error("A transaction is open already: this call would stand outside it.");
  const query = { name: call, text: `SELECT ${call}($1, $2) AS answer`, values: callValues(actor, facts) };
  return again(async () => {
    const { rows } = await pool().query<{ answer: T }>(query);
    const [row] = rows;
    if (!row) throw new Error(`${call} answered nothing.`);
    return row.answer;
  });
}

/** Reads of what anyone may see, and of tables without row-level security. Case-scoped tables answer nothing here. */
export function openDb(): PrismaClient {
  return client();
}

// Each connection keeps what it prepared: strangers who combine filters must not fill its memory.
const STATEMENTS_MAX = 64;

/** As `openDb`, for the few reads that are asked most: rows as the database writes them, the statement prepared once. */
export async function openRows<T extends pg.QueryResultRow>({ text, values }: Prisma.Sql): Promise<T[]> {
  shared.valviaStatements ??= new Map();
  const names = shared.valviaStatements;
  const name = names.get(text) ?? (names.size < STATEMENTS_MAX ? `open_${names.size}` : undefined);
  if (name !== undefined) names.set(text, name);
  const { rows } = await pool().query<T>({ text, values, ...(name === undefined ? {} : { name }) });
  return rows;
}

/** Ends the pool; for scripts, jobs and tests. */
export async function closeDb(): Promise<void> {
  await shared.valviaPrisma?.$disconnect();
  delete shared.valviaPrisma;
  delete shared.valviaPool;
}
