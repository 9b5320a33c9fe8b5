import { setCapacityForm } from "@/lib/bookings/forms";

export const PAGE_DAYS = 28;
const WEEKS_SHOWN = 24;
export const PAGES = (WEEKS_SHOWN * 7) / PAGE_DAYS;

/** The name of one number of the table: its day and its treatment. */
export function cellName(on: string, treatment: string): string {
  return `${on}/${treatment}`;
}

/** Which page of the weeks an address asks for; 0 is the one with today. */
export function pageOfWeeks(text: string | undefined): number {
  const page = Number(text ?? "0");
  return Number.isInteger(page) && page >= 0 && page < PAGES ? page : 0;
}

/** The numbers that were changed. Each stands beside what was shown, so that an untouched one is never written. */
export function readCapacity(form: FormData) {
  const changed: { treatment: string; on: string; capacity: number | string }[] = [];
  for (const [name, value] of form.entries()) {
    const [on, treatment, kind] = name.split("/");
    if (typeof value !== "string" || !on || !treatment || kind !== undefined) continue;
    const shown = form.get(`${name}/shown`);
    const typed = value.trim();
    if (typed === shown) continue;
    const capacity = typed === "" ? 0 : Number(typed);
    changed.push({ treatment, on, capacity: Number.isNaN(capacity) ? typed : capacity });
  }
  return { count: changed.length, read: setCapacityForm.safeParse(changed) };
}
