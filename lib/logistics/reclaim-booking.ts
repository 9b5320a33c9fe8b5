import "server-only";
import type { System } from "@/lib/kernel/actor";
import { addHours, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { noteCaseEvent, setNextStep } from "@/lib/cases/move-case";
import { endedUnpaid } from "@/lib/bookings/cause-of-end";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { type BookingFacts, readBooking } from "@/lib/bookings/queries";
import { claimCase, type ClaimedCase } from "@/lib/estimates/claim-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { isCovered, readDueBack } from "@/lib/payments/read-due-back";
import { type Need, type Purpose, rideServer } from "./care-plan";
import { tidyHolds } from "./tidy-holds";

export type NotReclaimed =
  | "refunded"
  | "taken_by_bank"
  | "payment_disputed"
  | "not_found"
  | "not_paid"
  | "cancelled_on_purpose"
  | "case_moved_on"
  | "consent_withdrawn"
  | "not_signed"
  | "parts_taken";

interface Retaken {
  clash: string | null;
  /** One for each need, in the same order. */
  resources?: string[];
}

/**
 * Money arrived for a hold that had run out: tries to win the same day, interpreter and drivers again. Refused, the
 * whole sum must go back. Either way the case's owner gets a task. Told twice, it answers the same.
 */
export async function reclaimBooking(
  system: System,
  paymentId: string,
  now: Date,
): Promise<Outcome<{ bookingId: string }, NotReclaimed>> {
  // Whoever's time is over as well must not stand in the way.
  await tidyHolds(system, now);
  return asPerson(system, async (tx) => {
    const payment = await tx.payment.findUnique({
      where: { id: paymentId },
      select: { bookingId: true, caseId: true, succeededAt: true },
    });
    if (!payment?.bookingId) return refused("not_found");
    if (!payment.succeededAt) return refused("not_paid");
    const taken = await claimCase(tx, payment.caseId);
    // Finance reaches no case, and may be approving a part of it right now.
    await claimTrip(tx, payment.bookingId);
    const booking = taken && (await readBooking(tx, system, payment.bookingId));
    if (!taken || !booking) return refused("not_found");
    const { id: bookingId } = booking;
    // Asked again now that the case is locked: the money may be on its way back, or its bank may ask for it.
    const fresh = await tx.payment.findUniqueOrThrow({ where: { id: paymentId } });
    if (fresh.state === "disputed" || fresh.openDisputes.length > 0) return refused("payment_disputed");
    const { leftMinor, takenMinor } = await readDueBack(tx, paymentId);
    if (leftMinor + takenMinor === 0n) return refused("refunded");
    // Won by somebody else; if it ended since, it did so by its rules.
    if (!endedUnpaid(booking)) return done({ bookingId });
    // What is left of a deposit pays for no day.
    const isLess = !fresh.planItemId || !(await isCovered(tx, fresh.planItemId));
    const less = fresh.refundedMinor > 0n ? "refunded" : "taken_by_bank";
    const reason = isLess ? less : ((await whyNot(tx, booking, taken)) ?? (await retake(tx, booking)));
    await trace(tx, system, taken, bookingId, reason, now);
    if (reason) return refused(reason);
    await revive(tx, booking, now);
    const next = { waitingOn: "clinic" as const, nextAction: "confirm_date", nextDueAt: addHours(now, 48) };
    await setNextStep(tx, taken.id, next, now);
    return done({ bookingId });
  });
}

async function whyNot(tx: Tx, booking: BookingFacts, taken: ClaimedCase): Promise<NotReclaimed | null> {
  if (booking.cancelCause !== "hold_expired") return "cancelled_on_purpose";
  // Nobody is bound by what was never signed: no centre could confirm it.
  if (booking.contracts.some(({ signedAt }) => signedAt === null)) return "not_signed";
  if (taken.stage !== "contracting") return "case_moved_on";
  const estimate = await tx.estimate.findUniqueOrThrow({
    where: { id: booking.estimateId },
    select: { review: { select: { state: true } } },
  });
  return estimate.review.state === "withdrawn" ? "consent_withdrawn" : null;
}

/** Asks the database for the slot and all former parts at once; none is kept when one is gone. */
async function retake(tx: Tx, booking: BookingFacts): Promise<NotReclaimed | null> {
  const needs = await formerNeeds(tx, booking);
  const rows = await tx.$queryRaw<{ retaken: Retaken }[]>`
    SELECT retake_parts(${booking.id}::uuid, ${JSON.stringify(needs)}::jsonb) AS retaken`;
  const retaken = rows[0]?.retaken;
  // Another hold ended in this very moment: the job comes back.
  if (retaken?.clash === "expired_near") throw new Error("A hold has just run out: try again.");
  if (!retaken || retaken.clash) return "parts_taken";
  for (const [index, { claimId, formerClaimId }] of needs.entries()) {
    const part = { claimId, resourceId: retaken.resources?.[index] ?? null, state: "requested" as const };
    // There may be two rides of one direction: each takes the claim that stands for its own.
    const where = { bookingId: booking.id, claimId: formerClaimId, state: "cancelled" as const };
    await tx.transfer.updateMany({ where, data: part });
    await tx.interpreterAssignment.updateMany({ where, data: part });
  }
  return null;
}

async function formerNeeds(tx: Tx, booking: BookingFacts): Promise<(Need & { formerClaimId: string })[]> {
  const clinic = await tx.clinic.findUniqueOrThrow({
    where: { id: booking.clinicId },
    select: { country: true, city: true },
  });
  const claims = await tx.claim.findMany({
    where: { bookingId: booking.id, state: "released" },
    orderBy: { startsAt: "asc" },
  });
  return claims.flatMap((claim) => {
    const ride = booking.transfers.find((one) => one.claimId === claim.id);
    const talk = booking.interpreters.find((one) => one.claimId === claim.id);
    if (!ride && !talk) return [];
    return [
      {
        purpose: (ride?.direction ?? talk?.purpose) as Purpose,
        kind: ride ? rideServer(ride) : ("interpreter" as const),
        claimId: newId(),
        formerClaimId: claim.id,
        startsAt: claim.startsAt,
        endsAt: claim.endsAt,
        ...clinic,
        anywhere: !ride,
        languages: talk ? [talk.fromLang] : [],
        oneOf: talk && talk.toLang !== talk.fromLang ? [talk.toLang] : [],
        gender: talk?.genderWish ?? null,
        seats: ride?.passengers ?? 0,
        wheelchair: ride?.wheelchair ?? false,
      },
    ];
  });
}

async function revive(tx: Tx, booking: BookingFacts, now: Date): Promise<void> {
  const where = { bookingId: booking.id, state: "cancelled" as const };
  await tx.booking.updateMany({
    where: { id: booking.id, state: "cancelled" },
    data: {
      state: "awaiting_centre",
      cancelledAt: null,
      cancelCause: null,
      holdExpiresAt: null,
      paidAt: now,
    },
  });
  await tx.planItem.updateMany({ where: { ...where, kind: "deposit" }, data: { state: "due" } });
  await tx.planItem.updateMany({ where, data: { state: "planned" } });
}

async function trace(
  tx: Tx,
  system: System,
  taken: ClaimedCase,
  bookingId: string,
  reason: NotReclaimed | null,
  now: Date,
): Promise<void> {
  const caseId = taken.id;
  const kind = reason ? "late_payment_refund" : "late_payment_rebooked";
  const open = await tx.task.findFirst({ where: { caseId, kind, state: "open" }, select: { id: true } });
  if (open) return;
  await tx.task.createMany({
    data: [
      {
        id: newId(),
        caseId,
        kind,
        title: reason
          ? "Money came after the hold ended: tell the patient it goes back"
          : "Money came late: the same day was won again",
        ownerKind: taken.ownerId ? "coordinator" : "on_call",
        ownerId: taken.ownerId,
        dueAt: addHours(now, 24),
      },
    ],
  });
  const facts = { outcome: reason ?? "rebooked", on: dayOf(now) };
  await writeAudit(tx, system, "booking.reclaimed", {
    caseId,
    objectType: "booking",
    objectId: bookingId,
    facts,
  });
  await noteCaseEvent(tx, system, { caseId, kind });
  await notify(tx, { kind: "booking", caseId, bookingId });
}
