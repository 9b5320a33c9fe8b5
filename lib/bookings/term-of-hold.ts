import { Temporal } from "temporal-polyfill";
import { addHours, addMinutes, type Day, dateOf } from "@/lib/kernel/day";

/** A day of treatment in the city of its centre. */
export interface CentreDay {
  on: Day;
  zone: string;
}

/** Time for a payment page to close before the day begins. */
const HOURS_BEFORE_DAY = 1;

/** In less nobody reads two contracts, signs them and pays: a payment page alone is open for half an hour. */
const HOLD_MINUTES_MIN = 60;

/**
 * When a hold of this day ends at the latest. The day has begun where the centre is or, west of Greenwich, by the calendar
 * its sums are due by, whichever is first: nobody pays for a treatment that is over.
 */
function lastEnd({ on, zone }: CentreDay): Date {
  const there = Temporal.PlainDate.from(on).toZonedDateTime(zone).epochMilliseconds;
  return addHours(new Date(Math.min(there, dateOf(on).getTime())), -HOURS_BEFORE_DAY);
}

/** Whether a hold that ends then is over before its day. */
export function outlastsHold(day: CentreDay, holdExpiresAt: Date): boolean {
  return holdExpiresAt <= lastEnd(day);
}

/**
 * Until when a day is held. A near day the waiting list offers, or that money is on its way for, has a shorter hold. Any
 * other day must come after the whole hold. Null where no hold of it would end in time, or it would be too short to use.
 */
export function heldUntil(day: CentreDay, at: Date, wantedAt: Date, mayBeShort: boolean): Date | null {
  const last = lastEnd(day);
  if (wantedAt <= last) return wantedAt;
  return mayBeShort && last >= addMinutes(at, HOLD_MINUTES_MIN) ? last : null;
}
