import { describe, expect, it } from "vitest";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { estimateStart } from "@/lib/desk/queries/estimate";
import { offerOfEstimate } from "@/lib/estimates/queries";
import { openDb } from "@/lib/infra/db";
import { holdBooking } from "@/lib/logistics/hold-booking";
import { daysToHold } from "@/lib/logistics/queries";
import { holdForm, onlyTreatment } from "../../support/bookings";
import { makeClinic } from "../../support/clinics";
import { line, makeAcceptedCase } from "../../support/estimates";
import { makePatient } from "../../support/people";
import { join } from "../../support/waiting";

const REPAIR = "surgical-repair";

/** A centre that clips, which also repairs: a day and a price of its own. */
async function makeBoth() {
  const clinic = await makeClinic();
  const on = dateOf(addDays(dayOf(new Date()), 60));
  const slot = await openDb().procedureSlot.create({
    data: { clinicId: clinic.id, treatment: REPAIR, capacity: 1, on },
  });
  const [clip] = clinic.procedures;
  if (!clip) throw new Error("The centre has no procedure.");
  const { id: _, ...price } = clip;
  const dear = { lowMinor: 5_000_000n, expectedMinor: 5_500_000n, highMinor: 6_000_000n };
  await openDb().clinicProcedure.create({ data: { ...price, ...dear, treatment: REPAIR } });
  return { clinic, repairId: slot.id };
}

const now = () => new Date();

describe("a yes to another treatment than the wished one", () => {
  it("is held as what was answered, and never as what was wished", async () => {
    const { clinic, repairId } = await makeBoth();
    const accepted = await makeAcceptedCase({
      ...{ clinic, lines: onlyTreatment, answer: { proposedTreatment: REPAIR } },
    });
    expect(await holdBooking(accepted.patient, holdForm(accepted), now())).toMatchObject({
      reason: "invalid_slot",
    });
    const held = await holdBooking(accepted.patient, holdForm(accepted, { slotId: repairId }), now());
    expect(held).toMatchObject({ ok: true, value: { slot: { treatment: REPAIR } } });
    expect(held.ok && held.value.contracts[0]?.text).toContain("Valve repair by surgery");
  });

  it("is held as what the estimate's lines name, whatever was answered", async () => {
    const { clinic, repairId } = await makeBoth();
    const options = { treatment: REPAIR };
    const lines = [line("treatment", 5_500_000, { contract: "A", options }), line("operator_fee", 200_000)];
    const accepted = await makeAcceptedCase({ clinic, lines, answer: { proposedTreatment: "teer" } });
    expect(await holdBooking(accepted.patient, holdForm(accepted), now())).toMatchObject({
      reason: "invalid_slot",
    });
    const held = await holdBooking(accepted.patient, holdForm(accepted, { slotId: repairId }), now());
    expect(held).toMatchObject({ ok: true });
  });

  it("is waited for as what was answered", async () => {
    const { clinic } = await makeBoth();
    const accepted = await makeAcceptedCase({ clinic, answer: { proposedTreatment: REPAIR } });
    expect(await join(accepted)).toMatchObject({ reason: "invalid_treatment" });
    const from = dayOf(clinic.slots[0]?.on ?? now());
    expect(await join(accepted, 1, { treatment: REPAIR, fromOn: from, toOn: from })).toMatchObject({
      ok: true,
    });
  });

  it("is shown the days of what was answered, and a stranger learns nothing of it", async () => {
    const { clinic, repairId } = await makeBoth();
    const { patient, estimate } = await makeAcceptedCase({ clinic, answer: { proposedTreatment: REPAIR } });
    const offered = { id: estimate.id, clinic: clinic.slug };
    const between = { from: dayOf(now()), to: addDays(dayOf(now()), 90) };
    const shown = await daysToHold(patient, offered, between, now());
    expect(shown.treatments).toEqual([REPAIR]);
    expect(shown.slots.map(({ slotId }) => slotId)).toEqual([repairId]);
    expect(await offerOfEstimate(await makePatient("stranger"), estimate.id)).toBeNull();
  });

  it("begins its estimate with the price of what was answered", async () => {
    const { clinic } = await makeBoth();
    const { owner, caseId, reviewId } = await makeAcceptedCase({
      ...{ clinic, answer: { proposedTreatment: REPAIR } },
    });
    const start = await estimateStart(owner, caseId, reviewId);
    expect(start?.price?.expectedMinor).toBe(5_500_000n);
  });
});
