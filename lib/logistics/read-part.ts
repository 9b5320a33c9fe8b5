import "server-only";
import type { Coordinator, System } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { claimTrip } from "@/lib/bookings/claim-trip";
import type { Tx } from "@/lib/infra/db";
import { proposeAnew } from "@/lib/payments/propose-anew";

export interface LiveBooking {
  id: string;
  caseId: string;
  timeZone: string;
  country: string;
  destination: string;
}

/** The booking, taken for the rest of the transaction, a new ride, talk or parcel belongs to, with the facts it takes from there. */
export async function findLiveBooking(
  tx: Tx,
  bookingId: string,
): Promise<Outcome<LiveBooking, "not_found" | "booking_cancelled">> {
  if (!(await claimTrip(tx, bookingId))) return refused("not_found");
  const booking = await tx.booking.findUniqueOrThrow({
    where: { id: bookingId },
    select: { id: true, caseId: true, clinicId: true, state: true },
  });
  if (booking.state === "cancelled") return refused("booking_cancelled");
  const clinic = await tx.clinic.findUniqueOrThrow({
    where: { id: booking.clinicId },
    select: { timeZone: true, country: true },
  });
  const patient = await tx.case.findUnique({ where: { id: booking.caseId }, select: { country: true } });
  const { id, caseId } = booking;
  return done({ id, caseId, ...clinic, destination: patient?.country ?? "ZZ" });
}

/**
 * Marks the chosen service of this kind as delivered: the evidence a release of money asks for. A booking of earlier days may
 * have two of a kind; what was done once is done for the first of them. Where they have ended meanwhile, what nobody has
 * approved to go back is counted anew.
 */
export async function markDelivered(
  tx: Tx,
  actor: Coordinator | System,
  bookingId: string,
  kind: string,
  now: Date,
): Promise<void> {
  const served = await tx.bookingService.findFirst({
    where: { bookingId, kind, deliveredAt: null, amountMinor: { gt: 0 } },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  const free = { bookingId, kind, deliveredAt: null, amountMinor: 0 };
  await tx.bookingService.updateMany({
    where: { deliveredAt: null, OR: [free, ...(served ? [{ id: served.id }] : [])] },
    data: { deliveredAt: now },
  });
  await proposeAnew(tx, actor, bookingId, now);
}
