import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { least, sumMinor } from "@/lib/kernel/money";
import { type LedgerSum, statementOf } from "@/lib/payments/statement";

const sum = (kind: string, account: string, contract: "A" | "B" | null, amountMinor: bigint): LedgerSum => ({
  ...{ kind, account, contract, amountMinor },
});
const NOTHING = { A: 0n, B: 0n };

/** Ten thousand of A and four hundred of B paid, three hundred of the fee earned; all of it planned, and more of A. */
function facts(taken: { A: bigint; B: bigint }, again = taken) {
  return {
    isEnded: false,
    contractAMode: "held_by_operator" as const,
    lines: [],
    items: [
      {
        amountMinor: 10_400n,
        contractAMinor: 10_000n,
        paidMinor: 10_400n,
        paidAMinor: 10_000n,
        state: "paid",
      },
      { amountMinor: 5_000n, contractAMinor: 5_000n, paidMinor: 0n, paidAMinor: 0n, state: "planned" },
    ],
    sums: [
      sum("payment_received", "client_funds_held", "A", -10_000n),
      sum("payment_received", "client_funds_held", "B", -50n),
      sum("payment_received", "operator_fee_deferred", "B", -350n),
      sum("fee_earned", "operator_fee_deferred", "B", 300n),
    ],
    ...{ taken, again },
  };
}

describe("statementOf, once a bank has taken money", () => {
  it("holds nothing that a bank took, asks for it again, and names what had left before", () => {
    const { contracts, totals, pockets } = statementOf(facts({ A: 10_000n, B: 400n }));
    expect(contracts).toMatchObject([
      { paidMinor: 10_000n, takenMinor: 10_000n, heldMinor: 0n, advancedMinor: 0n, openMinor: 15_000n },
      { paidMinor: 400n, takenMinor: 400n, heldMinor: 0n, advancedMinor: 300n, releasedMinor: 300n },
    ]);
    expect(totals).toMatchObject({ heldMinor: 0n, openMinor: 15_400n, againMinor: 10_400n });
    expect(pockets).toEqual({ treatmentMinor: 0n, servicesMinor: 0n, feeMinor: 0n });
  });

  it("asks nobody again once the booking has ended", () => {
    const ended = statementOf({ ...facts({ A: 10_000n, B: 0n }), isEnded: true });
    expect(ended.totals).toMatchObject({ takenMinor: 10_000n, openMinor: 0n, againMinor: 0n });
  });

  it("takes of the services and of the fee by what is held of each", () => {
    expect(statementOf(facts({ A: 0n, B: 50n })).pockets).toEqual({
      ...{ treatmentMinor: 10_000n, servicesMinor: 25n, feeMinor: 25n },
    });
  });

  it("adds up for any mix of what was paid, taken, given back and passed on", () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 9n });
    const pocket = fc.record({ paid: amount, back: amount, passed: amount });
    const mix = fc.record({ treatment: pocket, services: pocket, fee: pocket });
    const taken = fc.record({ A: amount, B: amount });
    fc.assert(
      fc.property(
        mix,
        taken,
        taken,
        fc.tuple(amount, amount),
        fc.tuple(amount, amount),
        (moved, took, again, [borne, credited], [covered, heldAgain]) => {
          const within = (account: string, contract: "A" | "B", of: typeof moved.fee, kind = "release") => [
            sum("payment_received", account, contract, -of.paid),
            // No more goes back or on than is there.
            sum("refund_approved", account, contract, of.back % (of.paid + 1n)),
            sum(kind, account, contract, of.passed % (of.paid - (of.back % (of.paid + 1n)) + 1n)),
          ];
          const { paid, back, passed: on } = moved.services;
          const heldMinor = paid - (back % (paid + 1n));
          const coverMinor = covered % (heldMinor - (on % (heldMinor + 1n)) + 1n);
          const ofFee = moved.fee.paid - (moved.fee.back % (moved.fee.paid + 1n));
          const earned = moved.fee.passed % (ofFee + 1n);
          // No more is held again than was earned and has made no loss good.
          const againMinor = heldAgain % (earned - least(least(borne, credited), earned) + 1n);
          const shown = statementOf({
            ...facts(NOTHING),
            ...{ taken: took, again },
            sums: [
              ...within("client_funds_held", "A", moved.treatment),
              ...within("client_funds_held", "B", moved.services),
              ...within("operator_fee_deferred", "B", moved.fee, "fee_earned"),
              sum("pockets_covered", "client_funds_held", "B", coverMinor),
              sum("pockets_covered", "operator_fee_deferred", "B", -coverMinor),
              sum("refund_approved", "write_off", null, borne),
              sum("fee_credited", "write_off", null, -credited),
              sum("fee_credited", "operator_fee_deferred", "B", -(againMinor / 2n)),
              sum("fee_credited", "client_funds_held", "B", againMinor / 2n - againMinor),
            ],
          });
          const { totals, contracts, pockets, passed } = shown;
          const { borneByOperatorMinor } = totals;
          expect(borneByOperatorMinor >= 0n).toBe(true);
          const ofContracts = { ...totals, refundedMinor: totals.refundedMinor - borneByOperatorMinor };
          for (const one of [...contracts, ofContracts]) {
            expect(one.paidMinor - one.takenMinor - one.refundedMinor + one.advancedMinor).toBe(
              one.releasedMinor + one.heldMinor,
            );
            expect(one.heldMinor >= 0n && one.advancedMinor >= 0n).toBe(true);
            // Nothing is laid out while money of that contract is here.
            expect(one === totals || !("contract" in one) || one.heldMinor * one.advancedMinor === 0n).toBe(
              true,
            );
          }
          expect(sumMinor(Object.values(pockets))).toBe(totals.heldMinor);
          expect(Object.values(pockets).every((each) => each >= 0n)).toBe(true);
          expect(sumMinor(Object.values(passed))).toBe(totals.releasedMinor);
          expect(Object.values(passed).every((each) => each >= 0n)).toBe(true);
          expect(totals.openMinor).toBe(5_000n + again.A + again.B);
          expect(totals.againMinor).toBe(again.A + again.B);
        },
      ),
    );
  });
});
