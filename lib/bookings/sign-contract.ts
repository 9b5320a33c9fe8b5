import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { addDays, type Day, dayOf } from "@/lib/kernel/day";
import { type Outcome, type Refused, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { noteCaseEvent, setNextStep } from "@/lib/cases/move-case";
import { claimCase, decidesFor } from "@/lib/estimates/claim-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { blocksTravel } from "@/lib/reviews/review";
import { COVER_SETTING, coverOf, isSignature } from "./booking";
import type { SignForm } from "./forms";
import { type BookingFacts, readBooking } from "./queries";

type Refusal =
  | "not_found"
  | "forbidden"
  | "illegal_transition"
  | "hold_expired"
  | "day_changed"
  | "invalid_typed_name"
  | "package_terms_missing"
  | "legal_review"
  | "travel_blocked"
  | "reconfirm_needed"
  | "consent_withdrawn";

/**
 * The patient signs contract A or B by typing a name. Signing twice changes nothing. The second of the two opens the
 * deposit; where nothing is paid through the portal, the centre's turn comes at once.
 */
export async function signContract(
  patient: Patient,
  bookingId: string,
  form: SignForm,
  now: Date,
): Promise<Outcome<BookingFacts, Refusal>> {
  return asPerson(patient, async (tx) => {
    const seen = await readBooking(tx, patient, bookingId);
    const taken = seen && (await claimCase(tx, seen.caseId));
    if (!seen || !taken) return refused("not_found");
    if (!(await decidesFor(tx, patient.personId, taken))) return refused("forbidden");
    const over = await takeHold(tx, bookingId);
    const booking = await readBooking(tx, patient, bookingId);
    const contract = booking?.contracts.find((one) => one.kind === form.contract);
    if (!booking || !contract) return refused("not_found");
    if (contract.signedAt) return done(booking);
    if (over || booking.cancelCause === "hold_expired") return refused("hold_expired");
    if (booking.state !== "held")
      return refused("illegal_transition", { from: booking.state, event: "sign" });
    if (isOfAnotherDay(booking, form)) return refused("day_changed");
    if (!isSignature(form.typedName, [patient.name, taken.contactName])) {
      return refused("invalid_typed_name", { path: "typedName" });
    }
    const reason = await whyNot(tx, booking, now);
    if (reason) return reason;
    await tx.contract.updateMany({
      where: { bookingId, kind: form.contract, signedAt: null },
      data: { signedAt: now, signedName: form.typedName, signedById: patient.personId },
    });
    await enqueue(tx, "document.contract", { contractId: contract.id });
    await trace(tx, patient, booking, form.contract, contract.textHash);
    if (booking.contracts.every((one) => one.signedAt || one.kind === form.contract))
      await openDeposit(tx, booking, now);
    const signed = await readBooking(tx, patient, bookingId);
    return signed ? done(signed) : refused("not_found");
  });
}

/** A hold that was moved has another text than before: nobody signs it who has not seen its day. */
function isOfAnotherDay({ slotId, moves }: BookingFacts, form: SignForm): boolean {
  return form.slotId === undefined ? moves.length > 0 : form.slotId !== slotId;
}

/** Locks the booking and asks the database's clock whether its hold is over. */
async function takeHold(tx: Tx, bookingId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ over: boolean | null }[]>`
    SELECT state IN ('held', 'awaiting_deposit') AND "holdExpiresAt" <= now() AS over
      FROM "Booking" WHERE id = ${bookingId}::uuid FOR NO KEY UPDATE`;
  return rows[0]?.over === true;
}

async function whyNot(tx: Tx, booking: BookingFacts, now: Date): Promise<Refused<Refusal> | null> {
  const estimate = await tx.estimate.findUnique({
    where: { id: booking.estimateId },
    select: { review: { select: { state: true, answer: true, answerExpiresAt: true } } },
  });
  if (estimate?.review.state === "withdrawn") return refused("consent_withdrawn");
  const expiresAt = estimate?.review.answerExpiresAt ?? null;
  if (expiresAt && expiresAt <= now) return refused("reconfirm_needed");
  if (blocksTravel(estimate?.review.answer ?? null)) return refused("travel_blocked");
  if (booking.regime === "LEGAL_REVIEW") return refused("legal_review");
  if (booking.regime !== "PACKAGE") return null;
  const setting = await tx.setting.findUnique({ where: { key: COVER_SETTING }, select: { value: true } });
  return coverOf(setting?.value, await endOfTrip(tx, booking)) ? null : refused("package_terms_missing");
}

/** The last day a package has to be covered on: of the longest stay, or of what is booked after it. */
async function endOfTrip(tx: Tx, booking: BookingFacts): Promise<Day> {
  const { clinicId, slot, treatmentOn, transfers, interpreters } = booking;
  const { _max } = await tx.clinicProcedure.aggregate({
    where: { clinicId, treatment: slot.treatment },
    _max: { stayDaysHigh: true },
  });
  const stayed = addDays(dayOf(treatmentOn), Math.max(1, _max.stayDaysHigh ?? 1));
  const booked = [...transfers.map(({ pickupAt }) => pickupAt), ...interpreters.map(({ endsAt }) => endsAt)];
  return booked.map(dayOf).reduce((last, day) => (day > last ? day : last), stayed);
}

async function trace(
  tx: Tx,
  patient: Patient,
  booking: BookingFacts,
  contract: string,
  textHash: string,
): Promise<void> {
  const { id, caseId } = booking;
  const facts = { contract, textHash };
  await writeAudit(tx, patient, "contract.signed", { caseId, objectType: "booking", objectId: id, facts });
  await noteCaseEvent(tx, patient, { caseId, kind: "contract_signed", note: contract });
}

async function openDeposit(tx: Tx, booking: BookingFacts, now: Date): Promise<void> {
  const { id, caseId } = booking;
  await tx.booking.updateMany({ where: { id, state: "held" }, data: { state: "awaiting_deposit" } });
  if (booking.planItems.some((item) => item.kind === "deposit")) {
    const nextDueAt = booking.holdExpiresAt ?? now;
    await setNextStep(tx, caseId, { waitingOn: "patient", nextAction: "pay_deposit", nextDueAt }, now);
    return;
  }
  await tx.booking.updateMany({
    where: { id, state: "awaiting_deposit" },
    data: { state: "awaiting_centre", paidAt: now, holdExpiresAt: null },
  });
  await tx.claim.updateMany({
    where: { bookingId: id, state: "held" },
    data: { state: "booked", holdExpiresAt: null },
  });
  const nextDueAt = new Date(now.getTime() + 48 * 3_600_000);
  await setNextStep(tx, caseId, { waitingOn: "clinic", nextAction: "confirm_date", nextDueAt }, now);
}
