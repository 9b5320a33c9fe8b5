import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { holdLeadDays } from "@/lib/bookings/booking";
import { heldUntil, outlastsHold } from "@/lib/bookings/term-of-hold";
import { addDays, addHours, addMinutes, dateOf, dayIn, dayOf } from "@/lib/kernel/day";

const ZONES = [
  "Europe/Berlin",
  "Asia/Shanghai",
  "Asia/Kolkata",
  "America/Mexico_City",
  "Pacific/Kiritimati",
  "UTC",
];
/** Midnight where the centre is. */
const begins = (on: string, zone: string) =>
  new Date(Temporal.PlainDate.from(on).toZonedDateTime(zone).epochMilliseconds);

describe("until when a day is held", () => {
  const wish = fc.record({
    at: fc.date({ min: new Date("2026-01-01"), max: new Date("2027-12-31"), noInvalidDate: true }),
    minutes: fc.integer({ min: 1, max: 40_000 }),
    ahead: fc.integer({ min: 0, max: 40 }),
    mayBeShort: fc.boolean(),
    zone: fc.constantFrom(...ZONES),
  });

  it("is an hour before that day begins at the centre, and the whole time but for a near day", () => {
    fc.assert(
      fc.property(wish, ({ at, minutes, ahead, mayBeShort, zone }) => {
        const day = { on: addDays(dayOf(at), ahead), zone };
        const wanted = addMinutes(at, minutes);
        const until = heldUntil(day, at, wanted, mayBeShort);
        if (outlastsHold(day, wanted)) expect(until).toEqual(wanted);
        else if (!mayBeShort) expect(until).toBeNull();
        if (mayBeShort && ahead > 1) expect(until).not.toBeNull();
        if (!until) return;
        expect(until > at && until <= wanted).toBe(true);
        // What is due until then is due on an earlier day, and an hour is left by the clock of the centre.
        expect(dayOf(until) < day.on).toBe(true);
        expect(addHours(until, 1) <= begins(day.on, zone)).toBe(true);
        expect(addHours(until, 1) <= dateOf(day.on)).toBe(true);
        if (until < wanted) expect(until >= addMinutes(at, 60)).toBe(true);
      }),
    );
  });

  it("ends in China in the evening before by its own clock, not on the morning of the treatment", () => {
    const day = { on: "2026-11-20", zone: "Asia/Shanghai" };
    const at = new Date("2026-11-17T10:00:00Z");
    const until = heldUntil(day, at, new Date("2026-11-24T10:00:00Z"), true);
    expect(until).toEqual(new Date("2026-11-19T15:00:00Z"));
    expect(dayIn(day.zone, until ?? at)).toBe("2026-11-19");
    expect(outlastsHold(day, new Date("2026-11-19T23:00:00Z"))).toBe(false);
  });

  it("is never so short that nobody could read, sign and pay", () => {
    const day = { on: "2026-11-20", zone: "Europe/Berlin" };
    const last = new Date("2026-11-19T22:00:00Z");
    const wanted = new Date("2026-11-22T22:00:00Z");
    expect(heldUntil(day, addMinutes(last, -60), wanted, true)).toEqual(last);
    expect(heldUntil(day, addMinutes(last, -59), wanted, true)).toBeNull();
  });

  it("lets a page show no day that a hold of this house would not outlast, wherever the centre is", () => {
    fc.assert(
      fc.property(wish, ({ at, minutes, zone }) => {
        const on = addDays(dayOf(at), holdLeadDays(minutes));
        expect(outlastsHold({ on, zone }, addMinutes(at, minutes))).toBe(true);
        expect(holdLeadDays(minutes)).toBeGreaterThanOrEqual(10);
      }),
    );
  });
});
