import "server-only";
import { afterCommit, openRows, type Tx } from "./db";
import { Prisma } from "./generated/client";
import { log } from "./log";

/** A hint that something changed: ids only; who listens reads again through the ordinary, authorised ways. */
export type LiveEvent =
  | { kind: "case"; caseId: string }
  | { kind: "message"; caseId: string; audience: string; clinicId?: string | null }
  | { kind: "record"; caseId: string; recordId: string }
  | { kind: "booking"; caseId: string; bookingId: string };

const waiting = new WeakMap<Tx, LiveEvent[]>();

/**
 * Told once the transaction has been committed, and never if it is not. Inside of it, telling would hold one lock of the whole
 * database until the log is on disk: everybody's commits would go one by one.
 */
export async function notify(tx: Tx, event: LiveEvent): Promise<void> {
  const earlier = waiting.get(tx);
  if (earlier) {
    earlier.push(event);
    return;
  }
  const events = [event];
  waiting.set(tx, events);
  afterCommit(tx, () => tell(events));
}

/** What is told next, and when: all that comes while one telling is under way goes together in the one behind it. */
const next = { texts: [] as string[], told: null as Promise<void> | null };
let underWay: Promise<void> = Promise.resolve();

/** Tells whoever listens, and is done when they are told. A hint that is lost costs a page its next look, and nothing else. */
export async function tell(events: readonly LiveEvent[]): Promise<void> {
  next.texts.push(...events.map((event) => JSON.stringify(event)));
  next.told ??= underWay.then(tellTogether, tellTogether);
  return next.told;
}

function tellTogether(): Promise<void> {
  const { texts } = next;
  next.texts = [];
  next.told = null;
  underWay = tellAll(texts);
  return underWay;
}

async function tellAll(texts: readonly string[]): Promise<void> {
  try {
    await openRows(Prisma.sql`SELECT pg_notify('app_events', told) FROM unnest(${texts}::text[]) AS told`);
  } catch (error) {
    log.error({ error, kind: "live_event" }, "nobody was told of a change");
  }
}
