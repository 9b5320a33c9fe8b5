import { describe, expect, it } from "vitest";
import { confirmBooking } from "@/lib/bookings/confirm-booking";
import { asPerson, openDb } from "@/lib/infra/db";
import { cancelBooking } from "@/lib/logistics/cancel-booking";
import { holdBooking } from "@/lib/logistics/hold-booking";
import { rescheduleForm } from "@/lib/logistics/forms";
import { reclaimBooking } from "@/lib/logistics/reclaim-booking";
import { rescheduleBooking } from "@/lib/logistics/reschedule-booking";
import { tidyHolds } from "@/lib/logistics/tidy-holds";
import { cancelBookingForm } from "@/lib/bookings/forms";
import {
  bookingNow,
  holdForm,
  makeDeposit,
  makeHold,
  makePaid,
  makeSigned,
  onlyTreatment,
  runOut,
} from "../../support/bookings";
import { makeClinic, makeResource } from "../../support/clinics";
import { line, makeAcceptedCase } from "../../support/estimates";
import { newCity } from "../../support/holds";
import { makeCoordinator, makeManager, makePatient, testSystem } from "../../support/people";
import { inLine } from "../../support/row-line";

const now = new Date();
const withRide = [...onlyTreatment, line("transfer_arrival", 12_000)];
const caseNow = (id: string) => asPerson(testSystem, (tx) => tx.case.findUniqueOrThrow({ where: { id } }));
const slotNow = (id: string) => openDb().procedureSlot.findUniqueOrThrow({ where: { id } });
const live = (bookingId: string) =>
  openDb().claim.count({ where: { bookingId, state: { in: ["held", "booked"] } } });
const because = (cause: string, more: object = {}) => cancelBookingForm.parse({ cause, ...more });
const tasksOf = (caseId: string) => asPerson(testSystem, (tx) => tx.task.findMany({ where: { caseId } }));

async function acceptInNewCity(lines = withRide) {
  const place = newCity();
  const accepted = await makeAcceptedCase({ clinicWish: place, lines });
  await makeResource("driver", place);
  return accepted;
}

it("a centre confirms no day it has not seen", async () => {
  const accepted = await makeAcceptedCase({ lines: onlyTreatment });
  const paid = await makePaid(accepted);
  const manager = await makeManager(accepted.clinic.id);
  const next = accepted.clinic.slots[1]?.id ?? "";
  await rescheduleBooking(accepted.patient, paid.id, rescheduleForm.parse({ slotId: next }), now);
  expect(await confirmBooking(manager, paid.id, now, paid.slotId)).toMatchObject({ reason: "day_changed" });
  expect((await bookingNow(paid.id)).state).toBe("awaiting_centre");
  expect(await confirmBooking(manager, paid.id, now, next)).toMatchObject({ ok: true });
});

describe("cancelling a booking", () => {
  it("gives back the day it stands on, when it was moved to another a moment before", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const paid = await makePaid(accepted);
    const next = accepted.clinic.slots[1]?.id ?? "";
    const [moved, ended] = await inLine(
      accepted.caseId,
      () => rescheduleBooking(accepted.patient, paid.id, rescheduleForm.parse({ slotId: next }), now),
      () => cancelBooking(accepted.patient, paid.id, because("patient"), now),
      "Case",
    );
    expect([moved.ok, ended.ok]).toEqual([true, true]);
    const taken = [await slotNow(paid.slotId), await slotNow(next)].map((slot) => slot.taken);
    expect(taken).toEqual([0, 0]);
  });

  it("frees the day and the driver at once and lets the patient choose again", async () => {
    const accepted = await acceptInNewCity();
    const held = await makeHold(accepted);
    const answers = await Promise.all(
      [1, 2].map(() => cancelBooking(accepted.patient, held.id, because("patient"), now)),
    );
    expect(answers.map((one) => one.ok || one.reason).toSorted()).toEqual(
      ["illegal_transition", true].toSorted(),
    );
    const ended = await bookingNow(held.id);
    expect(ended).toMatchObject({
      state: "cancelled",
      cancelCause: "patient_cancels",
      transfers: [{ state: "cancelled" }],
    });
    expect(ended.planItems.every((item) => item.state === "cancelled")).toBe(true);
    expect((await slotNow(held.slotId)).taken).toBe(0);
    expect(await live(held.id)).toBe(0);
    expect((await caseNow(accepted.caseId)).stage).toBe("choosing");
    const audit = await openDb().auditEvent.count({
      where: { objectId: held.id, event: "booking.cancelled" },
    });
    expect(audit).toBe(1);
    const again = await holdBooking(accepted.patient, holdForm(accepted), new Date());
    expect(again).toMatchObject({ ok: true });
    expect((await caseNow(accepted.caseId)).stage).toBe("contracting");
  });

  it("ends the case with it when the patient asks for that", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const held = await makeHold(accepted);
    await cancelBooking(accepted.patient, held.id, because("patient_cancels", { endCase: true }), now);
    expect(await caseNow(accepted.caseId)).toMatchObject({
      stage: "cancelled",
      cancelCause: "patient_cancels",
    });
  });

  it("is possible for centre and desk after confirmation, each for causes of its own", async () => {
    const accepted = await acceptInNewCity();
    const paid = await makePaid(accepted);
    const manager = await makeManager(accepted.clinic.id);
    expect(await confirmBooking(manager, paid.id, now)).toMatchObject({ ok: true });
    expect(await cancelBooking(manager, paid.id, because("visa_refused"), now)).toMatchObject({
      reason: "invalid_cause",
    });
    expect(await cancelBooking(accepted.patient, paid.id, because("centre_declines"), now)).toMatchObject({
      reason: "invalid_cause",
    });
    const ended = await cancelBooking(manager, paid.id, because("centre_declines"), now);
    expect(ended).toMatchObject({
      value: {
        state: "cancelled",
        planItems: [{ state: "paid" }, { state: "cancelled" }, { state: "cancelled" }],
      },
    });
    expect((await caseNow(accepted.caseId)).stage).toBe("choosing");
    const other = await makeHold(await makeAcceptedCase({ lines: onlyTreatment }));
    expect(
      await cancelBooking(await makeCoordinator(), other.id, because("operator_failure"), now),
    ).toMatchObject({ ok: true });
  });

  it("is not for strangers", async () => {
    const held = await makeHold(await makeAcceptedCase({ lines: onlyTreatment }));
    expect(await cancelBooking(await makePatient(), held.id, because("patient"), now)).toMatchObject({
      reason: "not_found",
    });
    const stranger = await makeManager((await makeClinic()).id);
    expect(await cancelBooking(stranger, held.id, because("centre_declines"), now)).toMatchObject({
      reason: "not_found",
    });
  });
});

