import fc from "fast-check";
import { expect, it } from "vitest";
import { most } from "@/lib/kernel/money";
import { quoteRefund, type RefundFacts, type RefundLine } from "@/lib/bookings/refund-policy";
import { broughtOf, paidByLoss, partsOf, takenOf } from "@/lib/bookings/taken";

const lines: RefundLine[] = [
  { lineId: "a", kind: "treatment", contract: "A", amountMinor: 3_000_000n, delivered: false },
  { lineId: "b", kind: "workup", contract: "A", amountMinor: 100_000n, delivered: false },
  { lineId: "c", kind: "operator_fee", contract: "B", amountMinor: 200_000n, delivered: false },
  { lineId: "d", kind: "interpreter", contract: "B", amountMinor: 60_000n, delivered: false },
  { lineId: "e", kind: "translation", contract: "B", amountMinor: 24_000n, delivered: true },
];

const bands = [
  { fromDays: 14, keptBp: 1_000 },
  { fromDays: 7, keptBp: 2_500 },
  { fromDays: 0, keptBp: 5_000 },
];

const usual: RefundFacts = {
  policyVersion: "2026-11b",
  cause: "patient_cancels",
  on: "2027-01-01",
  treatmentOn: "2027-02-15",
  bands,
  lines,
  deliveredSlices: ["papers"],
  paid: { A: 3_100_000n, B: 284_000n },
  contractAMode: "held_by_operator",
};

it("counts as paid only what no payer's bank took or asks for", () => {
  const taken = {
    A: { lostMinor: 1_000_000n, contestedMinor: 0n },
    B: { lostMinor: 0n, contestedMinor: 260_000n },
  };
  const { contracts, total } = quoteRefund({ ...usual, taken });
  const { A, B } = contracts;
  expect(A).toMatchObject({ paidMinor: 2_100_000n, refundMinor: 2_100_000n, takenMinor: 1_000_000n });
  // Kept are 74,000 of B, of which 24,000 are here; what is under dispute is not asked for again.
  expect(B).toMatchObject({ paidMinor: 24_000n, refundMinor: 0n, owedMinor: 0n, takenMinor: 260_000n });
  expect(total).toMatchObject({ paidMinor: 2_124_000n, takenMinor: 1_260_000n });
  const lost = { A: taken.A, B: { lostMinor: 260_000n, contestedMinor: 0n } };
  expect(quoteRefund({ ...usual, taken: lost }).contracts.B.owedMinor).toBe(50_000n);
});

it("counts as lost only what nobody paid again, by contract, and never another instalment's money", () => {
  const one = (state: string, amountMinor: bigint, contractAMinor: bigint) =>
    partsOf({
      ...{ state, amountMinor, contractAMinor, openDisputes: [], refunds: [] },
      lostMinor: state === "lost" ? amountMinor : 0n,
    });
  const [lost, kept] = [one("lost", 800n, 240n), one("succeeded", 1_200n, 360n)];
  const whole = { paidMinor: 2_000n, paidAMinor: 600n };
  const of = (...payments: (typeof lost)[]) => {
    const { A, B } = takenOf([{ ...whole, payments }]);
    return [A.lostMinor, B.lostMinor];
  };
  expect(of(lost, kept)).toEqual([240n, 560n]);
  expect(of(lost, kept, one("succeeded", 500n, 150n))).toEqual([90n, 210n]);
  expect(of(lost, kept, one("succeeded", 800n, 240n))).toEqual([0n, 0n]);
  // Paid again, and what was paid again is under dispute.
  expect(takenOf([{ ...whole, payments: [lost, kept, one("disputed", 800n, 240n)] }])).toEqual({
    A: { lostMinor: 0n, contestedMinor: 240n },
    B: { lostMinor: 0n, contestedMinor: 560n },
  });
  const inPart = { paidMinor: 1_600n, paidAMinor: 480n };
  expect(takenOf([{ ...inPart, payments: [lost, one("succeeded", 800n, 240n)] }]).A.lostMinor).toBe(240n);
  const other = { paidMinor: 900n, paidAMinor: 0n, payments: [one("succeeded", 900n, 0n)] };
  expect(takenOf([{ ...whole, payments: [lost, kept] }, other]).B.lostMinor).toBe(560n);
});

