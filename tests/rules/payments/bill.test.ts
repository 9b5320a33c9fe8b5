import { describe, expect, it } from "vitest";
import { STAGES } from "@/lib/cases/case";
import { BOOKING_STATES } from "@/lib/bookings/booking";
import { backBy, mayBill, maySettle, PAST_BILLING, whyNotYet } from "@/lib/payments/bill";

describe("an account that may not be closed yet", () => {
  it("waits for what the case or the booking has not come to", () => {
    expect(whyNotYet("cancelled", "settling")).toBe("not_confirmed");
    expect(whyNotYet("awaiting_centre", "treated")).toBe("not_confirmed");
    expect(whyNotYet("confirmed", "on_site")).toBe("not_treated");
    expect(whyNotYet("confirmed", "treated")).toBe("not_discharged");
    expect(whyNotYet("completed", "deceased")).toBe("case_ended");
    expect(whyNotYet("completed", "transferred")).toBe("case_ended");
    expect(whyNotYet("completed", "closed")).toBe("case_ended");
  });

  it("waits for its discharge at no stage at which it may be closed but that of treatment", () => {
    const waiting = STAGES.filter(
      (stage) =>
        !maySettle({ state: "confirmed", isTreated: true }, stage) &&
        whyNotYet("confirmed", stage) === "not_discharged",
    );
    expect(waiting).toEqual(["treated"]);
  });
});

describe("a treatment done before a death", () => {
  it("is billed and settled, whatever became of the rest of its booking", () => {
    const open = BOOKING_STATES.filter((state) => mayBill({ state, isTreated: true }, "deceased"));
    expect(open).toEqual(["confirmed", "completed", "cancelled"]);
    for (const state of open) expect(maySettle({ state, isTreated: true }, "deceased")).toBe(true);
  });

  it("is not billed where it was not done, and at no other end of a case", () => {
    expect(mayBill({ state: "confirmed", isTreated: false }, "deceased")).toBe(false);
    expect(PAST_BILLING).toEqual(["closed", "cancelled", "no_offer", "transferred"]);
    for (const stage of PAST_BILLING)
      expect(mayBill({ state: "completed", isTreated: true }, stage)).toBe(false);
  });
});

describe("the day by which a surplus is on its way back", () => {
  const day = (day: number) => new Date(Date.UTC(2026, 10, day, 9));
  const bill = (id: string, entered: number, more: { checked?: number; corrects?: string } = {}) => ({
    ...{ id, state: "confirmed" as const, correctsId: more.corrects ?? null, enteredAt: day(entered) },
    checkedAt: more.checked === undefined ? null : day(more.checked),
  });

  it("lies five days after the last bill that counts, a letter from its second person's yes on", () => {
    expect(backBy([bill("1", 2)], day(1))).toEqual(day(7));
    expect(backBy([bill("1", 2, { checked: 4 })], day(1))).toEqual(day(9));
    expect(backBy([bill("1", 2), bill("2", 6, { corrects: "1" })], day(1))).toEqual(day(11));
    expect(backBy([bill("1", 2), { ...bill("2", 6), state: "rejected" as const }], day(1))).toEqual(day(7));
  });

  it("lies five days after the discharge where the bill was there before, and is none without a bill", () => {
    expect(backBy([bill("1", 2)], day(10))).toEqual(day(15));
    expect(backBy([{ ...bill("1", 2), state: "entered" as const }], day(10))).toBeNull();
  });
});
