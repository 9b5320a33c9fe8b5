import "server-only";
import type { Coordinator, Patient } from "@/lib/kernel/actor";
import { dayOf } from "@/lib/kernel/day";
import { writeAudit } from "@/lib/audit/write-audit";
import { confirmDueAt } from "@/lib/bookings/booking";
import type { BookingFacts } from "@/lib/bookings/queries";
import type { CaseStage } from "@/lib/cases/case";
import { moveCase, noteCaseEvent, setNextStep } from "@/lib/cases/move-case";
import type { Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { enqueue } from "@/lib/infra/jobs";
import { queueMail } from "@/lib/infra/mailer";
import type { RescheduleForm } from "./forms";

interface Told {
  /** Of the move. */
  id: string;
  /** As it stood before. */
  booking: BookingFacts;
  stage: CaseStage;
  form: RescheduleForm;
  to: Date;
}

/**
 * What follows from a day that has moved: the trail, the next step, the mails. Of a hold the centre has not heard yet, and
 * what is next stays what it was: to sign. Signed contracts are issued once more, with a note of the move.
 */
export async function noteMove(
  tx: Tx,
  actor: Patient | Coordinator,
  { id: moveId, booking, stage, form, to }: Told,
  now: Date,
): Promise<void> {
  const { id, caseId } = booking;
  const isHold = booking.state === "held";
  if (!isHold) await askCentre(tx, actor, { booking, stage }, now);
  const facts = { from: dayOf(booking.treatmentOn), to: dayOf(to), cause: form.cause };
  await writeAudit(tx, actor, "booking.rescheduled", { caseId, objectType: "booking", objectId: id, facts });
  await noteCaseEvent(tx, actor, { caseId, kind: "booking_rescheduled", note: form.note ?? null });
  await notify(tx, { kind: "booking", caseId, bookingId: id });
  for (const { id: contractId, signedAt, withdrawnAt } of booking.contracts)
    if (signedAt && !withdrawnAt) await enqueue(tx, "document.contract", { contractId, moveId });
  await tellPatient(tx, booking);
  if (!isHold) await tellCentre(tx, booking);
}

async function askCentre(
  tx: Tx,
  actor: Patient | Coordinator,
  { booking: { caseId }, stage }: Pick<Told, "booking" | "stage">,
  now: Date,
): Promise<void> {
  const next = { waitingOn: "clinic" as const, nextAction: "confirm_date", nextDueAt: confirmDueAt(now) };
  if (stage !== "preparing") return setNextStep(tx, caseId, next, now);
  const moved = await moveCase(tx, actor, { caseId, to: "contracting", from: ["preparing"], next }, now);
  if (!moved.ok) throw new Error("The case left its stage while it was locked.");
}

async function tellPatient(tx: Tx, { patientId, caseId }: BookingFacts): Promise<void> {
  const patient = await tx.person.findUnique({
    where: { id: patientId },
    select: { email: true, locale: true, erasedAt: true },
  });
  if (!patient || patient.erasedAt) return;
  const { email: to, locale } = patient;
  await queueMail(tx, { to, locale, template: "case_news", path: `/${locale}/my/cases/${caseId}/booking` });
}

async function tellCentre(tx: Tx, { clinicId, id }: BookingFacts): Promise<void> {
  const managers = await tx.person.findMany({
    where: { clinicId, roles: { has: "clinic_manager" }, erasedAt: null },
    select: { email: true, locale: true },
  });
  for (const { email: to, locale } of managers) {
    await queueMail(tx, {
      to,
      locale,
      template: "booking_to_confirm",
      path: `/${locale}/cabinet/bookings/${id}`,
    });
  }
}