const given = { state: "settled", lostBeforeMinor: 0n };

/** Any payment, with what was given back of it and what of that the bank paid instead. */
const anyPayment = fc
  .tuple(
    fc.bigInt({ min: 1n, max: 10n ** 10n }),
    fc.array(fc.bigInt({ min: 0n, max: 10_000n }), { minLength: 6, maxLength: 6 }),
    fc.boolean(),
  )
  .map(([amountMinor, [a = 0n, back = 0n, backA = 0n, paid = 0n, paidA = 0n, taken = 0n], isAsked]) => {
    const refundedMinor = (amountMinor * back) / 10_000n;
    const paidMinor = ((amountMinor - refundedMinor) * paid) / 10_000n;
    const quoteOf = (minor: bigint, share: bigint) => ({
      ...{ treatment: `${(minor * share) / 10_000n}`, fee: "0" },
      services: `${minor - (minor * share) / 10_000n}`,
    });
    return {
      ...{ amountMinor, contractAMinor: (amountMinor * a) / 10_000n },
      lostMinor: most(paidMinor, (amountMinor * taken) / 10_000n),
      openDisputes: isAsked ? ["second"] : [],
      refunds: [
        { ...given, state: "settled", amountMinor: refundedMinor, quote: quoteOf(refundedMinor, backA) },
        { ...given, state: "refused", amountMinor: paidMinor, quote: quoteOf(paidMinor, paidA) },
      ],
      ...{ refundedMinor, paidMinor },
    };
  });

it("parts what is gone, what is asked for and what went back to the last unit", () => {
  fc.assert(
    fc.property(anyPayment, ({ refundedMinor, ...payment }) => {
      const { lost, contested } = partsOf({ ...payment, state: "lost" });
      expect(lost.amountMinor).toBe(payment.lostMinor);
      const hereMinor = most(0n, payment.amountMinor - refundedMinor - payment.lostMinor);
      expect(contested.amountMinor).toBe(payment.openDisputes.length > 0 ? hereMinor : 0n);
      for (const { amountMinor, contractAMinor } of [lost, contested])
        expect(contractAMinor >= 0n && contractAMinor <= amountMinor).toBe(true);
      const standing = partsOf({ ...payment, openDisputes: [], state: "won" });
      expect([standing.lost.amountMinor, standing.contested.amountMinor]).toEqual([0n, 0n]);
      const asked = partsOf({ ...payment, openDisputes: [], state: "disputed" });
      expect(asked.contested.amountMinor).toBe(payment.amountMinor - refundedMinor);
    }),
  );
});

it("counts a refund the bank paid instead as taken of the contract it was of", () => {
  const lostOf = (lostMinor: bigint, contractAMinor: bigint) =>
    partsOf({
      ...{ amountMinor: 540_000n, contractAMinor, lostMinor, state: "lost", openDisputes: [] },
      refunds: [
        {
          ...{ ...given, state: "refused", amountMinor: 190_000n },
          quote: { treatment: "0", services: "40000", fee: "150000" },
        },
      ],
    }).lost.contractAMinor;
  expect(lostOf(190_000n, 300_000n)).toBe(0n);
  // Beyond that of what was left: 3,000 of A and 500 of B.
  expect(lostOf(260_000n, 300_000n)).toBe(60_000n);
  // Of money that was all paid for A, too.
  expect(lostOf(540_000n, 540_000n)).toBe(350_000n);
});

