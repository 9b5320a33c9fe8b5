import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bookingNumberIn, matchFee, orderNumberIn } from "@/lib/payments/bank-transfer";

const order = { id: "o", caseId: "c", askedById: "p", currency: "EUR", feeMinor: 35_000n, openPayment: null };

describe("the number of an order in what a payer wrote", () => {
  it("is found however it is spaced, and never where a booking or another word stands", () => {
    for (const text of [
      "O-2026-000007",
      "Fee o 2026 000007, thank you",
      "O2026000007",
      "Order:O- 2026 -000007",
    ])
      expect(orderNumberIn(text)).toBe("O-2026-000007");
    for (const text of ["B-2026-000007", "NO 2026 000007", "O-2026-7", "for my heart", ""])
      expect(orderNumberIn(text)).toBeNull();
    expect(bookingNumberIn("O-2026-000007")).toBeNull();
  });
});

describe("a transfer for a fee", () => {
  const why = fc.constantFrom(null, "already_paid", "opinion_ended", "no_consent", "illegal_transition");
  const transfer = fc.record({
    amountMinor: fc.bigInt({ min: 1n, max: 80_000n }),
    currency: fc.constantFrom("EUR", "CHF"),
    mayDiffer: fc.boolean(),
  });

  it("pays exactly the fee of an order that may be paid, or nothing", () => {
    fc.assert(
      fc.property(why, transfer, (reason, money) => {
        const found = matchFee({ ...order, why: reason }, money);
        const isPaid =
          reason === null &&
          money.currency === "EUR" &&
          (money.amountMinor === 35_000n || (money.mayDiffer && money.amountMinor > 35_000n));
        expect(found.kind).toBe(isPaid ? "fee" : "unmatched");
        if (found.kind === "fee") expect(found.payMinor).toBe(35_000n);
        else expect(found).toMatchObject({ order: { caseId: "c", askedById: "p" }, booking: null });
      }),
    );
  });
});
