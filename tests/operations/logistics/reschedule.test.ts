import { describe, expect, it } from "vitest";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { confirmBooking } from "@/lib/bookings/confirm-booking";
import { asPerson, openDb } from "@/lib/infra/db";
import { createTransfer } from "@/lib/logistics/create-transfer";
import { createTransferForm, logisticsEventForm, rescheduleForm } from "@/lib/logistics/forms";
import { moveTransfer } from "@/lib/logistics/move-transfer";
import { rescheduleBooking } from "@/lib/logistics/reschedule-booking";
import { bookingNow, makeHold, makePaid, onlyTreatment } from "../../support/bookings";
import { makeClinic, makeResource } from "../../support/clinics";
import { line, makeAcceptedCase } from "../../support/estimates";
import { liveClaims, newCity, newLanguage, slotNow } from "../../support/holds";
import { makeCoordinator, makeManager, makePatient, testSystem } from "../../support/people";

type Accepted = Awaited<ReturnType<typeof makeAcceptedCase>>;

const withTrip = [...onlyTreatment, line("transfer_arrival", 9_000), line("interpreter", 24_000)];
const caseNow = (id: string) => asPerson(testSystem, (tx) => tx.case.findUniqueOrThrow({ where: { id } }));
const now = () => new Date();
const to = (accepted: Accepted, day: number, more: Record<string, unknown> = {}) =>
  rescheduleForm.parse({ slotId: accepted.clinic.slots[day]?.id, ...more });

/** A paid booking on the first day of its centre, with a driver and an interpreter of its own. */
async function makeTrip() {
  const place = newCity();
  const language = newLanguage();
  const accepted = await makeAcceptedCase({ clinicWish: place, lines: withTrip });
  await makeResource("driver", place);
  await makeResource("interpreter", { ...place, languages: ["de", language] });
  const paid = await makePaid(accepted, { language, flight: "LH 631" });
  return { accepted, paid, place, language };
}

