import fc from "fast-check";
import { expect, it } from "vitest";
import { sumMinor } from "@/lib/kernel/money";
import { quoteRefund, type RefundFacts, type RefundLine } from "@/lib/bookings/refund-policy";
import { partsOf, takenOf } from "@/lib/bookings/taken";

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
  const one = (state: string, amountMinor: bigint, contractAMinor: bigint) => ({
    ...{ state, amountMinor, contractAMinor },
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

it("splits a payment its bank took a part of into what is gone and what is here, to the last unit", () => {
  const amounts = fc.tuple(
    fc.bigInt({ min: 1n, max: 10n ** 10n }),
    fc.bigInt({ min: 0n, max: 10_000n }),
    fc.bigInt({ min: 0n, max: 10_000n }),
    fc.bigInt({ min: 0n, max: 10_000n }),
    fc.bigInt({ min: 1n, max: 10_000n }),
  );
  fc.assert(
    fc.property(amounts, fc.boolean(), ([amountMinor, a, back, backA, taken], isAsked) => {
      const contractAMinor = (amountMinor * a) / 10_000n;
      const refundedMinor = (amountMinor * back) / 10_000n;
      const lostMinor = (amountMinor * taken) / 10_000n;
      const quote = { treatment: `${(refundedMinor * backA) / 10_000n}`, services: "0", fee: "0" };
      const payment = {
        ...{ amountMinor, contractAMinor, lostMinor, openDisputes: isAsked ? ["second"] : [] },
        refunds: [{ amountMinor: refundedMinor, quote }],
      };
      const parts = partsOf({ ...payment, state: "lost" });
      const sum = (of: (part: (typeof parts)[number]) => bigint) => sumMinor(parts.map(of));
      expect(sum((part) => part.amountMinor)).toBe(amountMinor);
      expect(sum((part) => part.contractAMinor)).toBe(contractAMinor);
      expect(
        parts.every((part) => part.contractAMinor >= 0n && part.contractAMinor <= part.amountMinor),
      ).toBe(true);
      const [gone, rest] = parts;
      expect(gone).toMatchObject({ state: "lost", amountMinor: lostMinor });
      if (rest) expect(rest.state).toBe(isAsked ? "disputed" : "won");
      expect(partsOf({ ...payment, state: "won" })).toEqual([{ state: "won", amountMinor, contractAMinor }]);
    }),
  );
});

it("takes from a contract no more than was still here of it, as long as the other one has some", () => {
  const payment = { amountMinor: 540_000n, contractAMinor: 300_000n, state: "lost", openDisputes: [] };
  const lostOf = (lostMinor: bigint, refunds: { amountMinor: bigint; quote: unknown }[]) =>
    partsOf({ ...payment, lostMinor, refunds })[0]?.contractAMinor;
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
});