describe("tidying holds", () => {
  it("ends what has run out, once, and gives the case to its coordinator", async () => {
    const accepted = await acceptInNewCity();
    const held = await makeHold(accepted);
    await runOut(held.id);
    const ended = await Promise.all([tidyHolds(testSystem, new Date()), tidyHolds(testSystem, new Date())]);
    expect(ended.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(1);
    expect(await bookingNow(held.id)).toMatchObject({ state: "cancelled", cancelCause: "hold_expired" });
    expect((await slotNow(held.slotId)).taken).toBe(0);
    expect(await caseNow(accepted.caseId)).toMatchObject({
      waitingOn: "coordinator",
      nextAction: "hold_expired",
    });
    const audit = await openDb().auditEvent.count({
      where: { objectId: held.id, event: "booking.hold_expired" },
    });
    expect(audit).toBe(1);
  });

  it("leaves paid and running holds alone", async () => {
    const paid = await makePaid(await makeAcceptedCase({ lines: onlyTreatment }));
    const running = await makeHold(await makeAcceptedCase({ lines: onlyTreatment }));
    await tidyHolds(testSystem, new Date());
    expect((await bookingNow(paid.id)).state).toBe("awaiting_centre");
    expect((await bookingNow(running.id)).state).toBe("held");
  });
});

describe("money that came late", () => {
  it("wins the same day and driver again, told once or twice", async () => {
    const accepted = await acceptInNewCity();
    const signed = await makeSigned(accepted);
    await runOut(signed.id);
    await tidyHolds(testSystem, new Date());
    const payment = await makeDeposit(signed, new Date());

    const answers = await Promise.all([1, 2].map(() => reclaimBooking(testSystem, payment.id, new Date())));

    expect(answers).toMatchObject([{ ok: true }, { ok: true }]);
    const won = await bookingNow(signed.id);
    expect(won).toMatchObject({
      state: "awaiting_centre",
      cancelledAt: null,
      transfers: [{ state: "requested" }],
    });
    expect(won.planItems.map((item) => item.state)).toEqual(["paid", "planned", "planned"]);
    expect((await slotNow(signed.slotId)).taken).toBe(1);
    expect(await live(signed.id)).toBe(1);
    expect((await tasksOf(accepted.caseId)).map((task) => task.kind)).toEqual(["late_payment_rebooked"]);
    expect(await caseNow(accepted.caseId)).toMatchObject({ waitingOn: "clinic", nextAction: "confirm_date" });
  });

  it("is to go back whole when somebody else has the day", async () => {
    const clinic = await makeClinic();
    const late = await makeAcceptedCase({ clinic, lines: onlyTreatment });
    const quick = await makeAcceptedCase({ clinic, lines: onlyTreatment });
    const signed = await makeSigned(late);
    await runOut(signed.id);
    await makeHold(quick);
    const payment = await makeDeposit(signed, new Date());
    expect(await reclaimBooking(testSystem, payment.id, new Date())).toMatchObject({ reason: "parts_taken" });
    expect((await bookingNow(signed.id)).state).toBe("cancelled");
    expect((await slotNow(signed.slotId)).taken).toBe(1);
    expect((await tasksOf(late.caseId)).map((task) => task.kind)).toEqual(["late_payment_refund"]);
  });

  it("does not undo what the patient decided", async () => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const signed = await makeSigned(accepted);
    await cancelBooking(accepted.patient, signed.id, because("patient"), now);
    const payment = await makeDeposit(signed, new Date());
    expect(await reclaimBooking(testSystem, payment.id, new Date())).toMatchObject({
      reason: "cancelled_on_purpose",
    });
    expect(await reclaimBooking(testSystem, signed.id, new Date())).toMatchObject({ reason: "not_found" });
  });
});
