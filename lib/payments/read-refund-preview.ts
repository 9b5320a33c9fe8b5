import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import type { Day } from "@/lib/kernel/day";
import {
  contractsQuoted,
  type QuotedRefund,
  refundQuoteFor,
  type RefundBasis,
} from "@/lib/bookings/read-refund-quote";
import type { EndCause } from "@/lib/bookings/refund-policy";
import { asPerson } from "@/lib/infra/db";
import { type AskedMoney, readAsked } from "./read-asked";
import { SET_ASIDE_STATES } from "./refund";

export interface PreviewedRefund extends QuotedRefund {
  /** The contracts that would end; the other has ended by itself before. */
  ends: readonly ("A" | "B")[];
  /** What of them has gone back before, or is on its way: of what would come back in all, the rest is still to come. */
  returned: AskedMoney;
}

/** What would come back if the booking ended on a day for a cause, and how much of it has gone back already; null for a stranger. */
export async function refundPreviewFor(
  actor: Actor,
  id: string,
  cause: EndCause,
  on: Day | undefined,
  now: Date,
  basis: RefundBasis = "paid",
): Promise<PreviewedRefund | null> {
  const quoted = await refundQuoteFor(actor, id, cause, on, now, basis);
  if (!quoted) return null;
  const ends = contractsQuoted(quoted.booking, cause);
  const returned = await asPerson(actor, (tx) => readAsked(tx, id, { ends, states: SET_ASIDE_STATES }));
  return { ...quoted, ends, returned };
}
