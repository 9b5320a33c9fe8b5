import "server-only";
import { least, most } from "@/lib/kernel/money";
import type { Actor } from "@/lib/kernel/actor";
import { dayOf } from "@/lib/kernel/day";
import { readBooking } from "@/lib/bookings/queries";
import { readRefundQuote, readTaken } from "@/lib/bookings/read-refund-quote";
import { standsAlone, WITHDRAWAL } from "@/lib/bookings/withdrawal";
import type { Tx } from "@/lib/infra/db";
import { readAsked } from "./read-asked";
import { readItemLoss, readLostOf } from "./read-loss";
import { SET_ASIDE_STATES } from "./refund";

export interface OwedAgain {
  /** What payers' banks took of an instalment and nobody has paid again. */
  lostMinor: bigint;
  /** What of that the payer is asked for again. */
  owedMinor: bigint;
  /** What of it is of contract A. */
  owedOfAMinor: bigint;
}

/**
 * For each instalment of a booking what banks took, and what of it is asked for again: only what is booked as lost. What paid
 * instead something the payer was owed is asked of nobody, and of a withdrawn contract B only what it had earned and nothing
 * here covers.
 */
export async function readOwedAgain(
  tx: Tx,
  actor: Actor,
  bookingId: string,
): Promise<Map<string, OwedAgain>> {
  const items = await tx.planItem.findMany({
    where: { bookingId },
    orderBy: { position: "asc" },
    select: { id: true, paidMinor: true, paidAMinor: true },
  });
  const taken = [...(await readLostOf(tx, items))].filter(([, { lostMinor }]) => lostMinor > 0n);
  const owed = new Map<string, OwedAgain>();
  if (taken.length === 0) return owed;
  let earnedMinor = await readUncoveredB(tx, actor, bookingId);
  for (const [id, { lostMinor, ofAMinor, ofBMinor }] of taken) {
    const lossMinor = await readItemLoss(tx, bookingId, id);
    const dueOfB = earnedMinor === null ? ofBMinor : least(earnedMinor, ofBMinor);
    const owedMinor = most(least(lossMinor, ofAMinor + dueOfB), 0n);
    owed.set(id, { lostMinor, owedMinor, owedOfAMinor: least(owedMinor, ofAMinor) });
    if (earnedMinor !== null) earnedMinor -= dueOfB;
  }
  return owed;
}

/** What a withdrawn contract B had earned beyond what is here of it; null while it stands. */
async function readUncoveredB(tx: Tx, actor: Actor, bookingId: string): Promise<bigint | null> {
  const booking = await readBooking(tx, actor, bookingId);
  if (!booking || !standsAlone(booking.contracts)) return null;
  const withdrawnAt = booking.contracts.find((one) => one.withdrawnAt)?.withdrawnAt;
  if (!withdrawnAt) return null;
  const { quote } = await readRefundQuote(tx, booking, WITHDRAWAL, dayOf(withdrawnAt));
  const back = await readAsked(tx, bookingId, { ends: ["B"], states: SET_ASIDE_STATES });
  const { B } = await readTaken(tx, bookingId);
  const paidMinor = booking.planItems.reduce((sum, item) => sum + item.paidMinor - item.paidAMinor, 0n);
  // What the payer's bank only asks for is here until it has it.
  const hereMinor = most(paidMinor - B.lostMinor - back.B, 0n);
  return most(quote.contracts.B.keptMinor - hereMinor, 0n);
}
