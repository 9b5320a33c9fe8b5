import "server-only";
import type { Tx } from "@/lib/infra/db";

/** Case, then booking, as everywhere: a cancellation, an expiry or another payment waits here, or has happened. */
export async function lockTrip(tx: Tx, paymentId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Case" c JOIN "Payment" p ON p."caseId" = c.id
    WHERE p.id = ${paymentId}::uuid FOR UPDATE OF c`;
  await tx.$queryRaw`SELECT 1 FROM "Booking" b JOIN "Payment" p ON p."bookingId" = b.id
    WHERE p.id = ${paymentId}::uuid FOR UPDATE OF b`;
}
