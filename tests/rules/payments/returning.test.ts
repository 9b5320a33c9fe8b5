import { describe, expect, it } from "vitest";
import { returningOf } from "@/lib/payments/returning-view";

const now = new Date("2026-11-20T12:00:00Z");
const refund = (state: string, amount: number, at = "2026-11-20T10:00:00Z", currency = "EUR") => ({
  ...{ type: "refund" as const, stray: false, state, at },
  amount: { amount, currency },
});

describe("what comes back of an ended booking", () => {
  it("is summed by how far it is, and checked by the next working day", () => {
    const payment = { ...refund("succeeded", 1_053_600), type: "payment" as const };
    expect(
      returningOf([payment, refund("calculated", 1_000_000), refund("calculated", 20_000)], now),
    ).toEqual([
      // Calculated on a Friday.
      { state: "toCheck", amount: 1_020_000, currency: "EUR", checkedBy: "2026-11-23" },
    ]);
    const all = [refund("settled", 1), refund("sent", 2), refund("approved", 4), refund("failed", 8)];
    expect(returningOf(all, now).map(({ state, amount }) => [state, amount])).toEqual([
      ["onItsWay", 6],
      ["sent", 1],
      ["stuck", 8],
    ]);
  });

  it("counts no transfer that paid nothing of it and was sent back", () => {
    const stray = { ...refund("settled", 2_358_000), stray: true };
    expect(returningOf([refund("settled", 100), stray], now).map(({ amount }) => amount)).toEqual([100]);
    expect(returningOf([stray], now)).toEqual([]);
  });

  it("names no day that is over, no refused sum, and adds no two currencies", () => {
    const late = refund("calculated", 500, "2026-11-10T10:00:00Z");
    expect(returningOf([late, refund("refused", 900)], now)).toEqual([
      { state: "toCheck", amount: 500, currency: "EUR", checkedBy: null },
    ]);
    const two = returningOf([refund("settled", 5), refund("settled", 7, undefined, "USD")], now);
    expect(two.map(({ currency, amount }) => [currency, amount])).toEqual([
      ["EUR", 5],
      ["USD", 7],
    ]);
    expect(returningOf([], now)).toEqual([]);
  });
});
