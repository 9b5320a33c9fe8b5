import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { finalBillOf } from "@/lib/payments/final-bill";

const minor = fc.bigInt({ min: 0n, max: 10_000_000n });

describe("the final bill beside what was paid", () => {
  const paid = { paidMinor: 3_400_000n, takenMinor: 0n, refundedMinor: 0n };

  it("says what comes back, the same before and after it was approved", () => {
    const expected = { billMinor: 3_315_000n, paidMinor: 3_400_000n, backMinor: 85_000n, openMinor: 0n };
    const facts = { owedMinor: 3_315_000n, contract: paid, surplusMinor: 0n };
    expect(finalBillOf(facts)).toEqual(expected);
    const approved = { ...facts, contract: { ...paid, refundedMinor: 85_000n }, surplusMinor: 85_000n };
    expect(finalBillOf(approved)).toEqual(expected);
  });

  it("says what is still to be paid, and counts nothing a bank took", () => {
    const contract = { ...paid, takenMinor: 1_000_000n };
    expect(finalBillOf({ owedMinor: 3_315_000n, contract, surplusMinor: 0n })).toMatchObject({
      ...{ paidMinor: 2_400_000n, backMinor: 0n, openMinor: 915_000n },
    });
  });

  it("adds up to the last unit, and never asks and gives back at once", () => {
    fc.assert(
      fc.property(
        minor,
        minor,
        minor,
        minor,
        minor,
        (owedMinor, inMinor, takenMinor, other, surplusMinor) => {
          const contract = { paidMinor: inMinor, takenMinor, refundedMinor: other + surplusMinor };
          const bill = finalBillOf({ owedMinor, contract, surplusMinor });
          expect(bill.billMinor + bill.backMinor).toBe(bill.paidMinor + bill.openMinor);
          expect(bill.backMinor === 0n || bill.openMinor === 0n).toBe(true);
          expect(bill.paidMinor).toBe(inMinor - takenMinor - other);
        },
      ),
    );
  });
});
