import "server-only";
import type { System } from "@/lib/kernel/actor";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { claimCase } from "@/lib/estimates/claim-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { BILLED_DAYS } from "./bill";
import { openMoneyTask } from "./open-money-task";

const BATCH = 200;

interface HeldBooking {
  number: string;
  caseId: string;
}

/**
 * Asks finance to look at money that is still held four weeks after a booking was cancelled, or its patient died or was handed
 * over, where nothing of it is on its way to anybody: no clock of the case runs any more. Asked again every four weeks for as
 * long as it stands.
 */
export async function sweepHeldMoney(system: System, now: Date): Promise<number> {
  const before = dateOf(addDays(dayOf(now), -BILLED_DAYS));
  const found = await asPerson(system, (tx) => readHeld(tx, before));
  for (const { number, caseId } of found)
    await asPerson(system, async (tx) => {
      // Of two sweeps at once the second waits here, and finds the task of the first.
      if (await claimCase(tx, caseId))
        await openMoneyTask(tx, { caseId, kind: "money_held", title: number }, now);
    });
  return found.length;
}

function readHeld(tx: Tx, before: Date): Promise<HeldBooking[]> {
  return tx.$queryRaw<HeldBooking[]>`
    SELECT b.number, b."caseId" FROM "Booking" b JOIN "Case" c ON c.id = b."caseId"
     WHERE CASE
             WHEN b.state = 'cancelled' THEN b."cancelledAt" < ${before}
             WHEN c.stage IN ('deceased', 'transferred') THEN (SELECT max(v.at) FROM "CaseEvent" v
               WHERE v."caseId" = c.id AND v."toStage" = c.stage) < ${before}
             ELSE false END
       AND (SELECT sum(e."amountMinor") FROM "LedgerEntry" e WHERE e."bookingId" = b.id
             AND e.account IN ('client_funds_held', 'operator_fee_deferred')) < 0
       AND NOT EXISTS (SELECT 1 FROM "Refund" r
             WHERE r."bookingId" = b.id AND r.state IN ('calculated', 'approved', 'failed'))
       AND NOT EXISTS (SELECT 1 FROM "Release" l
             WHERE l."bookingId" = b.id AND l.state IN ('proposed', 'approved'))
       AND NOT EXISTS (SELECT 1 FROM "Task" t
             WHERE t."caseId" = c.id AND t.kind = 'money_held' AND t.title = b.number
               AND (t.state = 'open' OR t."doneAt" > ${before}))
     ORDER BY b.id LIMIT ${BATCH}`;
}
