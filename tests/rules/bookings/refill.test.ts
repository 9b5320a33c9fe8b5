import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refillA } from "@/lib/bookings/part";

const paid = fc
  .record({ ofA: fc.bigInt(0n, 10_000_000n), ofB: fc.bigInt(0n, 10_000_000n) })
  .map(({ ofA, ofB }) => ({ paidMinor: ofA + ofB, paidAMinor: ofA }));

describe("refillA", () => {
  it("gives each contract its own once all of an instalment is back, whatever was missing and in however many parts", () => {
    const emptied = paid.chain((item) =>
      fc.record({
        item: fc.constant(item),
        leftA: fc.bigInt(0n, item.paidAMinor),
        leftB: fc.bigInt(0n, item.paidMinor - item.paidAMinor),
        cuts: fc.array(fc.bigInt(0n, 3_000_000n), { maxLength: 4 }),
      }),
    );
    fc.assert(
      fc.property(emptied, ({ item, leftA, leftB, cuts }) => {
        const pocketed = { amountMinor: leftA + leftB, contractAMinor: leftA };
        for (const cut of [...cuts, item.paidMinor]) {
          const missingMinor = item.paidMinor - pocketed.amountMinor;
          const amountMinor = cut < missingMinor ? cut : missingMinor;
          const ofA = refillA(item, pocketed, amountMinor);
          expect(ofA >= 0n && ofA <= amountMinor).toBe(true);
          pocketed.amountMinor += amountMinor;
          pocketed.contractAMinor += ofA;
        }
        expect(pocketed).toEqual({ amountMinor: item.paidMinor, contractAMinor: item.paidAMinor });
      }),
    );
  });
});