it("takes from a contract no more than was still here of it, as long as the other one has some", () => {
  const payment = { amountMinor: 540_000n, contractAMinor: 300_000n, state: "lost", openDisputes: [] };
  const lostOf = (
    lostMinor: bigint,
    refunds: { amountMinor: bigint; quote: unknown; lostBeforeMinor?: bigint }[],
  ) =>
    partsOf({ ...payment, lostMinor, refunds: refunds.map((one) => ({ ...given, ...one })) }).lost
      .contractAMinor;
  const ofB = { amountMinor: 240_000n, quote: { treatment: "0", services: "140000", fee: "100000" } };
  expect(lostOf(10_000n, [ofB])).toBe(10_000n);
  expect(lostOf(10_000n, [{ ...ofB, amountMinor: 190_000n }])).toBe(8_572n);
  expect(lostOf(54_000n, [])).toBe(30_000n);
  // Parted before its split was: it took of contract A by its share, not all of its treatment first.
  const mixed = { treatment: "200000", services: "0", fee: "200000" };
  expect(lostOf(340_000n, [{ amountMinor: 200_000n, quote: mixed }])).toBe(200_000n);
  // Beyond what was here it took what had gone back before.
  expect(lostOf(310_000n, [ofB])).toBe(300_000n);
  expect(lostOf(54_000n, [{ amountMinor: 54_000n, quote: null }])).toBe(30_000n);
  // Set aside after the loss, it came out of what the loss had left.
  expect(lostOf(54_000n, [{ ...ofB, lostBeforeMinor: 54_000n }])).toBe(30_000n);
  expect(lostOf(108_000n, [{ ...ofB, amountMinor: 216_000n, lostBeforeMinor: 54_000n }])).toBe(84_000n);
});

it("tells an instalment what its payments brought of each contract, to the last unit", () => {
  const ofB = {
    ...{ ...given, state: "refused", amountMinor: 30_000n },
    quote: { treatment: "0", services: "30000", fee: "0" },
  };
  const lost = { ...{ amountMinor: 500_000n, contractAMinor: 500_000n, state: "lost" }, openDisputes: [] };
  expect(broughtOf({ ...lost, lostMinor: 500_000n, refunds: [ofB] })).toEqual([
    { state: "lost", amountMinor: 500_000n, contractAMinor: 470_000n },
    { state: "won", amountMinor: 0n, contractAMinor: 30_000n },
  ]);
  expect(broughtOf({ ...lost, lostMinor: 100_000n, refunds: [ofB] })).toEqual([
    { state: "lost", amountMinor: 100_000n, contractAMinor: 70_000n },
    { state: "won", amountMinor: 400_000n, contractAMinor: 430_000n },
  ]);
});

it("lets a loss of before pay what is due of one contract, and of that contract alone", () => {
  const sum = (mostMinor: bigint) => fc.bigInt({ min: 0n, max: mostMinor });
  const arbitrary = fc
    .record({
      amountMinor: fc.bigInt({ min: 1n, max: 1_000_000n }),
      backMinor: sum(1_000_000n),
      isA: fc.boolean(),
    })
    .chain((facts) =>
      fc.record({
        facts: fc.constant({ ...facts, backMinor: facts.backMinor % (facts.amountMinor + 1n) }),
        contractAMinor: sum(facts.amountMinor),
        lostMinor: sum(facts.amountMinor),
        wishMinor: sum(facts.amountMinor),
      }),
    );
  fc.assert(
    fc.property(
      arbitrary,
      ({ facts: { amountMinor, backMinor, isA }, contractAMinor, lostMinor, wishMinor }) => {
        const before = { state: "settled", amountMinor: backMinor, quote: null, lostBeforeMinor: 0n };
        const payment = {
          ...{ state: "lost", amountMinor, contractAMinor, lostMinor, openDisputes: [] },
          refunds: [before],
        };
        const { lost } = partsOf(payment);
        const own = isA ? lost.contractAMinor : lost.amountMinor - lost.contractAMinor;
        const paidMinor = wishMinor < own ? wishMinor : own;
        const quote = {
          treatment: `${isA ? paidMinor : 0n}`,
          services: `${isA ? 0n : paidMinor}`,
          fee: "0",
          taken: true,
        };
        const paid = {
          state: "refused",
          amountMinor: paidMinor,
          quote,
          lostBeforeMinor: lostMinor - paidMinor,
        };
        const after = { ...payment, refunds: [before, paid] };
        expect(partsOf(after)).toEqual(partsOf(payment));
        expect(paidByLoss(after)).toEqual({ amountMinor: paidMinor, contractAMinor: isA ? paidMinor : 0n });
      },
    ),
  );
});
