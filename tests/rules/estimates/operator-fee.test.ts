import { describe, expect, it } from "vitest";
import { differsFromFee, feeIn, feeOf } from "@/lib/estimates/operator-fee";

const fee = (expectedMinor: bigint) => ({ kind: "operator_fee", expectedMinor });
const ride = { kind: "transfer_arrival", expectedMinor: 9_500n };

describe("the operator's fee", () => {
  it("is what the setting says, in euro", () => {
    expect(feeOf({ amount: 180_000, currency: "EUR" })).toBe(180_000n);
    expect(feeOf({ amount: 0, currency: "EUR" })).toBe(0n);
  });

  it.each([[null], ["240000"], [{ amount: -1, currency: "EUR" }], [{ amount: 1, currency: "USD" }]])(
    "stays what it was where the setting is no sum in euro: %j",
    (value) => {
      expect(feeOf(value)).toBe(240_000n);
    },
  );

  it("is converted by the rate of the day, and unknown without one", () => {
    expect(feeIn("EUR", 240_000n, null)).toBe(240_000n);
    expect(feeIn("JPY", 240_000n, "160")).toBe(384_000n);
    expect(feeIn("JPY", 240_000n, null)).toBeNull();
    expect(feeIn("QQQ", 240_000n, "1")).toBeNull();
  });

  it("differs to the cent in euro, and beyond a hundredth in another currency", () => {
    expect(differsFromFee([fee(240_000n), ride], "EUR", 240_000n)).toBe(false);
    expect(differsFromFee([fee(240_001n), ride], "EUR", 240_000n)).toBe(true);
    expect(differsFromFee([ride], "EUR", 240_000n)).toBe(true);
    expect(differsFromFee([fee(200_000n), fee(40_000n)], "EUR", 240_000n)).toBe(false);
    expect(differsFromFee([fee(1_939_200n)], "CNY", 1_920_000n)).toBe(false);
    expect(differsFromFee([fee(1_939_201n)], "CNY", 1_920_000n)).toBe(true);
  });
});
