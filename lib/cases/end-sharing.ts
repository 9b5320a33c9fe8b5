import "server-only";
import type { Tx } from "@/lib/infra/db";

const OPEN_REVIEWS = ["requested", "opened", "more_info"] as const;
const LIVE_BOOKINGS = ["held", "awaiting_deposit", "awaiting_centre", "confirmed"] as const;

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

/** A case may not end while money or a date still hangs on it. */
export async function hasLiveBooking(tx: Tx, caseId: string): Promise<boolean> {
  const live = await tx.booking.findFirst({
    where: { caseId, state: { in: [...LIVE_BOOKINGS] } },
    select: { id: true },
  });
  return live !== null;
}
