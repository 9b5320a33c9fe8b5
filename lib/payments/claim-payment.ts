import "server-only";
import { claimTrip } from "@/lib/bookings/claim-trip";
import type { Tx } from "@/lib/infra/db";
import { claimOpinion } from "@/lib/reviews/claim-opinion";

/**
 * Takes the trip or the second opinion a payment belongs to: a cancellation, an expiry or another payment waits here, or has
 * happened. False for a stranger.
 */
export async function claimPayment(tx: Tx, paymentId: string): Promise<boolean> {
  const payment = await tx.payment.findUnique({
    where: { id: paymentId },
    select: { bookingId: true, opinionId: true },
  });
  if (payment?.opinionId) return claimOpinion(tx, payment.opinionId);
  return payment?.bookingId ? claimTrip(tx, payment.bookingId) : false;
}
