import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import { type Day, dayOf } from "@/lib/kernel/day";
import { type BookingFacts, readBooking } from "@/lib/bookings/queries";
import {
  contractsQuoted,
  type QuotedRefund,
  readRefundQuote,
  type RefundBasis,
} from "@/lib/bookings/read-refund-quote";
import type { EndCause } from "@/lib/bookings/refund-policy";
import { asPerson, type Tx } from "@/lib/infra/db";
import { type AskedMoney, readAsked } from "./read-asked";
import { SET_ASIDE_STATES } from "./refund";

export interface PreviewedRefund extends QuotedRefund {
  /** The contracts that would end; the other has ended by itself before. */
  ends: readonly ("A" | "B")[];
  /** What of them has gone back before, or is on its way: of what would come back in all, the rest is still to come. */
  returned: AskedMoney;
}

/** What would come back if the booking ended on a day for a cause, and how much of it has gone back already; null for a stranger. */
export function refundPreviewFor(
  actor: Actor,
  id: string,
  cause: EndCause,
  on: Day | undefined,
  now: Date,
  basis: RefundBasis = "paid",
): Promise<PreviewedRefund | null> {
  return asPerson(actor, async (tx) => {
    const booking = await readBooking(tx, actor, id);
    return booking && readRefundPreview(tx, booking, cause, on ?? dayOf(now), basis);
  });
}

/** The same inside a transaction, for whoever ends it by what was shown. */
export async function readRefundPreview(
  tx: Tx,
  booking: BookingFacts,
  cause: EndCause,
  on: Day,
  basis: RefundBasis = "paid",
): Promise<PreviewedRefund> {
  const quoted = await readRefundQuote(tx, booking, cause, on, basis);
  const ends = contractsQuoted(booking, cause);
  const returned = await readAsked(tx, booking.id, { ends, states: SET_ASIDE_STATES });
  return { ...quoted, ends, returned };
}
