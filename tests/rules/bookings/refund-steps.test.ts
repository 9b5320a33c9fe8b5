import fc from "fast-check";
import { expect, it } from "vitest";
import { sumMinor } from "@/lib/kernel/money";
import { POLICY_VERSION } from "@/lib/bookings/payment-plan";
import { CANCEL_CAUSES, quoteRefund, type RefundFacts } from "@/lib/bookings/refund-policy";

const anySum = fc.bigInt({ min: 0n, max: 10n ** 7n });
const facts: fc.Arbitrary<RefundFacts> = fc.record({
  policyVersion: fc.constant(POLICY_VERSION),
  cause: fc.constantFrom(...CANCEL_CAUSES),
  on: fc.constant("2027-02-05"),
  treatmentOn: fc.constantFrom("2027-02-06", "2027-02-15", "2027-04-01"),
  bands: fc.constant([{ fromDays: 0, keptBp: 3_333 }]),
  lines: fc.array(
    fc.record({
      lineId: fc.uuid(),
      kind: fc.constantFrom("treatment", "operator_fee", "interpreter"),
      contract: fc.constantFrom("A" as const, "B" as const),
      amountMinor: anySum,
      delivered: fc.boolean(),
      provenMinor: anySum,
    }),
    { maxLength: 6 },
  ),
  deliveredSlices: fc.subarray(["papers", "arrival", "return"] as const),
  paid: fc.record({ A: anySum, B: anySum }),
  contractAMode: fc.constantFrom("direct" as const, "held_by_operator" as const),
});

it("gives back a sum a card takes wherever something is left to round it up with, in the payer's favour", () => {
  fc.assert(
    fc.property(facts, (given) => {
      const exact = quoteRefund(given);
      const quote = quoteRefund({ ...given, stepMinor: 10n });
      const moreMinor = quote.total.refundMinor - exact.total.refundMinor;
      expect(moreMinor >= 0n && moreMinor < 10n).toBe(true);
      expect(quote.total.keptMinor).toBe(exact.total.keptMinor - moreMinor);
      expect(quote.total.keptMinor).toBe(sumMinor(quote.parts.map((part) => part.keptMinor)));
      for (const sum of [quote.contracts.A, quote.contracts.B])
        expect(sum.refundMinor <= sum.paidMinor && sum.keptMinor >= 0n).toBe(true);
      const couldGive = (["A", "B"] as const).some((contract) => {
        const { refundMinor, paidMinor } = exact.contracts[contract];
        const keeps = exact.parts.some((part) => part.contract === contract && part.keptMinor >= 10n);
        return refundMinor > 0n && paidMinor - refundMinor >= 10n && keeps;
      });
      if (couldGive) expect(quote.total.refundMinor % 10n).toBe(0n);
    }),
  );
});
