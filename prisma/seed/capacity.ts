import { addDays, dateOf, type Day, weekday } from "@/lib/kernel/day";
import { openDb } from "@/lib/infra/db";
import { Chance } from "./chance";
import { closedDays, type PlacedClinic } from "./clinics";

const DAYS_AHEAD = 180;
const ROWS_AT_ONCE = 5_000;

/** On which weekdays a treatment is done; the fewer rooms it needs, the more days. */
const WEEKDAYS: Readonly<Record<string, readonly number[]>> = {
  teer: [1, 2, 4],
  "tricuspid-teer": [3],
  "tavi-transfemoral": [1, 3, 4],
  "tavi-transapical": [2],
  "surgical-repair": [1, 2, 3, 4],
  "surgical-replacement": [1, 2, 3, 4],
  "medical-therapy": [1, 2, 3, 4, 5],
  rehabilitation: [1],
};

/** Places per day for half a year: by weekday, without weekends and holidays. */
export async function fillCapacity(clinics: readonly PlacedClinic[], today: Day): Promise<void> {
  const rows = clinics.flatMap((clinic) => slotsOf(clinic, today));
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await openDb().procedureSlot.createMany({ data: rows.slice(start, start + ROWS_AT_ONCE) });
  }
}

function slotsOf({ id, demo, country, treatments }: PlacedClinic, today: Day) {
  const chance = new Chance(`${demo.slug} capacity`);
  const closed = new Set(closedDays(country, today));
  const days = Array.from({ length: DAYS_AHEAD }, (_, index) => addDays(today, index + 2)).filter(
    (day) => !closed.has(day) && !country.weekend.includes(weekday(day)),
  );
  return treatments.flatMap((treatment) =>
    days
      .filter((day) => WEEKDAYS[treatment]?.includes(weekday(day)) && chance.next() > 0.12)
      .map((day) => ({
        id: chance.id(dateOf(day)),
        clinicId: id,
        treatment,
        on: dateOf(day),
        capacity: chance.whole(1, demo.size),
      })),
  );
}
