import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { POLICY_VERSION } from "@/lib/bookings/payment-plan";
import { matrixOf, OWN_RULES } from "@/lib/bookings/refund-matrix";
import { CANCEL_CAUSES, isWaiving, WAIVING_CAUSES } from "@/lib/bookings/refund-policy";

const hashOf = (version: string) =>
  createHash("sha256")
    .update(JSON.stringify(matrixOf(version)))
    .digest("hex")
    .slice(0, 16);

it("has rules for the version a booking is made under now", () => {
  expect(matrixOf(POLICY_VERSION).fixed.death.asksForMore).toBe(false);
});

it("never changes the rules of a version that bookings carry: other rules are another version", () => {
  expect({ "2026-11": hashOf("2026-11"), "2026-11b": hashOf("2026-11b") }).toEqual({
    "2026-11": "d881960e2c83c333",
    "2026-11b": "d881960e2c83c333",
  });
});

it("never changes what the name of a service's own rule means: lines keep the name they were sealed with", () => {
  const never = { lessProven: false };
  expect(OWN_RULES).toEqual({
    whole: { ...never, refundBp: 10_000, rule: "whole" },
    less_proven_cost: { lessProven: true, refundBp: 10_000, rule: "less_proven_cost" },
    half: { ...never, refundBp: 5_000, rule: "own_half" },
    supplier_rule: { lessProven: true, refundBp: 0, rule: "own_supplier_rule" },
  });
});

it("takes no other rules in place of those nobody wrote", () => {
  expect(() => matrixOf("2025-01")).toThrow("Nobody has written refund rules of version 2025-01.");
});

it("shares a fee whole, in every version", () => {
  for (const version of ["2026-11", "2026-11b"])
    expect(Object.values(matrixOf(version).feeSlices).reduce((sum, part) => sum + part, 0)).toBe(100);
});

it("asks nobody for more where the rules of the booking waive it", () => {
  const waived = CANCEL_CAUSES.filter((cause) => isWaiving(POLICY_VERSION, cause));
  expect(waived).toContain("death");
  expect(waived).not.toContain("patient_cancels");
  expect(waived.every((cause) => WAIVING_CAUSES.includes(cause))).toBe(true);
});
