import "server-only";
import type { System } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";

/**
 * Ends these holds, and offers of the waiting list, if their time is over, each in a transaction of its own: case, slot,
 * booking, one slot at a time. The case comes first, for a hold may be on its way to another day in this very moment.
 */
export async function expireHolds(system: System, ids: readonly string[]): Promise<number> {
  let ended = 0;
  for (const id of ids) {
    const isEnded = await asPerson(system, async (tx) => {
      await tx.$queryRaw`SELECT c.id FROM "Case" c JOIN "Booking" b ON b."caseId" = c.id
        WHERE b.id = ${id}::uuid FOR NO KEY UPDATE OF c`;
      await tx.$queryRaw`SELECT s.id FROM "ProcedureSlot" s JOIN "Booking" b ON b."slotId" = s.id
        WHERE b.id = ${id}::uuid FOR NO KEY UPDATE OF s`;
      const rows = await tx.$queryRaw<
        { ended: boolean }[]
      >`SELECT expire_hold(${id}::uuid) OR end_offer(${id}::uuid, 'lapsed') AS ended`;
      return rows[0]?.ended === true;
    });
    if (isEnded) ended += 1;
  }
  return ended;
}

/** Ends the holds past their time that keep this driver or interpreter; answers how many it ended. */
export async function expireHoldsOn(system: System, resourceId: string): Promise<number> {
  const over = await asPerson(
    system,
    (tx) => tx.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT b.id FROM "Claim" c JOIN "Booking" b ON b.id = c."bookingId"
       WHERE c."resourceId" = ${resourceId}::uuid AND c.state = 'held'
         AND b.state IN ('held', 'awaiting_deposit') AND b."holdExpiresAt" <= now()`,
  );
  return expireHolds(
    system,
    over.map(({ id }) => id),
  );
}

/** Ends the holds, and offers of the waiting list, past their time on these days of a centre; answers how many it ended. */
export async function expireHoldsIn(
  system: System,
  clinicId: string,
  days: readonly string[],
): Promise<number> {
  const over = await asPerson(
    system,
    (tx) => tx.$queryRaw<{ id: string }[]>`
      WITH slots AS (SELECT id FROM "ProcedureSlot" WHERE "clinicId" = ${clinicId}::uuid AND "on" = ANY (${[...days]}::date[]))
      SELECT b.id FROM "Booking" b JOIN slots s ON s.id = b."slotId"
       WHERE b.state IN ('held', 'awaiting_deposit') AND b."holdExpiresAt" <= now()
      UNION ALL
      SELECT o.id FROM "WaitingOffer" o JOIN slots s ON s.id = o."slotId"
       WHERE o.state = 'open' AND o."expiresAt" <= now()`,
  );
  return expireHolds(
    system,
    over.map(({ id }) => id),
  );
}
