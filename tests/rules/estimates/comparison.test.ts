import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CURRENCIES, sumMinor } from "@/lib/kernel/money";
import { aboutIn, comparedLines, type EuroRates } from "@/lib/estimates/comparison";

const at = new Date("2026-11-20T00:00:00Z");
const rates: EuroRates = new Map([
  ["USD", { rate: "1.08", source: "test", at }],
  ["CNY", { rate: "7.8", source: "test", at }],
  ["JPY", { rate: "162.5", source: "test", at }],
  ["KWD", { rate: "0.333", source: "test", at }],
]);

describe("estimates side by side", () => {
  it.each([
    ["EUR", "USD", 10_000n, 10_800n],
    ["USD", "EUR", 10_800n, 10_000n],
    ["CNY", "USD", 78_000n, 10_800n],
    ["EUR", "JPY", 10_000n, 16_250n],
    ["KWD", "EUR", 333_000n, 100_000n],
  ] as const)("turn %s into %s through the euro", (from, to, sum, expected) => {
    expect(aboutIn(sum, from, to, rates)?.amountMinor).toBe(expected);
  });

  it("leave a sum in its own currency as it is", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), fc.constantFrom(...CURRENCIES), (sum, currency) => {
        expect(aboutIn(sum, currency, currency, rates)).toEqual({ amountMinor: sum, currency });
      }),
    );
  });

  it("say nothing where a rate is missing", () => {
    expect(aboutIn(100n, "EUR", "THB", rates)).toBeNull();
    expect(aboutIn(100n, "THB", "EUR", rates)).toBeNull();
    expect(aboutIn(100n, "ABC", "EUR", rates)).toBeNull();
  });
});

describe("lines side by side", () => {
  const line = fc.record({
    kind: fc.constantFrom("treatment", "interpreter", "other", "spa_day"),
    label: fc.constantFrom(null, "Massage", "Parking"),
    optional: fc.boolean(),
    lowMinor: fc.bigInt(0n, 1_000n),
    expectedMinor: fc.bigInt(0n, 1_000n),
    highMinor: fc.bigInt(0n, 1_000n),
  });

  it("are all there once: each column adds up to its estimate, needed and chosen apart", () => {
    fc.assert(
      fc.property(fc.array(fc.array(line), { maxLength: 4 }), (estimates) => {
        const rows = comparedLines(estimates);
        for (const [index, lines] of estimates.entries()) {
          for (const optional of [false, true]) {
            const shown = rows.map((row) => row.cells[index]?.[optional ? "chosen" : "needed"]);
            const asked = lines.filter((one) => one.optional === optional);
            expect(sumMinor(shown.map((one) => one?.expectedMinor ?? 0n))).toBe(
              sumMinor(asked.map((one) => one.expectedMinor)),
            );
            expect(sumMinor(shown.map((one) => one?.highMinor ?? 0n))).toBe(
              sumMinor(asked.map((one) => one.highMinor)),
            );
          }
        }
        expect(rows.every((row) => row.cells.some((cell) => cell !== null))).toBe(true);
      }),
    );
  });

  it("stand in the order of a care plan, and share a row only where they are the same thing", () => {
    const sums = { optional: false, lowMinor: 1n, expectedMinor: 1n, highMinor: 1n };
    const of = (kind: string, label: string | null = null) => ({ kind, label, ...sums });
    const rows = comparedLines([
      [of("other", "Parking"), of("hotel", "Hotel Post"), of("treatment")],
      [of("treatment"), of("hotel", "Hotel Ost"), of("other", "Massage")],
    ]);
    expect(rows.map(({ kind, label, cells }) => [kind, label, cells.map((cell) => cell !== null)])).toEqual([
      ["treatment", null, [true, true]],
      ["hotel", null, [true, true]],
      ["other", "Parking", [true, false]],
      ["other", "Massage", [false, true]],
    ]);
  });
});
