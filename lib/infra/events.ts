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

/** Tells whoever listens. A hint that is lost costs a page its next look, and nothing else. */
export async function tell(events: readonly LiveEvent[]): Promise<void> {
  const texts = events.map((event) => JSON.stringify(event));
  try {
    await openRows(Prisma.sql`SELECT pg_notify('app_events', told) FROM unnest(${texts}::text[]) AS told`);
  } catch (error) {
    log.error({ error, kind: "live_event" }, "nobody was told of a change");
  }
}
