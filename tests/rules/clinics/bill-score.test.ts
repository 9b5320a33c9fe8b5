import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BILLS_LEAST, billScore } from "@/lib/clinics/bill-score";

const bill = (billed: number, estimate = 100_000) => ({
  billedMinor: BigInt(billed),
  estimateMinor: BigInt(estimate),
});

describe("quoted versus paid", () => {
  it("is the middle of final bill by accepted estimate, and the middle half around it", () => {
    const bills = [bill(90_000), bill(100_000), bill(104_000), bill(120_000), bill(96_000)];
    expect(billScore(bills)).toEqual({ cases: 5, medianBp: 10_000, lowBp: 9_600, highBp: 10_400 });
  });

  it("says nothing but their number below five, and counts no booking without an estimate", () => {
    const four = [bill(1), bill(2), bill(3), bill(4)];
    expect(billScore([...four, bill(5, 0)])).toEqual({ cases: 4, medianBp: null, lowBp: null, highBp: null });
  });

  it("lies between the smallest and the largest, whatever the order", () => {
    const some = fc.array(fc.integer({ min: 1, max: 400_000 }), { minLength: BILLS_LEAST, maxLength: 30 });
    fc.assert(
      fc.property(some, (amounts) => {
        const score = billScore(amounts.map((amount) => bill(amount)));
        const sorted = amounts.map((amount) => Math.round(amount / 10)).toSorted((one, other) => one - other);
        expect(score.lowBp).toBeGreaterThanOrEqual((sorted[0] ?? 0) - 1);
        expect(score.highBp).toBeLessThanOrEqual((sorted.at(-1) ?? 0) + 1);
        expect(score.lowBp).toBeLessThanOrEqual(score.medianBp ?? 0);
        expect(score).toEqual(billScore(amounts.toReversed().map((amount) => bill(amount))));
      }),
    );
  });
});
