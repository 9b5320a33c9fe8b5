import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CURRENCIES } from "@/lib/kernel/money";
import { aboutIn, type EuroRates } from "@/lib/estimates/comparison";

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
