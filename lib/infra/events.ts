import "server-only";
import type { Tx } from "./db";

/** A hint that something changed: ids only; who listens reads again through the ordinary, authorised ways. */
export type LiveEvent =
  | { kind: "case"; caseId: string }
  | { kind: "message"; caseId: string; audience: string; clinicId?: string | null }
  | { kind: "record"; caseId: string; recordId: string }
  | { kind: "booking"; caseId: string; bookingId: string };

/** Told when the transaction commits, and never if it does not. */
export async function notify(tx: Tx, event: LiveEvent): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify('app_events', ${JSON.stringify(event)})`;
}
