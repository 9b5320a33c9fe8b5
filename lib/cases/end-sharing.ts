import "server-only";
import type { Tx } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";

const OPEN_REVIEWS = ["requested", "opened", "more_info"] as const;
const UNPAID_BOOKINGS = ["held", "awaiting_deposit"] as const;
const LIVE_BOOKINGS = [...UNPAID_BOOKINGS, "awaiting_centre", "confirmed"] as const;
const OPEN_PAYMENTS = ["created", "requires_action", "processing"] as const;

/**
 * Closes the door of one centre, or of all of them, into a case: access, questions and offers end together.
 * An answer a live booking rests on stays what it is.
 */
export async function endSharing(tx: Tx, caseId: string, clinicId: string | null, now: Date): Promise<void> {
  const one = clinicId ? { clinicId } : {};
  await tx.caseAccess.updateMany({
    where: { caseId, revokedAt: null, ...(clinicId ? { clinicId } : { clinicId: { not: null } }) },
    data: { revokedAt: now },
  });
  const booked = await tx.booking.findMany({
    where: { caseId, state: { in: [...LIVE_BOOKINGS] }, ...one },
    select: { clinicId: true },
  });
  const kept = { clinicId: { notIn: booked.map((booking) => booking.clinicId) } };
  await tx.review.updateMany({
    where: { caseId, ...one, AND: [kept], state: { in: [...OPEN_REVIEWS, "decided"] } },
    data: { state: "withdrawn", endedAt: now },
  });
  await tx.estimate.updateMany({
    where: { caseId, ...one, AND: [kept], state: { in: ["draft", "sent"] } },
    data: { state: "superseded" },
  });
}

/**
 * What was agreed with a centre whose consent is taken back, and never paid, ends in the same moment: the hold gives its day
 * and people back, its open payment pages are closed by a job, and the accepted estimate is one no more. A booking that was
 * paid stays what it is; a person speaks with the patient about it. True when an accepted estimate ended.
 */
export async function endAgreed(tx: Tx, caseId: string, clinicId: string): Promise<boolean> {
  const unpaid = await tx.booking.findMany({
    where: { caseId, clinicId, state: { in: [...UNPAID_BOOKINGS] } },
    select: { id: true, slotId: true },
  });
  for (const { id, slotId } of unpaid) {
    // A day is locked before its bookings, as whoever lets a hold run out does it.
    await tx.$queryRaw`SELECT id FROM "ProcedureSlot" WHERE id = ${slotId}::uuid FOR NO KEY UPDATE`;
    await tx.$executeRaw`UPDATE "Booking" SET "holdExpiresAt" = now()
      WHERE id = ${id}::uuid AND state IN ('held', 'awaiting_deposit')`;
    await tx.$queryRaw`SELECT expire_hold(${id}::uuid)`;
    const open = await tx.payment.findMany({
      where: { bookingId: id, method: "card", state: { in: [...OPEN_PAYMENTS] } },
      select: { id: true },
    });
    for (const payment of open) await enqueue(tx, "payment.settle", { paymentId: payment.id });
  }
  const rests = await tx.booking.findMany({
    where: { caseId, clinicId, state: { in: [...LIVE_BOOKINGS, "completed"] } },
    select: { estimateId: true },
  });
  const { count } = await tx.estimate.updateMany({
    where: { caseId, clinicId, state: "accepted", id: { notIn: rests.map(({ estimateId }) => estimateId) } },
    data: { state: "superseded" },
  });
  return count > 0;
}

/** A case may not end while money or a date still hangs on it. */
export async function hasLiveBooking(tx: Tx, caseId: string): Promise<boolean> {
  const live = await tx.booking.findFirst({
    where: { caseId, state: { in: [...LIVE_BOOKINGS] } },
    select: { id: true },
  });
  return live !== null;
}
