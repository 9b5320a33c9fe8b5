import { Temporal } from "temporal-polyfill";
import { addDays, type Day, dayOf, daysBetween } from "@/lib/kernel/day";
import { type Refused, refused } from "@/lib/kernel/outcome";
import { type BookingState, isHoldOver } from "@/lib/bookings/booking";
import { outlastsHold } from "@/lib/bookings/term-of-hold";
import { BALANCE_DAYS_BEFORE } from "@/lib/bookings/payment-plan";
import type { CaseStage } from "@/lib/cases/case";
import { FREE_FROM_DAYS } from "@/lib/clinics/cancellation";

/** Whose wish it is that a booking goes to another day. */
export const MOVE_CAUSES = ["patient_wish", "centre_moves"] as const;
export type MoveCause = (typeof MOVE_CAUSES)[number];

export type NotMoved =
  | "contract_signed"
  | "hold_expired"
  | "day_changed"
  | "illegal_transition"
  | "forbidden"
  | "move_too_late"
  | "invalid_slot"
  | "price_would_change"
  | "too_many";

export interface MoveFacts {
  booking: MovedBooking;
  stage: CaseStage;
  slot: { id: string; clinicId: string; treatment: string; on: Date };
  who: "patient" | "coordinator";
  cause: MoveCause;
  /** The day the mover had before their eyes; null where they did not say. */
  seenSlotId: string | null;
}

interface MovedBooking {
  state: BookingState;
  slotId: string;
  clinicId: string;
  clinic: { timeZone: string };
  treatmentOn: Date;
  treatment: string;
  holdExpiresAt: Date | null;
  moves: readonly unknown[];
  cancelCause: string | null;
  contracts: readonly { signedAt: Date | null }[];
}

/** A patient moves one hold so often. Each move keeps days and people from others and writes to those who wait. */
const HOLD_MOVES_MAX = 9;

const BEFORE_TRAVEL: readonly CaseStage[] = ["contracting", "preparing"];

/** Whether this booking may go to another day at all, whoever wishes it. */
export function isMovable(state: BookingState, stage: CaseStage): boolean {
  const isPaid = state === "awaiting_centre" || state === "confirmed";
  return (isPaid || state === "held") && BEFORE_TRAVEL.includes(stage);
}

/**
 * A hold somebody has signed for stays on the day that is signed: it is paid first and moved then, or let go. Its text
 * cannot be changed under a signature, and money may be on its way for it.
 */
export function isSignedUnpaid({
  state,
  contracts,
}: {
  state: BookingState;
  contracts: readonly { signedAt: unknown }[];
}): boolean {
  return state === "awaiting_deposit" || (state === "held" && contracts.some(({ signedAt }) => signedAt));
}

/**
 * Below 30 days a patient no longer moves the day alone, neither from such a day nor to one: a centre would keep a part
 * if they cancelled.
 */
export function isLateToMove(treatmentOn: Day, today: Day): boolean {
  return daysBetween(today, treatmentOn) < FREE_FROM_DAYS;
}

/**
 * Why a booking cannot go to this day. The day alone changes: another centre or treatment has another price, and that is
 * a change the patient agrees to, not a date. Below 30 days a centre keeps a part when a patient cancels, so from then on
 * the desk asks the centre first: for the day that is left as for the one that is wished. Of a hold nothing is kept by
 * anybody: it may go to every day after its own end, for its money is due until then, and only for as long as it lasts.
 */
export function whyNotMove(facts: MoveFacts, now: Date): Refused<NotMoved> | null {
  const { booking, stage, slot, who, cause, seenSlotId } = facts;
  if (seenSlotId !== null && seenSlotId !== booking.slotId) return refused("day_changed");
  if (isHoldOver(booking, now) || booking.cancelCause === "hold_expired") return refused("hold_expired");
  if (isSignedUnpaid(booking)) return refused("contract_signed");
  if (!isMovable(booking.state, stage))
    return refused("illegal_transition", { from: booking.state, event: "reschedule" });
  if (who === "patient" && cause !== "patient_wish") return refused("forbidden");
  const today = dayOf(now);
  if (slot.clinicId !== booking.clinicId || slot.id === booking.slotId || dayOf(slot.on) <= today)
    return refused("invalid_slot", { path: "slotId" });
  const ends = booking.state === "held" ? booking.holdExpiresAt : null;
  const day = { on: dayOf(slot.on), zone: booking.clinic.timeZone };
  if (ends && !outlastsHold(day, ends)) return refused("invalid_slot", { path: "slotId" });
  if (slot.treatment !== booking.treatment) return refused("price_would_change");
  const isLate = [booking.treatmentOn, slot.on].some((on) => isLateToMove(dayOf(on), today));
  if (who === "patient" && booking.state !== "held" && isLate) return refused("move_too_late");
  if (who === "patient" && ends && booking.moves.length >= HOLD_MOVES_MAX)
    return refused("too_many", { retryAfter: Math.ceil((ends.getTime() - now.getTime()) / 1_000) });
  return null;
}

/** The same hour by the clock on the wall of the clinic's city, some days later or earlier. */
export function shifted(at: Date, days: number, zone: string): Date {
  const wall = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
  return new Date(wall.add({ days }).epochMilliseconds);
}

/** A balance is due as long before the new day as it would have been before the old one, and never in the past. */
export function balanceDueOn(treatmentOn: Day, today: Day): Day {
  const early = addDays(treatmentOn, -BALANCE_DAYS_BEFORE);
  return early < today ? today : early;
}
