import { describe, expect, it } from "vitest";
import { STAGES } from "@/lib/cases/case";
import { BOOKING_STATES } from "@/lib/bookings/booking";
import { mayBill, maySettle, PAST_BILLING, whyNotYet } from "@/lib/payments/bill";

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
