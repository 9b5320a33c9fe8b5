import { isDay } from "@/lib/kernel/day";

/** Digits of Arabic and Persian keyboards count like others. */
export function plainDigits(typed: string): string {
  return typed
    .trim()
    .replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 15));
}

export interface TypedDay {
  day: string;
  month: string;
  year: string;
}

export type DayRead = { ok: true; day: string | null } | { ok: false };

/** A day typed in three fields: "1951-03-24", or null when all are empty; not ok when there is no such day. */
export function readTypedDay(typed: TypedDay): DayRead {
  const [day, month, year] = [typed.day, typed.month, typed.year].map(plainDigits);
  if (!day && !month && !year) return { ok: true, day: null };
  if (!/^\d{1,2}$/.test(day ?? "") || !/^\d{1,2}$/.test(month ?? "") || !/^\d{4}$/.test(year ?? ""))
    return { ok: false };
  const read = `${year}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`;
  return isDay(read) && read >= "1900-01-01" ? { ok: true, day: read } : { ok: false };
}

/** The three fields of a kept day, as somebody would type them. */
export function typedDayOf(on: string | null): TypedDay {
  const [year = "", month = "", day = ""] = on?.split("-") ?? [];
  return { day: day.replace(/^0/, ""), month: month.replace(/^0/, ""), year };
}
