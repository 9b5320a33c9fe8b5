import "server-only";
import type { ClinicManager, Coordinator, Patient } from "@/lib/kernel/actor";
import { type Outcome, type Refused, done, refused } from "@/lib/kernel/outcome";
import { dayOf } from "@/lib/kernel/day";
import { writeAudit } from "@/lib/audit/write-audit";
import type { CaseStage } from "@/lib/cases/case";
import { noteCaseEvent } from "@/lib/cases/move-case";
import type { CancelBookingForm } from "@/lib/bookings/forms";
import { type BookingFacts, readBooking } from "@/lib/bookings/queries";
import { type CancelCause, PATIENT_CAUSES } from "@/lib/bookings/refund-policy";
import { refundQuoteView } from "@/lib/bookings/views/refund-quote";
import { bookingsOf } from "@/lib/bookings/scope";
import { claimCase, type ClaimedCase, decidesFor } from "@/lib/estimates/claim-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { queueMail } from "@/lib/infra/mailer";
import { readRefundPreview } from "@/lib/payments/read-refund-preview";
import { endBooking, freePlace, isLive } from "./end-booking";

type Canceller = Patient | ClinicManager | Coordinator;
type Refusal = "not_found" | "forbidden" | "invalid_cause" | "illegal_transition" | "refund_differs";

/** Causes each side may name by itself; the others need the desk. */
const CAUSES_OF: Record<Canceller["role"], readonly CancelCause[] | null> = {
  patient: PATIENT_CAUSES,
  clinic_manager: ["centre_declines", "not_treatable", "no_show", "force_majeure"],
  coordinator: null,
};
const TREATED: readonly CaseStage[] = ["treated", "discharged", "settling", "aftercare", "closed"];

/**
 * Ends a booking for a cause: day, interpreter and drivers are free again in the same moment. The case goes back to
 * choosing, or ends with the booking when that is asked for.
 */
export async function cancelBooking(
  actor: Canceller,
  bookingId: string,
  form: CancelBookingForm,
  now: Date,
): Promise<Outcome<BookingFacts, Refusal>> {
  return asPerson(actor, async (tx) => {
    const seen = await readTrip(tx, actor, bookingId);
    if (!seen) return refused("not_found");
    const taken = await claimCase(tx, seen.caseId);
    // Whoever moved it to another day meanwhile held the case: only now is its day the one that is given back.
    const found = await readTrip(tx, actor, bookingId);
    if (!found) return refused("not_found");
    const reason = await whyNot(tx, actor, form, found, taken);
    if (reason || !taken) return reason ?? refused("forbidden");
    const differs = await whyDiffers(tx, actor, form, bookingId, now);
    if (differs) return differs;
    const ending = { cause: form.cause, endCase: form.endCase };
    const cancelled = await endBooking(tx, actor, found, taken, ending, now);
    if (!cancelled) return refused("illegal_transition", { from: found.state, event: "cancel" });
    await trace(tx, actor, form, found);
    await freePlace(tx, found.slotId);
    return done(cancelled);
  });
}

type Trip = Pick<BookingFacts, "id" | "caseId" | "patientId" | "slotId" | "state">;

/** What is asked of a booking before it ends; null for a stranger. All that hangs on it is read once, at the end. */
function readTrip(tx: Tx, actor: Canceller, id: string): Promise<Trip | null> {
  return tx.booking.findFirst({
    where: { AND: [{ id }, bookingsOf(actor)] },
    select: { id: true, caseId: true, patientId: true, slotId: true, state: true },
  });
}

async function whyNot(
  tx: Tx,
  actor: Canceller,
  form: CancelBookingForm,
  found: Trip,
  taken: ClaimedCase | null,
): Promise<Refused<Refusal> | null> {
  if (!taken) return refused("forbidden");
  if (actor.role === "patient" && !(await decidesFor(tx, actor.personId, taken))) return refused("forbidden");
  const causes = CAUSES_OF[actor.role];
  if (causes && !causes.includes(form.cause)) return refused("invalid_cause", { path: "cause" });
  if (!isLive(found) || TREATED.includes(taken.stage)) {
    return refused("illegal_transition", { from: found.state, event: "cancel" });
  }
  return null;
}

/** What was promised before the click is what comes back; where it is less by now, whoever asks reads the new sum first. */
async function whyDiffers(
  tx: Tx,
  actor: Canceller,
  { cause, shown }: CancelBookingForm,
  bookingId: string,
  now: Date,
): Promise<Refused<Refusal> | null> {
  if (!shown) return null;
  const booking = await readBooking(tx, actor, bookingId);
  if (!booking) return refused("not_found");
  const { due, total } = refundQuoteView(await readRefundPreview(tx, booking, cause, dayOf(now)));
  const { due: shownDue, owed: shownOwed = total.owed.amount } = shown;
  if (due.amount >= shownDue && total.owed.amount <= shownOwed) return null;
  return refused("refund_differs", { due: `${due.amount}`, owed: `${total.owed.amount}` });
}

async function trace(tx: Tx, actor: Canceller, form: CancelBookingForm, found: Trip): Promise<void> {
  const { id, caseId } = found;
  const facts = { cause: form.cause, from: found.state };
  await writeAudit(tx, actor, "booking.cancelled", { caseId, objectType: "booking", objectId: id, facts });
  await noteCaseEvent(tx, actor, { caseId, kind: "booking_cancelled", note: form.note ?? null });
  await notify(tx, { kind: "booking", caseId, bookingId: id });
  const patient = await tx.person.findUnique({
    where: { id: found.patientId },
    select: { email: true, locale: true, erasedAt: true },
  });
  if (!patient || patient.erasedAt) return;
  const { email: to, locale } = patient;
  await queueMail(tx, {
    to,
    locale,
    template: "booking_cancelled",
    path: `/${locale}/my/cases/${caseId}/booking`,
  });
}
