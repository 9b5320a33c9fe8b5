import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import type { BookingState } from "@/lib/bookings/booking";
import { planEffect } from "@/lib/bookings/plan-effect";
import type { CaseStage } from "@/lib/cases/case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { maySettle } from "./bill";
import { doesStand } from "./bill-mirror";
import type { BillsRead } from "./read-bills";
import { readPlan } from "./read-change-orders";
import { readExcess, readSurplus } from "./read-surplus";
import type { TripStage } from "./read-trip-stage";

/** Why the account of a booking cannot be closed now. */
export type Hindrance =
  | { reason: "illegal_transition"; from: BookingState; stage: CaseStage }
  | { reason: "no_bill" | "bill_waiting" | "change_waiting" | "account_settled" | "change_being_paid" }
  | { reason: "already_released"; overMinor: bigint };

export function hindrancesFor(finance: Finance, read: BillsRead, trip: TripStage): Promise<Hindrance[]> {
  return asPerson(finance, (tx) => readHindrances(tx, read, trip));
}

/** Every reason at once, in the order in which they are to be cleared away; none, and the account can be closed. */
export async function readHindrances(tx: Tx, read: BillsRead, trip: TripStage): Promise<Hindrance[]> {
  const { booking, bills, mirror } = read;
  const found: Hindrance[] = [];
  if (!maySettle(booking, trip.stage))
    found.push({ reason: "illegal_transition", from: booking.state, stage: trip.stage });
  const isBilled = mirror.billed.length > 0;
  if (!isBilled) found.push({ reason: "no_bill" });
  if (bills.some((bill) => bill.state === "entered")) found.push({ reason: "bill_waiting" });
  // What the patient may still agree to is not settled over their head.
  if (await isChangeOpen(tx, booking.id)) found.push({ reason: "change_waiting" });
  if (!isBilled) return found;
  // What was refused is still the patient's: the same bills settle again and ask for it anew.
  if (doesStand(read.account, mirror) && (await readSurplus(tx, booking.id)) !== "not_asked")
    return [...found, { reason: "account_settled" }];
  const overMinor = (await readReleased(tx, booking.id)) - mirror.sums.owedMinor;
  if (overMinor > 0n) found.push({ reason: "already_released", overMinor });
  if (await isBeingPaid(tx, read)) found.push({ reason: "change_being_paid" });
  return found;
}

async function isChangeOpen(tx: Tx, bookingId: string): Promise<boolean> {
  const isOpen = [{ state: "proposed" as const }, { state: "emergency_applied" as const, provenAt: null }];
  return (await tx.changeOrder.count({ where: { bookingId, contract: "A", OR: isOpen } })) > 0;
}

/** What was passed on to the hospital, or is about to be, is held no longer. */
async function readReleased(tx: Tx, bookingId: string): Promise<bigint> {
  const { _sum } = await tx.release.aggregate({
    where: { bookingId, contract: "A", state: { in: ["proposed", "approved", "paid"] } },
    _sum: { amountMinor: true },
  });
  return _sum.amountMinor ?? 0n;
}

/** Whether somebody is paying an instalment at this moment that closing would lower. */
async function isBeingPaid(tx: Tx, { booking, mirror }: BillsRead): Promise<boolean> {
  if (booking.contractAMode === "direct") return false;
  const { excessMinor } = await readExcess(tx, booking.id, mirror.sums.owedMinor);
  return !planEffect({ contract: "A", deltaMinor: -excessMinor, items: await readPlan(tx, booking.id) }).ok;
}
