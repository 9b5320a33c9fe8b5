import { describe, expect, it } from "vitest";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { publishedClinic } from "@/lib/clinics/published";
import { openDb } from "@/lib/infra/db";
import { makeHold, onlyTreatment } from "../../support/bookings";
import { makeClinic } from "../../support/clinics";
import { makeAcceptedCase } from "../../support/estimates";

const today = dayOf(new Date());
const clear = (id: string, heldClearanceOn: Date | null) =>
  openDb().clinic.update({ where: { id }, data: { heldClearanceOn } });

describe("money of the treatment", () => {
  it("is held by the operator once the clearance is recorded, from its day on", async () => {
    const clinic = await makeClinic();
    const one = await makeAcceptedCase({ clinic, lines: onlyTreatment });
    const held = await makeHold(one);
    expect(held.contractAMode).toBe("held_by_operator");
    expect(held.contracts[0]?.text).toContain("through the portal");
  });

  it("is paid to the hospital while the clearance begins later: nothing of it is asked for here", async () => {
    const clinic = await makeClinic();
    await clear(clinic.id, dateOf(addDays(today, 1)));
    const one = await makeAcceptedCase({ clinic, lines: onlyTreatment });
    expect(one.estimate.clinic.contractAMode).toBe("direct");
    const held = await makeHold(one);
    expect(held.contractAMode).toBe("direct");
    expect(held.planItems.every((item) => item.contractAMinor === 0n)).toBe(true);
    expect(held.contracts[0]?.text).not.toContain("through the portal");
    const shown = await publishedClinic(clinic.slug, new Date());
    expect(shown?.payment.treatmentPaidTo).toBe("hospital");
  });

  it("is never set to be held where no clearance was recorded", async () => {
    const clinic = await makeClinic();
    await expect(clear(clinic.id, null)).rejects.toThrow("held_money_is_cleared");
  });
});
