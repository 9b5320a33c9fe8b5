/** A calendar day without a zone, written "2026-05-04". */
export type Day = string & { readonly __day?: never };

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

export function isDay(text: string): text is Day {
  if (!DAY.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}

/** The day a date column holds (PostgreSQL `date` arrives as midnight UTC). */
export function dayOf(date: Date): Day {
  return date.toISOString().slice(0, 10);
}

/** Midnight UTC, the way a `date` column is written. */
export function dateOf(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** The calendar day it is at a moment in an IANA zone. */
export function dayIn(zone: string, at: Date): Day {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return parts.format(at);
}

export function addDays(day: Day, count: number): Day {
  return dayOf(new Date(dateOf(day).getTime() + count * DAY_MS));
}

/** Whole days from one day to another; negative when the second is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((dateOf(to).getTime() - dateOf(from).getTime()) / DAY_MS);
}

/** 0 is Sunday, 6 is Saturday. */
export function weekday(day: Day): number {
  return dateOf(day).getUTCDay();
}

/** The same moment of time `days` business days (Monday to Friday) later. */
export function addBusinessDays(at: Date, days: number): Date {
  let result = new Date(at);
  let left = days;
  while (left > 0) {
    result = new Date(result.getTime() + DAY_MS);
    const day = result.getUTCDay();
    if (day !== 0 && day !== 6) left -= 1;
  }
  return result;
}

export function addHours(at: Date, hours: number): Date {
  return new Date(at.getTime() + hours * 3_600_000);
}

export function addMinutes(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * 60_000);
}
