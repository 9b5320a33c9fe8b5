import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sumMinor } from "@/lib/kernel/money";
import { chosenLines, type OfferedLine, papersOf } from "@/lib/logistics/booking-parts";
import { estimatePlan } from "@/lib/logistics/estimate-plan";
import { estimatePlanView } from "@/lib/logistics/views/estimate-plan";

const line: fc.Arbitrary<OfferedLine> = fc.record({
  ...{ id: fc.uuid(), contract: fc.constantFrom("A" as const, "B" as const), optional: fc.boolean() },
  ...{ kind: fc.constantFrom("treatment", "hotel", "interpreter"), label: fc.constant(null) },
  ...{ cause: fc.constant("Price list"), quantity: fc.constant(1), unit: fc.constant("piece") },
  ...{ options: fc.constant(null), lowMinor: fc.constant(0n), highMinor: fc.constant(10n ** 11n) },
  expectedMinor: fc.bigInt({ min: 0n, max: 10n ** 10n }),
});
const offer = fc.record({
  lines: fc.uniqueArray(line, { selector: (one) => one.id, maxLength: 12 }),
  contractAMode: fc.constantFrom("direct" as const, "held_by_operator" as const),
  prepaymentBp: fc.nat(10_000),
  wish: fc.nat(4_095),
  treatmentOn: fc.constantFrom("2027-01-05", "2027-06-30", "2026-12-03"),
});
const DUE = "2026-12-01";
const clinic = {
  ...{
    name: "K",
    legalName: "K gGmbH",
    address: "Ring 1",
    paymentTerms: "Invoice",
    cancellationBands: [{ fromDays: 0, keptBp: 5_000 }],
  },
};

describe("the payment plan on an estimate", () => {
  it("asks for the sums the booking of the same lines asks for, in the same order and for the same contracts", () => {
    fc.assert(
      fc.property(offer, ({ lines, contractAMode, prepaymentBp, wish, treatmentOn }) => {
        const services = lines
          .filter((one, at) => one.optional && (wish >> at) % 2 === 1)
          .map(({ id }) => id);
        const chosen = chosenLines(lines, services);
        if (!chosen.ok) throw new Error(chosen.reason);
        const booked = papersOf({
          ...{ lines: chosen.value, currency: "EUR", exclusions: [], estimateHash: "h", treatment: "teer" },
          ...{ treatmentOn, depositDueOn: DUE, patientName: "Anna", bookingNumber: "V-1" },
          clinic: { ...clinic, contractAMode, prepaymentBp },
        }).plan;
        const ahead = estimatePlan(
          { currency: "EUR", lines, clinic: { contractAMode, prepaymentBp } },
          services,
        );
        if (!ahead.ok) throw new Error(ahead.reason);
        const { instalments } = ahead.value;
        const sums = ({ kind, contract, amountMinor, contractAMinor }: (typeof instalments)[number]) => ({
          ...{ kind, contract, amountMinor, contractAMinor },
        });
        expect(instalments.map(sums)).toEqual(
          booked.map(({ dueOn: _dueOn, state: _state, ...item }) => item),
        );
        expect(instalments.map(({ rule }) => rule === "on_signing")).toEqual(
          booked.map(({ state }) => state === "due"),
        );
        const agreed = sumMinor(chosen.value.map((one) => one.expectedMinor));
        expect(sumMinor(instalments.map((one) => one.amountMinor)) + ahead.value.toHospitalMinor).toBe(
          agreed,
        );
      }),
    );
  });

  const treatment = { id: "t", contract: "A", optional: false, expectedMinor: 3_000_000n } as const;
  const fee = { id: "f", contract: "B", optional: false, expectedMinor: 240_000n } as const;
  const plan = (contractAMode: "direct" | "held_by_operator") => {
    const made = estimatePlan(
      { currency: "EUR", lines: [treatment, fee], clinic: { contractAMode, prepaymentBp: 1_000 } },
      [],
    );
    if (!made.ok) throw new Error(made.reason);
    return estimatePlanView("e", made.value);
  };

  it("says which part of which contract the deposit is, and by which rule the rest falls due", () => {
    const { items, toHospital } = plan("held_by_operator");
    expect(toHospital).toBeNull();
    expect(items.map((item) => [item.kind, item.amount.amount, item.due])).toEqual([
      ["deposit", 348_000, { rule: "on_signing", days: null }],
      ["balance", 192_000, { rule: "before_treatment", days: 14 }],
      ["balance", 2_700_000, { rule: "before_treatment", days: 14 }],
    ]);
    expect(items[0]?.covers.map(({ contract, shareBp }) => [contract, shareBp])).toEqual([
      ["A", 1_000],
      ["B", 2_000],
    ]);
  });

  it("says what goes to a hospital that is paid directly, and asks nothing of it here", () => {
    const { items, toHospital, total } = plan("direct");
    expect(toHospital).toEqual({ amount: 3_000_000, currency: "EUR" });
    expect(total.amount).toBe(240_000);
    expect(items.every((item) => item.contract === "B")).toBe(true);
  });

  it("refuses a service of another estimate", () => {
    const terms = { contractAMode: "direct", prepaymentBp: 0 } as const;
    expect(estimatePlan({ currency: "EUR", lines: [fee], clinic: terms }, ["x"])).toMatchObject({
      reason: "invalid_services",
    });
  });
});
