import { expect, it } from "vitest";
import { POLICY_VERSION } from "@/lib/bookings/payment-plan";
import { quoteRefund, type RefundFacts, type RefundLine } from "@/lib/bookings/refund-policy";
import type { OwnRule } from "@/lib/estimates/line-rule";

const lines: RefundLine[] = [
  { lineId: "a", kind: "treatment", contract: "A", amountMinor: 3_000_000n, delivered: false },
  { lineId: "c", kind: "operator_fee", contract: "B", amountMinor: 200_000n, delivered: false },
  { lineId: "d", kind: "interpreter", contract: "B", amountMinor: 60_000n, delivered: false },
  { lineId: "e", kind: "translation", contract: "B", amountMinor: 24_000n, delivered: true },
];

const usual: RefundFacts = {
  policyVersion: POLICY_VERSION,
  cause: "patient_cancels",
  on: "2027-01-01",
  treatmentOn: "2027-02-15",
  bands: [],
  lines,
  deliveredSlices: ["papers"],
  paid: { A: 3_000_000n, B: 284_000n },
  contractAMode: "held_by_operator",
};

it("goes by a service's own rule on every day somebody cancels or does not come, and by the house's else", () => {
  const kept = (ownRule: OwnRule | null, given: Partial<RefundFacts> = {}, provenMinor?: bigint) => {
    const own = lines.map((line) =>
      line.kind === "interpreter"
        ? { ...line, ownRule, ...(provenMinor === undefined ? {} : { provenMinor }) }
        : line,
    );
    const part = quoteRefund({ ...usual, lines: own, ...given }).parts.find(
      (one) => one.kind === "interpreter",
    );
    return [part?.keptMinor, part?.rule];
  };
  const near = { on: "2027-02-14" };
  expect(kept("whole", near)).toEqual([0n, "whole"]);
  expect(kept("whole", { cause: "no_show" }, 9_000n)).toEqual([0n, "whole"]);
  expect(kept("half")).toEqual([30_000n, "own_half"]);
  expect(kept("less_proven_cost", near)).toEqual([0n, "less_proven_cost"]);
  expect(kept("less_proven_cost", near, 9_000n)).toEqual([9_000n, "less_proven_cost"]);
  expect(kept("supplier_rule")).toEqual([60_000n, "own_supplier_rule"]);
  expect(kept("supplier_rule", {}, 9_000n)).toEqual([9_000n, "own_supplier_rule"]);
  for (const cause of ["visa_refused", "centre_declines", "death", "operator_failure", "withdrawal"] as const)
    expect(kept("supplier_rule", { cause })).toEqual(kept(null, { cause }));
  const delivered = lines.map((line) => ({ ...line, ownRule: "whole" as const }));
  const { parts } = quoteRefund({ ...usual, lines: delivered });
  expect(parts.find(({ kind }) => kind === "translation")).toMatchObject({
    keptMinor: 24_000n,
    rule: "delivered",
  });
  expect(parts.find(({ kind }) => kind === "operator_fee")).toMatchObject({ keptMinor: 50_000n });
  expect(parts.find(({ kind }) => kind === "treatment")).toMatchObject({ rule: "less_proven_cost" });
});
