import { describe, expect, it } from "vitest";
import { STAGES } from "@/lib/cases/case";
import { maySettle, whyNotYet } from "@/lib/payments/bill";

describe("an account that may not be closed yet", () => {
  it("waits for what the case or the booking has not come to", () => {
    expect(whyNotYet("cancelled", "settling")).toBe("not_confirmed");
    expect(whyNotYet("awaiting_centre", "treated")).toBe("not_confirmed");
    expect(whyNotYet("confirmed", "on_site")).toBe("not_treated");
    expect(whyNotYet("confirmed", "treated")).toBe("not_discharged");
    expect(whyNotYet("completed", "deceased")).toBe("case_ended");
    expect(whyNotYet("completed", "closed")).toBe("case_ended");
  });

  it("waits for its discharge at no stage at which it may be closed but that of treatment", () => {
    const waiting = STAGES.filter(
      (stage) => !maySettle("confirmed", stage) && whyNotYet("confirmed", stage) === "not_discharged",
    );
    expect(waiting).toEqual(["treated"]);
  });
});
