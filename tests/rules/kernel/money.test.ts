import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addBusinessDays, addDays, daysBetween, isDay } from "@/lib/kernel/day";
import { isUuid, newId } from "@/lib/kernel/ids";
import { allocate, convert, CURRENCIES, exponentOf, money, share, sumMinor } from "@/lib/kernel/money";

describe("money", () => {
  it("splits so that the parts always add up to the whole", () => {
    const weights = fc
      .array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 12 })
      .filter((list) => list.some(Boolean));
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), weights, (amount, list) => {
        expect(sumMinor(allocate(amount, list))).toBe(amount);
      }),
    );
  });

  it("rounds a share half away from zero", () => {
    expect(share(5n, 5_000)).toBe(3n);
    expect(share(-5n, 5_000)).toBe(-3n);
    expect(share(370_001n, 2_000)).toBe(74_000n);
  });

  it("knows currencies without decimals and with three", () => {
    expect(exponentOf("JPY")).toBe(0);
    expect(exponentOf("KWD")).toBe(3);
    expect(convert(money(10_000n, "EUR"), "JPY", "163.5").amountMinor).toBe(16_350n);
    expect(convert(money(1_000n, "JPY"), "KWD", "0.002").amountMinor).toBe(2_000n);
  });

  it("converts to itself without loss in every currency", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CURRENCIES),
        fc.bigInt({ min: 0n, max: 10n ** 14n }),
        (currency, amount) => {
          expect(convert(money(amount, currency), currency, "1").amountMinor).toBe(amount);
        },
      ),
    );
  });
});

describe("days", () => {
  it("counts there and back", () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 20_000 }), (count) => {
        const there = addDays("2026-03-29", count);
        expect(isDay(there)).toBe(true);
        expect(daysBetween("2026-03-29", there)).toBe(count);
      }),
    );
  });

  it("skips the weekend", () => {
    expect(addBusinessDays(new Date("2026-11-20T10:00:00Z"), 3).toISOString()).toBe(
      "2026-11-25T10:00:00.000Z",
    );
  });

  it.each(["2026-02-30", "2026-13-01", "26-01-01", "2026-1-1"])("refuses %s", (text) => {
    expect(isDay(text)).toBe(false);
  });
});

describe("ids", () => {
  it("are UUIDs of version 7 that sort by their birth", () => {
    const early = newId(1_700_000_000_000);
    const late = newId(1_700_000_000_001);
    expect(isUuid(early)).toBe(true);
    expect(early[14]).toBe("7");
    expect(early < late).toBe(true);
  });
});
