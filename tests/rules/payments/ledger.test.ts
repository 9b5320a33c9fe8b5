import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sumMinor } from "@/lib/kernel/money";
import {
  approvedRefundPostings,
  lostDisputePostings,
  receivedPostings,
  settledRefundPostings,
  splitRefund,
} from "@/lib/payments/ledger";
import { spreadRefund } from "@/lib/payments/refund";

const amount = fc.bigInt({ min: 0n, max: 10n ** 12n });
const pockets = fc.record({ treatmentMinor: amount, servicesMinor: amount, feeMinor: amount });
const total = (postings: readonly { amountMinor: bigint }[]) =>
  sumMinor(postings.map((one) => one.amountMinor));
const sumOf = (split: { treatmentMinor: bigint; servicesMinor: bigint; feeMinor: bigint }) =>
  split.treatmentMinor + split.servicesMinor + split.feeMinor;

describe("the ledger", () => {
  it("sums to zero for any money received, whatever the split", () => {
    fc.assert(
      fc.property(amount, amount, amount, amount, amount, (partA, partB, before, feeMinor, servicesMinor) => {
        const postings = receivedPostings({
          amountMinor: partA + partB,
          contractAMinor: partA,
          paidBBeforeMinor: before,
          feeMinor,
          servicesMinor,
        });
        expect(total(postings)).toBe(0n);
        // Money in never takes anything out of a pocket.
        for (const posting of postings) {
          expect(
            posting.account === "psp_clearing" ? posting.amountMinor > 0n : posting.amountMinor < 0n,
          ).toBe(true);
        }
      }),
    );
  });

  it("gives the fee its exact line once all instalments are paid, in currencies of 0, 2 and 3 decimals alike", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 6 }),
        (feeMinor, servicesMinor, cuts) => {
          const whole = feeMinor + servicesMinor;
          const weight = BigInt(cuts.reduce((sum, cut) => sum + cut, 0));
          const parts = cuts.map((cut) => (whole * BigInt(cut)) / weight);
          parts.push(whole - sumMinor(parts));
          let paidBBeforeMinor = 0n;
          let fee = 0n;
          for (const amountMinor of parts) {
            const received = { amountMinor, contractAMinor: 0n, paidBBeforeMinor, feeMinor, servicesMinor };
            const postings = receivedPostings(received);
            fee -= total(postings.filter((posting) => posting.account === "operator_fee_deferred"));
            paidBBeforeMinor += amountMinor;
          }
          expect(fee).toBe(feeMinor);
        },
      ),
    );
  });

  it("never takes more out of a pocket than it holds, and books the rest as the operator's loss", () => {
    fc.assert(
      fc.property(amount, pockets, pockets, (amountMinor, wish, held) => {
        const split = splitRefund(amountMinor, wish, held);
        for (const pocket of ["treatmentMinor", "servicesMinor", "feeMinor"] as const) {
          expect(split[pocket] >= 0n && split[pocket] <= held[pocket]).toBe(true);
        }
        const most = sumOf(held) < amountMinor ? sumOf(held) : amountMinor;
        expect(sumOf(split)).toBe(most);
        const postings = approvedRefundPostings(amountMinor, split);
        expect(total(postings)).toBe(0n);
        expect(total(postings.filter((posting) => posting.account === "write_off"))).toBe(amountMinor - most);
      }),
    );
  });

  it("takes an approved split out of its own pockets alone: what is missing there is a loss, never another's money", () => {
    fc.assert(
      fc.property(pockets, pockets, (wish, held) => {
        const split = splitRefund(sumOf(wish), wish, held, true);
        for (const pocket of ["treatmentMinor", "servicesMinor", "feeMinor"] as const)
          expect(split[pocket]).toBe(wish[pocket] < held[pocket] ? wish[pocket] : held[pocket]);
        const postings = approvedRefundPostings(sumOf(wish), split);
        expect(total(postings)).toBe(0n);
        expect(total(postings.filter((posting) => posting.account === "write_off"))).toBe(
          sumOf(wish) - sumOf(split),
        );
      }),
    );
  });

  it("sums to zero for refunds that arrived and disputes that were lost", () => {
    fc.assert(
      fc.property(amount, (amountMinor) => {
        expect(total(settledRefundPostings(amountMinor))).toBe(0n);
        expect(total(lostDisputePostings(amountMinor))).toBe(0n);
      }),
    );
  });
});

describe("spreadRefund", () => {
  it("gives back no more than asked and no more than each payment has left", () => {
    const payments = fc.array(amount, { maxLength: 5 });
    fc.assert(
      fc.property(pockets, payments, (wish, rests) => {
        const rows = rests.map((restMinor, index) => ({ id: String(index), restMinor }));
        const refunds = spreadRefund(wish, rows);
        for (const refund of refunds) {
          expect(refund.amountMinor).toBe(sumOf(refund.split));
          expect(refund.amountMinor <= (rests[Number(refund.paymentId)] ?? 0n)).toBe(true);
        }
        const room = sumMinor(rests);
        const expected = sumOf(wish) < room ? sumOf(wish) : room;
        expect(sumMinor(refunds.map((refund) => refund.amountMinor))).toBe(expected);
      }),
    );
  });

  it("rounds the last sum up to what a card takes, out of the fee, as far as its payment reaches", () => {
    const rests = [
      { id: "a", restMinor: 10_000n },
      { id: "b", restMinor: 20_000n },
    ];
    const wish = { treatmentMinor: 12_001n, servicesMinor: 3n, feeMinor: 0n };
    const [whole, last] = spreadRefund(wish, rests, 10n);
    expect(whole).toMatchObject({ paymentId: "a", amountMinor: 10_000n });
    expect(last).toEqual({
      ...{ paymentId: "b", amountMinor: 2_010n },
      split: { treatmentMinor: 2_001n, servicesMinor: 3n, feeMinor: 6n },
    });
    const odd = spreadRefund(wish, [{ id: "a", restMinor: 12_005n }], 10n);
    expect(odd.map((one) => one.amountMinor)).toEqual([12_004n]);
  });
});
