import "server-only";
import { TAKEN_BY_BANK } from "@/lib/bookings/taken";
import type { System } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { log } from "@/lib/infra/log";
import { readDueBack } from "./read-due-back";

const AT_ONCE_MAX = 200;

/**
 * Has deposits looked at that came for bookings which ended unpaid, and of which a bank took a part, where something is still to
 * reach the payer: their disputes have ended, so no news will come of them any more. Says how many. Safe to repeat: what was set
 * on its way is not found again, looking twice moves nothing twice, and what waits is looked at once an hour.
 */
export async function reconcileLateLosses(system: System, now: Date): Promise<number> {
  let asked = 0;
  for (const { id } of await readUnfollowed(system, now)) if (await askAgain(system, id)) asked += 1;
  return asked;
}

/**
 * A loss that is not settled yet is settled first. In another order each time, so that those of which nothing is due after all,
 * because somebody paid them again, never stand before the others.
 */
function readUnfollowed(system: System, now: Date): Promise<{ id: string }[]> {
  return asPerson(
    system,
    (tx) => tx.$queryRaw<{ id: string }[]>`
      SELECT p.id FROM "Payment" p JOIN "PlanItem" i ON i.id = p."planItemId" JOIN "Booking" b ON b.id = i."bookingId"
       WHERE p.state = 'lost' AND p."openDisputes" = '{}' AND NOT p."isSurplus" AND p."lostMinor" = p."lossSettledMinor"
         AND i.kind = 'deposit' AND b.state = 'cancelled' AND b."paidAt" IS NULL
         AND p."amountMinor" > p."refundedMinor" + COALESCE((SELECT sum(r."amountMinor") FROM "Refund" r
           WHERE r."paymentId" = p.id AND r.state = 'refused' AND r."refusedReason" = ${TAKEN_BY_BANK} AND r."approvedAt" IS NOT NULL), 0)
       ORDER BY md5(p.id::text || ${now.toISOString()}) LIMIT ${AT_ONCE_MAX}`,
  );
}

/** What goes wrong with one payment is no reason to leave the others. */
async function askAgain(system: System, paymentId: string): Promise<boolean> {
  try {
    return await asPerson(system, async (tx) => {
      const { leftMinor, takenMinor } = await readDueBack(tx, paymentId);
      if (leftMinor + takenMinor === 0n) return false;
      await enqueue(
        tx,
        "payment.settle",
        { paymentId },
        { singletonKey: paymentId, singletonSeconds: 3_600 },
      );
      return true;
    });
  } catch (error) {
    log.error({ error, kind: "payment", id: paymentId }, "reconcile");
    return false;
  }
}
