import "server-only";
import type { ClinicManager, Coordinator, Patient } from "@/lib/kernel/actor";
import { type BookingFacts, readBooking } from "@/lib/bookings/queries";
import type { EndCause } from "@/lib/bookings/refund-policy";
import { endAgreed, endSharing } from "@/lib/cases/end-sharing";
import { moveCase } from "@/lib/cases/move-case";
import type { CaseStage } from "@/lib/cases/case";
import type { ClaimedCase } from "@/lib/estimates/claim-case";
import { goOnAs, type Tx } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { expireChanges } from "@/lib/payments/expire-change-orders";
import { proposeRefunds } from "@/lib/payments/propose-refunds";
import { settleOpenPayments } from "@/lib/payments/settle-open-payments";

export interface Ending {
  cause: EndCause;
  /** Ends the whole case with the booking. */
  endCase: boolean;
}

const LIVE = ["held", "awaiting_deposit", "awaiting_centre", "confirmed"] as const;
const TRAVELLING: readonly CaseStage[] = ["contracting", "preparing", "on_site"];

export function isLive(booking: { state: string }): boolean {
  return LIVE.some((state) => state === booking.state);
}

/**
 * Ends a booking whose case is locked: interpreter and drivers are free again, the case goes back to choosing or ends too,
 * refunds are proposed, open payment pages close. Answers the booking as it stands then; null when somebody else has ended
 * it meanwhile. Its day is given back by `freePlace`, the last step of whoever asks.
 */
export async function endBooking(
  tx: Tx,
  actor: Patient | ClinicManager | Coordinator,
  found: Pick<BookingFacts, "id" | "slotId">,
  taken: ClaimedCase,
  { cause, endCase }: Ending,
  now: Date,
): Promise<BookingFacts | null> {
  const { count } = await tx.booking.updateMany({
    where: { id: found.id, slotId: found.slotId, state: { in: [...LIVE] } },
    data: { state: "cancelled", cancelledAt: now, cancelCause: cause },
  });
  if (count === 0) return null;
  await tx.$queryRaw`SELECT free_parts(${found.id}::uuid, NULL)::text`;
  await stopShipments(tx, found.id);
  // A centre does not see what is proposed of contract B, which ends as well.
  await goOnAs(tx, systemActor("booking-ended"), () =>
    expireChanges(tx, actor, { bookingId: found.id, overtaken: true }, now),
  );
  await goOnAs(tx, systemActor("booking-ended"), () => endWithdrawn(tx, taken.id, found.id, now));
  await goOnAs(tx, actor, async () => undefined);
  await goOn(tx, actor, taken, { cause, endCase }, now);
  const ended = await readBooking(tx, actor, found.id);
  if (!ended) throw new Error("A booking went out of sight of whoever ended it.");
  await proposeRefunds(tx, actor, ended, cause, now);
  await settleOpenPayments(tx, found.id);
  return ended;
}

/** Of a centre whose consent was taken back only the booking still stood: with it the offer ends as well. */
async function endWithdrawn(tx: Tx, caseId: string, bookingId: string, now: Date): Promise<void> {
  const { clinicId } = await tx.booking.findUniqueOrThrow({
    where: { id: bookingId },
    select: { clinicId: true },
  });
  const given = await tx.consent.findMany({ where: { caseId, clinicId }, select: { withdrawnAt: true } });
  if (given.length === 0 || given.some(({ withdrawnAt }) => withdrawnAt === null)) return;
  await endAgreed(tx, caseId, clinicId);
  await endSharing(tx, caseId, clinicId, now);
}

/**
 * Gives the day of an ended booking back, to the waiting list first. Everybody who wants a place that day waits for this row
 * until the commit, so nothing else is done after it.
 */
export async function freePlace(tx: Tx, slotId: string): Promise<void> {
  await tx.$executeRaw`UPDATE "ProcedureSlot" SET taken = taken - 1 WHERE id = ${slotId}::uuid`;
}

export async function stopShipments(tx: Tx, bookingId: string): Promise<void> {
  await tx.shipment.updateMany({
    where: { bookingId, state: { in: ["draft", "rule_check", "cleared"] } },
    data: { state: "blocked", blockReason: "booking_cancelled" },
  });
}

async function goOn(
  tx: Tx,
  actor: Patient | ClinicManager | Coordinator,
  taken: ClaimedCase,
  { cause, endCase }: Ending,
  now: Date,
): Promise<void> {
  if (!TRAVELLING.includes(taken.stage)) return;
  const ends = endCase && actor.role !== "clinic_manager";
  const moved = await moveCase(
    tx,
    actor,
    {
      caseId: taken.id,
      to: ends ? "cancelled" : "choosing",
      from: TRAVELLING,
      note: cause,
      ...(ends ? { cancelCause: cause } : {}),
    },
    now,
  );
  if (!moved.ok) throw new Error("The case left its stage while it was locked.");
}
