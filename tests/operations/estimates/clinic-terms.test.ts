import { describe, expect, it } from "vitest";
import { clinicTermsFor } from "@/lib/desk/queries/clinic-terms";
import { changeClinicTerms } from "@/lib/estimates/change-clinic-terms";
import { clinicTermsForm } from "@/lib/estimates/clinic-terms-form";
import { estimateFor } from "@/lib/estimates/queries";
import { openDb } from "@/lib/infra/db";
import { isCheckViolation } from "@/lib/infra/db-errors";
import { addDays, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { bookingNow, makeHold, onlyTreatment } from "../../support/bookings";
import { makeClinic } from "../../support/clinics";
import { makeAcceptedCase, makeSentEstimate } from "../../support/estimates";
import { reasonOf, reasonsOf, valueOf } from "../../support/outcomes";
import { makeAdmin, makeFinance } from "../../support/people";
import { makeAnsweredCase } from "../../support/reviews";

const now = new Date();
const today = dayOf(now);
const direct = () => makeClinic({ contractAMode: "direct" });
const formOf = (clinicId: string, more: Record<string, string> = {}) =>
  clinicTermsForm.parse({
    ...{
      clinicId,
      seenMode: "direct",
      seenBp: "1000",
      contractAMode: "held_by_operator",
      prepayment: "12.5",
    },
    ...{ clearanceOn: today, clearanceNote: "Counsel's letter of today, file 7", ...more },
  });

describe("how a centre is paid", () => {
  it("is changed with its clearance and a trace, and read by finance", async () => {
    const [admin, clinic] = [await makeAdmin(), await direct()];
    valueOf(await changeClinicTerms(admin, formOf(clinic.id), now));
    const row = (await clinicTermsFor(await makeFinance())).find(({ id }) => id === clinic.id);
    expect(row).toMatchObject({ contractAMode: "held_by_operator", prepaymentBp: 1_250, clearanceOn: today });
    expect(row?.clearanceNote).toContain("file 7");
    const trace = await openDb().auditEvent.findFirst({
      where: { objectId: clinic.id, actorId: admin.personId },
    });
    expect(trace).toMatchObject({ event: "clinic.terms_changed", facts: { prepaymentBp: 1_250 } });
  });

  it("touches neither what was sent nor what is booked, and holds for what is sent next", async () => {
    const clinic = await direct();
    const accepted = await makeAcceptedCase({ clinic, lines: onlyTreatment });
    const booking = await makeHold(accepted);
    valueOf(await changeClinicTerms(await makeAdmin(), formOf(clinic.id), now));
    expect(await bookingNow(booking.id)).toEqual(booking);
    const sent = await estimateFor(accepted.patient, accepted.estimate.id);
    expect(sent).toMatchObject({ sentTerms: accepted.estimate.sentTerms, hash: accepted.estimate.hash });
    const next = await makeSentEstimate(await makeAnsweredCase({ clinic }), onlyTreatment);
    expect(next.sentTerms).toMatchObject({ contractAMode: "held_by_operator", prepaymentBp: 1_250 });
  });

  it("is refused without a clearance, with one to come, for no centre and to whoever saw other terms", async () => {
    const [admin, clinic] = [await makeAdmin(), await direct()];
    const { clearanceNote: _note, ...bare } = formOf(clinic.id);
    const reason = async (form: Parameters<typeof changeClinicTerms>[1]) =>
      reasonOf(await changeClinicTerms(admin, form, now));
    expect(await reason(bare)).toBe("clearance_missing");
    expect(await reason(formOf(clinic.id, { clearanceOn: addDays(today, 1) }))).toBe("clearance_in_future");
    expect(await reason(formOf(newId()))).toBe("not_found");
    expect(await reason(formOf(clinic.id, { seenBp: "2000" }))).toBe("stale_settings");
    const row = await openDb().clinic.findUniqueOrThrow({ where: { id: clinic.id } });
    expect(row).toMatchObject({ contractAMode: "direct", prepaymentBp: 1_000 });
  });

  it("is changed once of two at once", async () => {
    const clinic = await direct();
    const both = await Promise.all(
      [await makeAdmin(), await makeAdmin()].map((one) => changeClinicTerms(one, formOf(clinic.id), now)),
    );
    expect(reasonsOf(both)).toEqual(["done", "stale_settings"]);
  });

  it("needs day and note in the form too, and a share up to the whole, as the database says", async () => {
    const fits = (more: Record<string, string>) =>
      clinicTermsForm.safeParse({
        ...{ clinicId: newId(), seenMode: "direct", seenBp: "0", contractAMode: "direct", prepayment: "10" },
        ...more,
      }).success;
    expect(fits({})).toBe(true);
    expect(fits({ contractAMode: "held_by_operator" })).toBe(false);
    for (const prepayment of ["101", "-1", "x", ""]) expect(fits({ prepayment })).toBe(false);
    const clinic = await direct();
    const more = openDb().clinic.update({ where: { id: clinic.id }, data: { prepaymentBp: 10_001 } });
    await expect(more).rejects.toSatisfy(isCheckViolation);
  });
});
