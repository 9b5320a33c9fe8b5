import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DISPUTE_REASONS, disputeReason, disputeState } from "@/lib/payments/dispute";

describe("a dispute", () => {
  it("needs an answer until one was given or the bank decided, as an inquiry does", () => {
    expect(["needs_response", "warning_needs_response"].map(disputeState)).toEqual([
      "needs_answer",
      "needs_answer",
    ]);
    expect(["under_review", "warning_under_review"].map(disputeState)).toEqual(["answered", "answered"]);
    expect(["won", "lost"].map(disputeState)).toEqual(["won", "lost"]);
  });

  it("asks a person to look when the provider's word is new, and has a sentence for every reason", () => {
    fc.assert(
      fc.property(fc.string(), (word) => {
        expect(DISPUTE_REASONS).toContain(disputeReason(`x${word}`));
        expect(disputeState(`x${word}`)).toBe("needs_answer");
      }),
    );
    expect(disputeReason("unrecognized")).toBe("fraudulent");
    expect(disputeReason("product_not_received")).toBe("not_received");
    expect(disputeReason("general")).toBe("other");
  });
});
