import "server-only";
import { claimTrip } from "@/lib/bookings/claim-trip";
import type { Tx } from "@/lib/infra/db";

/** Takes the trip a payment belongs to: a cancellation, an expiry or another payment waits here, or has happened. */
export async function claimPayment(tx: Tx, paymentId: string): Promise<void> {
  const payment = await tx.payment.findUnique({ where: { id: paymentId }, select: { bookingId: true } });
  if (payment) await claimTrip(tx, payment.bookingId);
}
