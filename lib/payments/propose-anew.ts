import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { type Day, dayOf } from "@/lib/kernel/day";
import { writeAudit } from "@/lib/audit/write-audit";
import { type BookingFacts, readBooking } from "@/lib/bookings/queries";
import { contractsQuoted, readRefundQuote } from "@/lib/bookings/read-refund-quote";
import { CANCEL_CAUSES, type CancelCause } from "@/lib/bookings/refund-policy";
import type { Tx } from "@/lib/infra/db";
import { proposeRest, readAskedBack } from "./propose-refunds";
import { COUNTED_ANEW, SET_ASIDE_STATES } from "./refund";

/**
 * Proposes for a booking that ended what comes back now that a proof was written down or taken back. Where it is less than
 * was asked, what nobody has approved yet gives way to the right sum: finance would pay the old one.
 */
export async function proposeAnew(
  tx: Tx,
  coordinator: Coordinator,
  bookingId: string,
  now: Date,
): Promise<void> {
  const ended = await readEnded(tx, coordinator, bookingId);
  if (ended && (await isTooMuch(tx, ended))) await dropProposals(tx, coordinator, ended, now);
  await proposeRest(tx, coordinator, bookingId, now);
}

interface Ended {
  booking: BookingFacts;
  cause: CancelCause;
  on: Day;
}

async function isTooMuch(tx: Tx, { booking, cause, on }: Ended): Promise<boolean> {
  const { quote } = await readRefundQuote(tx, booking, cause, on);
  return (await readAskedBack(tx, booking.id, contractsQuoted(booking, cause))) > quote.total.refundMinor;
}

/**
 * Whether more was set aside to go back, by the supplier's own rule and this proof, than would come back without it: nobody
 * could ask for it again. What is only proposed can still give way.
 */
export async function isPaidBackBy(
  tx: Tx,
  coordinator: Coordinator,
  { id, bookingId }: { id: string; bookingId: string },
): Promise<boolean> {
  const ended = await readEnded(tx, coordinator, bookingId);
  if (!ended) return false;
  const { booking, cause, on } = ended;
  const { quote } = await readRefundQuote(tx, booking, cause, on);
  const lineId = booking.services.find((one) => one.id === id)?.lineId;
  const part = quote.parts.find((one) => one.lineId === lineId && one.rule === "supplier_rule");
  if (!part) return false;
  // Without the proof the whole line is kept.
  const { A, B } = quote.contracts;
  const keptMinor = B.keptMinor + part.refundableMinor;
  const restMinor = A.refundMinor + (B.paidMinor > keptMinor ? B.paidMinor - keptMinor : 0n);
  return (await readAskedBack(tx, bookingId, contractsQuoted(booking, cause), SET_ASIDE_STATES)) > restMinor;
}

async function readEnded(tx: Tx, coordinator: Coordinator, bookingId: string): Promise<Ended | null> {
  const booking = await readBooking(tx, coordinator, bookingId);
  const cause = CANCEL_CAUSES.find((one) => one === booking?.cancelCause);
  if (booking?.state !== "cancelled" || !booking.cancelledAt || !cause) return null;
  return { booking, cause, on: dayOf(booking.cancelledAt) };
}

/** Of this cause alone: what somebody asked for beside the rules stays asked for. */
async function dropProposals(
  tx: Tx,
  coordinator: Coordinator,
  { booking, cause }: Ended,
  now: Date,
): Promise<void> {
  const { id: bookingId, caseId } = booking;
  const open = await tx.refund.findMany({
    where: { bookingId, cause, state: "calculated", payment: { isSurplus: false } },
    select: { id: true },
  });
  const personId = coordinator.personId;
  for (const { id } of open) {
    const { count } = await tx.refund.updateMany({
      where: { id, state: "calculated" },
      data: { state: "refused", refusedReason: COUNTED_ANEW, refusedById: personId, refusedAt: now },
    });
    if (count === 0) throw new Error("A refund moved while its booking was locked.");
    await tx.task.updateMany({
      where: { caseId, title: id, kind: "approve_refund", state: "open" },
      data: { state: "done", doneAt: now, doneById: personId },
    });
    const audit = { caseId, objectType: "refund", objectId: id, facts: { cause } };
    await writeAudit(tx, coordinator, "refund.refused", audit);
  }
}
