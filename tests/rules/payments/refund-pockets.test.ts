import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { most } from "@/lib/kernel/money";
import { refundOfQuote, wishedSplit } from "@/lib/payments/refund";

const NOTHING = { A: 0n, B: 0n };

describe("a refund's pockets", () => {
  it("leave in the fee what the rules let the operator keep", () => {
    const quote = {
      parts: [{ kind: "operator_fee", contract: "B" as const, keptMinor: 25n }],
      contracts: { A: { refundMinor: 100n }, B: { refundMinor: 150n } },
    };
    const held = { treatmentMinor: 100n, servicesMinor: 90n, feeMinor: 85n };
    expect(refundOfQuote(quote, held, NOTHING)).toEqual({
      treatmentMinor: 100n,
      servicesMinor: 90n,
      feeMinor: 60n,
    });
    expect(refundOfQuote(quote, held, { A: 100n, B: 150n })).toEqual({
      treatmentMinor: 0n,
      servicesMinor: 0n,
      feeMinor: 0n,
    });
  });

  it("follow the payment's own proportions when nothing was calculated", () => {
    const facts = {
      amountMinor: 50n,
      contractAMinor: 60n,
      paidMinor: 100n,
      held: { treatmentMinor: 60n, servicesMinor: 30n, feeMinor: 10n },
    };
    expect(wishedSplit(null, facts)).toEqual({ treatmentMinor: 30n, servicesMinor: 15n, feeMinor: 5n });
    expect(wishedSplit({ treatment: "1", services: "2", fee: "47" }, facts).feeMinor).toBe(47n);
  });

  it("are of its own contract, and together what is due less what was asked before", () => {
    const sums = fc.record({ A: fc.bigInt(0n, 1_000n), B: fc.bigInt(0n, 1_000n) });
    const pockets = fc.record({
      ...{ treatmentMinor: fc.bigInt(0n, 1_000n), servicesMinor: fc.bigInt(-50n, 1_000n) },
      feeMinor: fc.bigInt(-50n, 1_000n),
    });
    fc.assert(
      fc.property(sums, sums, pockets, (due, asked, free) => {
        const contracts = { A: { refundMinor: due.A }, B: { refundMinor: due.B } };
        const split = refundOfQuote({ parts: [], contracts }, free, asked);
        const ofB = split.servicesMinor + split.feeMinor;
        expect(split.treatmentMinor + ofB).toBe(most(0n, due.A + due.B - asked.A - asked.B));
        expect(Object.values(split).every((minor) => minor >= 0n)).toBe(true);
        if (asked.A <= due.A && asked.B <= due.B)
          expect([split.treatmentMinor, ofB]).toEqual([due.A - asked.A, due.B - asked.B]);
      }),
    );
  });
});
