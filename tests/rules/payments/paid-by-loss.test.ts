import fc from "fast-check";
import { expect, it } from "vitest";
import { type PaidByLoss, payableByLoss } from "@/lib/payments/refund";

it("pays a refund only from what was lost after it was set aside", () => {
  expect(payableByLoss(50_000n, 50_000n, [])).toBe(0n);
  expect(payableByLoss(90_000n, 50_000n, [])).toBe(40_000n);
  expect(payableByLoss(90_000n, 0n, [])).toBe(90_000n);
});

it("leaves a late loss to a late refund, and pays nothing twice", () => {
  const early: PaidByLoss = { amountMinor: 50_000n, lostBeforeMinor: 0n };
  expect(payableByLoss(90_000n, 50_000n, [early])).toBe(40_000n);
  expect(payableByLoss(90_000n, 50_000n, [{ ...early, amountMinor: 60_000n }])).toBe(30_000n);
  const late: PaidByLoss = { amountMinor: 40_000n, lostBeforeMinor: 50_000n };
  expect(payableByLoss(90_000n, 50_000n, [late])).toBe(0n);
  expect(payableByLoss(90_000n, 0n, [late])).toBe(50_000n);
});

it("never pays more in all than was lost, nor more than was lost since any mark", () => {
  const wishes = fc.array(
    fc.record({
      amountMinor: fc.bigInt({ min: 1n, max: 50n }),
      lostBeforeMinor: fc.bigInt({ min: 0n, max: 100n }),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(wishes, (asked) => {
      const paid: PaidByLoss[] = [];
      for (const { amountMinor, lostBeforeMinor } of asked) {
        const most = payableByLoss(100n, lostBeforeMinor, paid);
        expect(most).toBeGreaterThanOrEqual(0n);
        const taken = most < amountMinor ? most : amountMinor;
        if (taken > 0n) paid.push({ amountMinor: taken, lostBeforeMinor });
      }
      for (let mark = 0n; mark <= 100n; mark += 1n) {
        const since = paid.filter((one) => one.lostBeforeMinor >= mark);
        expect(since.reduce((sum, one) => sum + one.amountMinor, 0n)).toBeLessThanOrEqual(100n - mark);
      }
    }),
  );
});
