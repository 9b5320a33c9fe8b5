import "server-only";
import type { Tx } from "@/lib/infra/db";

/**
 * Takes a booking for the rest of the transaction, and its case before it: the one order of locks of everything that
 * happens to a trip.
 *
 * 1. the case; 2. its slot, by whoever gives a place back; 3. the booking; 4. what hangs on it: rides, talks, parcels,
 * claims, instalments, payments, refunds; 5. drivers and interpreters, by id; 6. the slot, by whoever takes a new place
 * for a booking nobody knows yet. Rows that point to the case may still be written by others meanwhile.
 *
 * Finance reaches no case and takes the booking alone: it changes nothing of the case afterwards. False for a stranger.
 */
export async function claimTrip(tx: Tx, bookingId: string): Promise<boolean> {
  await tx.$queryRaw`SELECT 1 FROM "Case" c JOIN "Booking" b ON b."caseId" = c.id
    WHERE b.id = ${bookingId}::uuid FOR NO KEY UPDATE OF c`;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Booking" WHERE id = ${bookingId}::uuid FOR NO KEY UPDATE`;
  return rows.length === 1;
}
