import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "@/lib/kernel/day";
import { sumMinor } from "@/lib/kernel/money";
import { type PlanFacts, planOf, portalTotals } from "@/lib/bookings/payment-plan";

const lines = fc.array(
  fc.record({
    contract: fc.constantFrom("A" as const, "B" as const),
    amountMinor: fc.bigInt({ min: 0n, max: 10n ** 10n }),
  }),
  { maxLength: 20 },
);
const facts: fc.Arbitrary<PlanFacts> = fc.record({
  lines,
  contractAMode: fc.constantFrom("direct" as const, "held_by_operator" as const),
  prepaymentBp: fc.nat(10_000),
  treatmentOn: fc.constantFrom("2027-01-05", "2027-06-30", "2026-12-05"),
  depositDueOn: fc.constant("2026-12-01"),
});

describe("the payment plan", () => {
  it("adds up to what goes through the portal, in each contract, and never to less than nothing", () => {
    fc.assert(
      fc.property(facts, (given) => {
        const plan = planOf(given);
        const totals = portalTotals(given);
        expect(sumMinor(plan.map((item) => item.amountMinor))).toBe(totals.A + totals.B);
        expect(sumMinor(plan.map((item) => item.contractAMinor))).toBe(totals.A);
        expect(plan.every((item) => item.amountMinor > 0n && item.contractAMinor <= item.amountMinor)).toBe(
          true,
        );
        expect(plan.every((item) => item.dueOn >= "2026-12-01")).toBe(true);
      }),
    );
  });

  it("asks for a deposit first whenever anything is paid here", () => {
    fc.assert(
      fc.property(facts, (given) => {
        const totals = portalTotals(given);
        const [first] = planOf(given);
        if (totals.A + totals.B === 0n) expect(first).toBeUndefined();
        else expect(first).toMatchObject({ kind: "deposit", state: "due" });
      }),
    );
  });

  it("asks for nothing after the day before the treatment, however near that is held", () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: 0, max: 40 }), (given, after) => {
        const treatmentOn = addDays(given.depositDueOn, after - 5);
        const plan = planOf({ ...given, treatmentOn });
        expect(plan.filter((item) => item.dueOn >= treatmentOn)).toEqual([]);
      }),
    );
  });

  const usual: PlanFacts = {
    lines: [
      { contract: "A", amountMinor: 3_000_000n },
      { contract: "B", amountMinor: 284_000n },
    ],
    contractAMode: "held_by_operator",
    prepaymentBp: 1_000,
    treatmentOn: "2027-02-15",
    depositDueOn: "2026-12-01",
  };

  it("takes a fifth of contract B and the centre's prepayment, the rest 14 days before", () => {
    expect(planOf(usual)).toEqual([
      {
        kind: "deposit",
        contract: "B",
        amountMinor: 356_800n,
        contractAMinor: 300_000n,
        dueOn: "2026-12-01",
        state: "due",
      },
      {
        kind: "balance",
        contract: "B",
        amountMinor: 227_200n,
        contractAMinor: 0n,
        dueOn: "2027-02-01",
        state: "planned",
      },
      {
        kind: "balance",
        contract: "A",
        amountMinor: 2_700_000n,
        contractAMinor: 2_700_000n,
        dueOn: "2027-02-01",
        state: "planned",
      },
    ]);
  });

  it("asks for nothing of contract A where the hospital is paid directly", () => {
    const plan = planOf({ ...usual, contractAMode: "direct" });
    expect(plan.map((item) => [item.kind, item.amountMinor])).toEqual([
      ["deposit", 56_800n],
      ["balance", 227_200n],
    ]);
  });

  it("takes a fifth of contract A when there is nothing else to take", () => {
    const [deposit] = planOf({ ...usual, lines: [{ contract: "A", amountMinor: 1_000n }], prepaymentBp: 0 });
    expect(deposit).toMatchObject({ contract: "A", amountMinor: 200n, contractAMinor: 200n });
    const [tiny] = planOf({ ...usual, lines: [{ contract: "B", amountMinor: 1n }] });
    expect(tiny).toMatchObject({ amountMinor: 1n });
  });

  it("asks for sums a card takes wherever the contracts have them, and adds up all the same", () => {
    fc.assert(
      fc.property(facts, (given) => {
        const plan = planOf({ ...given, stepMinor: 10n });
        const totals = portalTotals(given);
        expect(sumMinor(plan.map((item) => item.amountMinor))).toBe(totals.A + totals.B);
        expect(sumMinor(plan.map((item) => item.contractAMinor))).toBe(totals.A);
        const [deposit] = plan;
        const exact = planOf(given)[0];
        if (!deposit || !exact) return;
        expect(deposit.amountMinor - exact.amountMinor < 20n).toBe(true);
        const roomB = totals.B - (exact.amountMinor - exact.contractAMinor);
        if (deposit.contract === "B" && roomB >= 10n) expect(deposit.amountMinor % 10n).toBe(0n);
      }),
    );
  });

  it("asks for a deposit in dinars that a card takes, and leaves what none takes to the last instalment", () => {
    const dinars = { ...usual, stepMinor: 10n, lines: [{ contract: "B" as const, amountMinor: 82_620n }] };
    expect(planOf(dinars).map((item) => item.amountMinor)).toEqual([16_530n, 66_090n]);
    const both = [...dinars.lines, { contract: "A" as const, amountMinor: 1_000_007n }];
    const plan = planOf({ ...dinars, lines: both, prepaymentBp: 1_111 });
    expect(plan.map((item) => Number(item.amountMinor % 10n))).toEqual([0, 0, 7]);
    const lone = { ...dinars, lines: [{ contract: "B" as const, amountMinor: 7n }] };
    expect(planOf(lone).map((item) => item.amountMinor)).toEqual([1n, 6n]);
  });
});
