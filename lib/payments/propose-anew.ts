import "server-only";
import type { Coordinator, System } from "@/lib/kernel/actor";
import { dayOf } from "@/lib/kernel/day";
import { endCausesOf, endedUnpaid, endOfServices } from "@/lib/bookings/cause-of-end";
import { type BookingFacts, readBooking } from "@/lib/bookings/queries";
import { contractsQuoted, readRefundQuote } from "@/lib/bookings/read-refund-quote";
import type { EndCause, RefundQuote } from "@/lib/bookings/refund-policy";
import type { Tx } from "@/lib/infra/db";
import { endProposals } from "./end-proposals";
import { proposeRefunds } from "./propose-refunds";
import { readAsked } from "./read-asked";
import { SET_ASIDE_STATES } from "./refund";

/**
 * Proposes for what ended of a booking what comes back now that something the sum is counted from has changed: a proof, or
 * what is here of the money. Where it is less than was asked, what nobody has approved yet gives way to the right sum:
 * finance would pay the old one.
 */
export async function proposeAnew(
  tx: Tx,
  actor: Coordinator | System,
  bookingId: string,
  now: Date,
  isMeant: (cause: EndCause) => boolean = () => true,
): Promise<void> {
  const booking = await readBooking(tx, actor, bookingId);
  if (!booking || endedUnpaid(booking)) return;
  const causes = endCausesOf(booking).filter(isMeant);
  for (const cause of causes)
    if (await isTooMuch(tx, booking, cause)) await endProposals(tx, actor, bookingId, cause, now);
  for (const cause of causes) await proposeRefunds(tx, actor, booking, cause, now);
}

/** Whether more is asked back for a cause than comes back by it as things stand. */
export async function isTooMuch(tx: Tx, booking: BookingFacts, cause: EndCause): Promise<boolean> {
  const quote = await readQuote(tx, booking, cause);
  const asked = await readAsked(tx, booking.id, { ends: contractsQuoted(booking, cause) });
  return asked.A + asked.B > quote.total.refundMinor;
}

async function readQuote(tx: Tx, booking: BookingFacts, cause: EndCause): Promise<RefundQuote> {
  const on = dayOf(booking.cancelledAt ?? endOfServices(booking) ?? booking.createdAt);
  return (await readRefundQuote(tx, booking, cause, on)).quote;
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
  const booking = await readBooking(tx, coordinator, bookingId);
  const lineId = booking?.services.find((one) => one.id === id)?.lineId;
  if (!booking || !lineId) return false;
  for (const cause of endCausesOf(booking)) if (await isBackByProof(tx, booking, cause, lineId)) return true;
  return false;
}

/** Rules that keep the whole line until its supplier has proven less. */
const SUPPLIERS_RULES = ["supplier_rule", "own_supplier_rule"];

async function isBackByProof(
  tx: Tx,
  booking: BookingFacts,
  cause: EndCause,
  lineId: string,
): Promise<boolean> {
  const quote = await readQuote(tx, booking, cause);
  const part = quote.parts.find((one) => one.lineId === lineId && SUPPLIERS_RULES.includes(one.rule));
  if (!part) return false;
  // Without the proof the whole line is kept.
  const { A, B } = quote.contracts;
  const keptMinor = B.keptMinor + part.refundableMinor;
  const restMinor = A.refundMinor + (B.paidMinor > keptMinor ? B.paidMinor - keptMinor : 0n);
  const ends = contractsQuoted(booking, cause);
  const back = await readAsked(tx, booking.id, { ends, states: SET_ASIDE_STATES });
  return back.A + back.B > restMinor;
}
