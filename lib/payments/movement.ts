import { addMinutes } from "@/lib/kernel/day";
import type { Posting } from "./ledger";

/** What of ours stands behind a movement at the provider. */
export interface KnownSource {
  paymentId: string;
  refundId: string | null;
  caseId: string;
  bookingId: string | null;
  currency: string;
  /** What should have moved: positive when it came in. */
  expectedMinor: bigint;
  /** Whether our books know of it yet. */
  isBooked: boolean;
}

export interface Movement {
  id: string;
  type: string;
  sourceId: string | null;
  currency: string;
  amountMinor: bigint;
  feeMinor: bigint;
  movedAt: Date;
}

export type MovementVerdict =
  | { state: "explained" | "waiting" }
  | { state: "unexplained"; reason: "unknown_source" | "amount_differs" | "currency_differs" | "not_booked" };

/** News travels by events, jobs and our own asking: what is not booked after so long never comes by itself. */
export const PATIENCE_MINUTES = 60;

/** No movement of the provider: what its balance holds beyond the sum of them all. */
export const BALANCE_GAP = "balance_gap";

/** Our own account elsewhere: the money stays ours, and the ledger counts it as one. */
const OWN: readonly string[] = ["payout", "payout_cancel", "payout_failure"];

/** What a movement is in our books. Nothing but the very sum counts as explained. */
export function judgeMovement(movement: Movement, known: KnownSource | null, now: Date): MovementVerdict {
  if (OWN.includes(movement.type)) return { state: "explained" };
  const isYoung = now < addMinutes(movement.movedAt, PATIENCE_MINUTES);
  if (!known) return isYoung ? { state: "waiting" } : { state: "unexplained", reason: "unknown_source" };
  if (known.currency !== movement.currency) return { state: "unexplained", reason: "currency_differs" };
  if (known.expectedMinor !== movement.amountMinor) return { state: "unexplained", reason: "amount_differs" };
  if (known.isBooked) return { state: "explained" };
  return isYoung ? { state: "waiting" } : { state: "unexplained", reason: "not_booked" };
}

/** What the provider keeps for itself of a movement: ours to bear, never the payer's. Debits are positive. */
export function providerFeePostings(feeMinor: bigint): Posting[] {
  return [
    { account: "psp_fees", contract: null, amountMinor: feeMinor },
    { account: "psp_clearing", contract: null, amountMinor: -feeMinor },
  ];
}
