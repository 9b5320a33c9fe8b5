import { addDays, type Day, dayOf } from "@/lib/kernel/day";
import type { BookingState } from "./booking";

/** A signed contract B may be withdrawn from within this many days, whatever the reason. */
const WITHDRAWAL_DAYS = 14;

/** Beside the refund matrix: what is not begun comes back whole, of the fee what was delivered is kept. */
export const WITHDRAWAL = "withdrawal";

/** The last day of the right, by the calendar of UTC; that day counts whole. */
export function withdrawableUntil(signedAt: Date): Day {
  return addDays(dayOf(signedAt), WITHDRAWAL_DAYS);
}

export interface WithdrawalFacts {
  state: BookingState;
  kind: "A" | "B";
  signedAt: Date | null;
  withdrawnAt: Date | null;
}

/**
 * Once the centre has countersigned contract A it stands without B, also while the centre confirms another day: the
 * signature stays where a confirmation is asked for anew.
 */
export function standsAlone(
  contracts: readonly { kind: "A" | "B"; countersignedAt: Date | null }[],
): boolean {
  return contracts.some(({ kind, countersignedAt }) => kind === "A" && countersignedAt !== null);
}

const LIVE: readonly BookingState[] = ["held", "awaiting_deposit", "awaiting_centre", "confirmed"];

/** Why this contract cannot be withdrawn from now, or null. */
export function whyNotWithdraw(
  { state, kind, signedAt, withdrawnAt }: WithdrawalFacts,
  now: Date,
): "illegal_transition" | "withdrawal_over" | null {
  if (kind !== "B" || !signedAt || withdrawnAt || !LIVE.includes(state)) return "illegal_transition";
  return dayOf(now) <= withdrawableUntil(signedAt) ? null : "withdrawal_over";
}