describe("moving a paid booking to another day", () => {
  it("wins the new day and people and lets the old ones go, in one act", async () => {
    const { accepted, paid } = await makeTrip();
    const manager = await makeManager(accepted.clinic.id);
    await confirmBooking(manager, paid.id, now());
    const moved = await rescheduleBooking(accepted.patient, paid.id, to(accepted, 2), now());
    const [oldSlot, , newSlot] = accepted.clinic.slots;
    expect(moved).toMatchObject({
      value: { state: "awaiting_centre", slotId: newSlot?.id, number: paid.number },
    });
    expect(await slotNow(oldSlot?.id)).toMatchObject({ taken: 0 });
    expect(await slotNow(newSlot?.id)).toMatchObject({ taken: 1 });
    expect(await liveClaims(paid.id)).toBe(3);
    const after = await bookingNow(paid.id);
    const { contracts: signed } = paid;
    expect(after.contracts.map(({ text, signedAt }) => ({ text, signedAt }))).toEqual(
      signed.map(({ text, signedAt }) => ({ text, signedAt })),
    );
    expect(after.moves).toMatchObject([
      { fromOn: paid.treatmentOn, toOn: newSlot?.on, movedByName: accepted.patient.name },
    ]);
    expect(after.transfers[0]).toMatchObject({ state: "requested", flight: null });
    const later = (at: Date | undefined) => (at?.getTime() ?? 0) + 2 * 86_400_000;
    // The clocks may change between the two days; the hour on the wall does not.
    expect(
      Math.abs((after.transfers[0]?.pickupAt.getTime() ?? 0) - later(paid.transfers[0]?.pickupAt)),
    ).toBeLessThanOrEqual(3_600_000);
    expect(after.interpreters.every((talk) => talk.resourceId !== null)).toBe(true);
    expect(await caseNow(accepted.caseId)).toMatchObject({
      stage: "contracting",
      nextAction: "confirm_date",
    });
    const audit = await openDb().auditEvent.findMany({
      where: { objectId: paid.id, event: "booking.rescheduled" },
    });
    expect(audit.map((row) => row.facts)).toEqual([
      { from: dayOf(paid.treatmentOn), to: dayOf(after.treatmentOn), cause: "patient_wish" },
    ]);
    expect(await confirmBooking(manager, paid.id, now())).toMatchObject({ value: { state: "confirmed" } });
  });

  it("makes what is still to be paid due before the new day", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const paid = await makePaid(accepted);
    await rescheduleBooking(accepted.patient, paid.id, to(accepted, 4), now());
    const after = await bookingNow(paid.id);
    const balances = after.planItems
      .filter((item) => item.kind === "balance")
      .map((item) => dayOf(item.dueOn));
    expect(new Set(balances)).toEqual(new Set([addDays(dayOf(after.treatmentOn), -14)]));
    expect(after.planItems.map((item) => item.amountMinor)).toEqual(
      paid.planItems.map((item) => item.amountMinor),
    );
  });

  it("keeps everything where it was when the new day or an interpreter is taken", async () => {
    const { accepted, paid, place, language } = await makeTrip();
    const other = await makeAcceptedCase({ lines: onlyTreatment, clinic: accepted.clinic });
    await makeHold(other, { slotId: accepted.clinic.slots[1]?.id });
    expect(await rescheduleBooking(accepted.patient, paid.id, to(accepted, 1), now())).toMatchObject({
      reason: "slot_taken",
    });
    const busy = await asPerson(testSystem, (tx) =>
      tx.claim.findMany({ where: { bookingId: paid.id, purpose: "consent_talk" } }),
    );
    const startsAt = new Date((busy[0]?.startsAt.getTime() ?? 0) + 3 * 86_400_000);
    const claim = {
      id: newId(),
      resourceId: busy[0]?.resourceId ?? "",
      purpose: "leave",
      state: "booked" as const,
    };
    await asPerson(testSystem, (tx) =>
      tx.claim.create({ data: { ...claim, startsAt, endsAt: new Date(startsAt.getTime() + 3_600_000) } }),
    );
    expect(await rescheduleBooking(accepted.patient, paid.id, to(accepted, 3), now())).toMatchObject({
      reason: "interpreter_taken",
    });
    expect(await bookingNow(paid.id)).toEqual(paid);
    expect(await liveClaims(paid.id)).toBe(3);
    expect(await slotNow(paid.slotId)).toMatchObject({ taken: 1 });
    await makeResource("interpreter", { ...place, languages: ["de", language] });
    expect(await rescheduleBooking(accepted.patient, paid.id, to(accepted, 3), now())).toMatchObject({
      ok: true,
    });
  });

  it("gives each of two rides of one direction a driver of its own, and each its own hours", async () => {
    const { accepted, paid, place } = await makeTrip();
    await makeResource("driver", place);
    const coordinator = await makeCoordinator();
    const [first] = paid.transfers;
    const pickupAt = new Date((first?.pickupAt.getTime() ?? 0) + 6 * 3_600_000);
    const asked = { bookingId: paid.id, direction: "arrival", pickupPlace: "Airport", dropPlace: "Hotel" };
    const ride = await createTransfer(
      coordinator,
      createTransferForm.parse({ ...asked, pickupAt: pickupAt.toISOString() }),
    );
    if (!ride.ok) throw new Error(ride.reason);
    const who = logisticsEventForm.parse({ resourceId: first?.resourceId });
    expect(await moveTransfer(coordinator, ride.value.id, "assign", who, now())).toMatchObject({ ok: true });
    expect(await rescheduleBooking(accepted.patient, paid.id, to(accepted, 2), now())).toMatchObject({
      ok: true,
    });
    const { transfers, interpreters } = await bookingNow(paid.id);
    const claims = await openDb().claim.findMany({ where: { bookingId: paid.id, state: "booked" } });
    expect([...transfers, ...interpreters].map((row) => row.claimId).toSorted()).toEqual(
      claims.map((claim) => claim.id).toSorted(),
    );
    for (const { claimId, resourceId, pickupAt: startsAt } of transfers)
      expect(claims.find((claim) => claim.id === claimId)).toMatchObject({ resourceId, startsAt });
  });

  it("is refused to another treatment or centre, from an unseen day, and late without the desk", async () => {
    const { clinic } = await makeAcceptedCase({ lines: onlyTreatment });
    const second = await makeAcceptedCase({ lines: onlyTreatment });
    const paid = await makePaid(second);
    const move = (slotId: string | undefined, at = now()) =>
      rescheduleBooking(second.patient, paid.id, rescheduleForm.parse({ slotId }), at);
    expect(await move(clinic.slots[1]?.id)).toMatchObject({ reason: "invalid_slot" });
    expect(await move(paid.slotId)).toMatchObject({ reason: "invalid_slot" });
    expect(await move(newId())).toMatchObject({ reason: "not_found" });
    const unseen = to(second, 1, { fromSlotId: second.clinic.slots[2]?.id });
    expect(await rescheduleBooking(second.patient, paid.id, unseen, now())).toMatchObject({
      reason: "day_changed",
    });
    const dearer = {
      id: newId(),
      clinicId: second.clinic.id,
      treatment: "tavi",
      capacity: 1,
      on: dateOf(addDays(dayOf(now()), 40)),
    };
    await openDb().procedureSlot.create({ data: dearer });
    expect(await move(dearer.id)).toMatchObject({ reason: "price_would_change" });
    const inTenDays = new Date(now().getTime() + 10 * 86_400_000);
    expect(await move(second.clinic.slots[1]?.id, inTenDays)).toMatchObject({ reason: "move_too_late" });
    const near = { ...dearer, id: newId(), treatment: "teer", on: dateOf(addDays(dayOf(now()), 10)) };
    await openDb().procedureSlot.create({ data: near });
    expect(await move(near.id)).toMatchObject({ reason: "move_too_late" });
    const coordinator = await makeCoordinator();
    const byDesk = to(second, 1, { cause: "centre_moves" });
    expect(await rescheduleBooking(second.patient, paid.id, byDesk, now())).toMatchObject({
      reason: "forbidden",
    });
    expect(await rescheduleBooking(coordinator, paid.id, byDesk, inTenDays)).toMatchObject({ ok: true });
    const nearer = rescheduleForm.parse({ slotId: near.id });
    expect(await rescheduleBooking(coordinator, paid.id, nearer, now())).toMatchObject({ ok: true });
  });

  it("asks the heart team's answer: it holds on the new day, and whom it keeps at home moves no day alone", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const paid = await makePaid(accepted);
    const estimate = { id: paid.estimateId };
    const { reviewId } = await asPerson(testSystem, (tx) =>
      tx.estimate.findUniqueOrThrow({ where: estimate }),
    );
    const answered = (data: { answerExpiresAt?: Date; answer?: object }) =>
      asPerson(testSystem, (tx) => tx.review.update({ where: { id: reviewId }, data }));
    await answered({ answerExpiresAt: accepted.clinic.slots[0]?.on ?? now() });
    const move = (who: typeof accepted.patient | Awaited<ReturnType<typeof makeCoordinator>>) =>
      rescheduleBooking(who, paid.id, to(accepted, 1), now());
    expect(await move(accepted.patient)).toMatchObject({ reason: "reconfirm_needed" });
    const review = await asPerson(testSystem, (tx) =>
      tx.review.findUniqueOrThrow({ where: { id: reviewId } }),
    );
    const unfit = { ...(review.answer as object), fitToTravel: "no" };
    await answered({ answerExpiresAt: dateOf(addDays(dayOf(now()), 400)), answer: unfit });
    expect(await move(accepted.patient)).toMatchObject({ reason: "travel_blocked" });
    expect(await slotNow(accepted.clinic.slots[1]?.id)).toMatchObject({ taken: 0 });
  });

  it("is nothing a stranger or a companion can do", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const paid = await makePaid(accepted);
    const companion = await makePatient("Boris Companion");
    const door = {
      caseId: accepted.caseId,
      personId: companion.personId,
      scopes: ["pay" as const],
      purpose: "companion",
    };
    await openDb().caseAccess.create({ data: door });
    const move = (who: typeof companion) => rescheduleBooking(who, paid.id, to(accepted, 1), now());
    expect(await move(await makePatient())).toMatchObject({ reason: "not_found" });
    expect(await move(companion)).toMatchObject({ reason: "forbidden" });
    expect(await slotNow(paid.slotId)).toMatchObject({ taken: 1 });
  });

  it("gives the last place to one of many who move there at once, and crosses without a deadlock", async () => {
    const clinic = await makeClinic({ days: 8 });
    const trips = await Promise.all(
      [0, 1, 2, 3].map(async (day) => {
        const accepted = await makeAcceptedCase({ lines: onlyTreatment, clinic });
        return { accepted, paid: await makePaid(accepted, { slotId: clinic.slots[day]?.id }) };
      }),
    );
    const answers = await Promise.all(
      trips.map(({ accepted, paid }) => rescheduleBooking(accepted.patient, paid.id, to(accepted, 6), now())),
    );
    expect(answers.map((answer) => (answer.ok ? "moved" : answer.reason)).toSorted()).toEqual([
      "moved",
      ...["slot_taken", "slot_taken", "slot_taken"],
    ]);
    const stayed = trips.filter((_, at) => !answers[at]?.ok);
    const crossing = await Promise.all(
      stayed.map(({ accepted }, at) => {
        const next = stayed[(at + 1) % stayed.length];
        const own = stayed[at];
        if (!next || !own) throw new Error("There is nobody to cross with.");
        return rescheduleBooking(
          accepted.patient,
          own.paid.id,
          rescheduleForm.parse({ slotId: next.paid.slotId }),
          now(),
        );
      }),
    );
    for (const answer of crossing) expect(answer.ok || answer.reason === "slot_taken").toBe(true);
    const slots = await openDb().procedureSlot.findMany({ where: { clinicId: clinic.id } });
    expect(slots.reduce((sum, slot) => sum + slot.taken, 0)).toBe(4);
  });
});
