import { addDays, type Day, weekday } from "@/lib/kernel/day";

export interface OfferedDay {
  treatment: string;
  on: Day;
  capacity: number;
  taken: number;
}

export interface CapacityGap {
  treatment: string;
  /** The Mondays of the weeks without a free place, soonest first. */
  weeks: Day[];
}

/** The Monday on or before a day. */
export function mondayOf(day: Day): Day {
  return addDays(day, -((weekday(day) + 6) % 7));
}

/** Weeks within some days from today in which a treatment has no place left on any working day still to come. */
export function capacityGaps(
  treatments: readonly string[],
  offered: readonly OfferedDay[],
  today: Day,
  days: number,
): CapacityGap[] {
  const ahead = Array.from({ length: days }, (_, index) => addDays(today, index));
  const working = ahead.filter((day) => weekday(day) !== 0 && weekday(day) !== 6);
  const weeks = [...new Set(working.map(mondayOf))];
  const free = new Set(
    offered
      .filter(({ on, capacity, taken }) => on >= today && taken < capacity)
      .map(({ treatment, on }) => `${treatment} ${mondayOf(on)}`),
  );
  return treatments.flatMap((treatment) => {
    const without = weeks.filter((week) => !free.has(`${treatment} ${week}`));
    return without.length === 0 ? [] : [{ treatment, weeks: without }];
  });
}
