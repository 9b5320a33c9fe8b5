import fc from "fast-check";
import { expect, it } from "vitest";
import { addDays } from "@/lib/kernel/day";
import { allocate, CURRENCIES, exponentOf, share, sumMinor } from "@/lib/kernel/money";
import { CANCEL_CAUSES, type EndCause, quoteRefund } from "@/lib/bookings/refund-policy";
import { POLICY_VERSION } from "@/lib/bookings/payment-plan";
import { type FeeSlice, matrixOf } from "@/lib/bookings/refund-matrix";
import { splitRefund } from "@/lib/payments/ledger";
import worked from "@/tests/support/refund-cases.json";

const TREATMENT_ON = "2027-02-15";
const BANDS = [
  { fromDays: 14, keptBp: 1_000 },
  { fromDays: 7, keptBp: 2_500 },
  { fromDays: 0, keptBp: 5_000 },
];

const { feeSlices } = matrixOf(POLICY_VERSION);
const { lines, cases } = worked;
type Case = (typeof cases)[number];

function quoted(one: Case) {
  const proven: Record<string, number | undefined> = one.proven;
  return quoteRefund({
    policyVersion: POLICY_VERSION,
    cause: one.cause as EndCause,
    on: addDays(TREATMENT_ON, -one.days),
    treatmentOn: TREATMENT_ON,
    bands: BANDS,
    lines: lines[one.currency as "EUR"].map(({ kind, contract, amountMinor }) => ({
      ...{ lineId: kind, kind, contract: contract as "A" | "B", amountMinor: BigInt(amountMinor) },
      delivered: one.delivered.some((name) => name === kind),
      ...(proven[kind] === undefined ? {} : { provenMinor: BigInt(proven[kind]) }),
    })),
    deliveredSlices: one.slices as FeeSlice[],
    paid: { A: BigInt(one.paid[0] ?? 0), B: BigInt(one.paid[1] ?? 0) },
    contractAMode: one.mode as "direct" | "held_by_operator",
  });
}

it.each(cases.map((one, index) => [index + 1, `${one.cause} ${one.days} ${one.currency}`, one] as const))(
  "works case %i as by hand: %s",
  (_number, _name, one) => {
    const { contracts, total, daysBefore } = quoted(one);
    expect(daysBefore).toBe(one.days);
    expect([contracts.A.keptMinor, contracts.B.keptMinor].map(Number), one.how).toEqual(one.kept);
    expect([contracts.A.refundMinor, contracts.B.refundMinor].map(Number), one.how).toEqual(one.back);
    expect(Number(total.owedMinor)).toBe(one.owed);
  },
);

it("has a case for every cause in currencies of no, two and three decimals", () => {
  expect(cases.length).toBeGreaterThanOrEqual(60);
  const causes = new Set(cases.map((one) => one.cause));
  expect([...CANCEL_CAUSES, "withdrawal"].filter((cause) => !causes.has(cause))).toEqual([]);
  expect(new Set(cases.map((one) => exponentOf(one.currency as "EUR")))).toEqual(new Set([0, 2, 3]));
});

const minor = fc.bigInt({ min: 0n, max: 10n ** 12n });

it("splits a sum so that its parts are the whole, in every currency", () => {
  fc.assert(
    fc.property(
      ...[fc.constantFrom(...CURRENCIES), minor, fc.integer({ min: 0, max: 10_000 })],
      fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 6 }).filter((weights) => weights.some(Boolean)),
      (currency, amountMinor, basisPoints, weights) => {
        expect(exponentOf(currency)).toBeLessThanOrEqual(3);
        expect(sumMinor(allocate(amountMinor, weights))).toBe(amountMinor);
        expect(sumMinor(allocate(amountMinor, Object.values(feeSlices)))).toBe(amountMinor);
        // What comes back and what is kept of a share are the whole, however the half is rounded.
        const back = share(amountMinor, basisPoints);
        const kept = amountMinor - back;
        expect(back >= 0n && kept >= 0n).toBe(true);
        expect(back * 10_000n - amountMinor * BigInt(basisPoints)).toSatisfy(
          (off: bigint) => off <= 5_000n && off > -5_000n,
        );
      },
    ),
    { numRuns: 2_000 },
  );
});

it("takes a refund out of the pockets without losing a unit, and never more than they hold", () => {
  const pockets = fc.record({ treatmentMinor: minor, servicesMinor: minor, feeMinor: minor });
  fc.assert(
    fc.property(minor, pockets, pockets, (amountMinor, wish, held) => {
      const split = splitRefund(amountMinor, wish, held);
      const all = sumMinor([held.treatmentMinor, held.servicesMinor, held.feeMinor]);
      const taken = sumMinor([split.treatmentMinor, split.servicesMinor, split.feeMinor]);
      expect(taken).toBe(amountMinor < all ? amountMinor : all);
      for (const pocket of ["treatmentMinor", "servicesMinor", "feeMinor"] as const) {
        expect(split[pocket] >= 0n && split[pocket] <= held[pocket]).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});

it("gives who does not come no more than who cancels on the day itself, once every supplier has said its cost", () => {
  const names = lines.EUR.map(({ kind }) => kind);
  const settled = fc.record({
    currency: fc.constantFrom("EUR", "JPY", "KWD"),
    delivered: fc.subarray(names),
    slices: fc.subarray(Object.keys(feeSlices)),
    costs: fc.array(fc.nat(20_000_000), { minLength: names.length, maxLength: names.length }),
    paid: fc.tuple(fc.nat(20_000_000), fc.nat(1_000_000)),
    mode: fc.constantFrom("direct", "held_by_operator"),
  });
  fc.assert(
    fc.property(settled, ({ costs, ...one }) => {
      const proven = Object.fromEntries(names.map((name, index) => [name, costs[index]]));
      const ended = (cause: EndCause) =>
        quoted({ ...cases[0], ...one, cause, days: 0, proven } as unknown as Case).total;
      expect(ended("no_show").refundMinor <= ended("patient_cancels").refundMinor).toBe(true);
      expect(ended("no_show").owedMinor >= ended("patient_cancels").owedMinor).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
