import { describe, expect, it } from "vitest";
import { readTypedDay, typedDayOf } from "@/lib/cases/birth-day";

const typed = (day: string, month: string, year: string) => ({ day, month, year });

describe("a day of birth in three fields", () => {
  it("is read as it was typed, with or without a nought", () => {
    expect(readTypedDay(typed("24", "3", "1951"))).toEqual({ ok: true, day: "1951-03-24" });
    expect(readTypedDay(typed(" 04 ", "03", "1951"))).toEqual({ ok: true, day: "1951-03-04" });
  });

  it.each([typed("٢٤", "٣", "١٩٥١"), typed("۲۴", "۳", "۱۹۵۱")])(
    "is read in the digits of $year too",
    (day) => {
      expect(readTypedDay(day)).toEqual({ ok: true, day: "1951-03-24" });
    },
  );

  it("may be left out", () => {
    expect(readTypedDay(typed("", " ", ""))).toEqual({ ok: true, day: null });
  });

  it.each([
    typed("31", "2", "1951"),
    typed("24", "", "1951"),
    typed("24", "3", "51"),
    typed("24", "3", "1851"),
    typed("x", "3", "1951"),
  ])("is refused as $day / $month / $year", (day) => {
    expect(readTypedDay(day)).toEqual({ ok: false });
  });

  it("is shown again the way it was typed", () => {
    expect(typedDayOf("1951-03-04")).toEqual(typed("4", "3", "1951"));
    expect(typedDayOf(null)).toEqual(typed("", "", ""));
  });
});
