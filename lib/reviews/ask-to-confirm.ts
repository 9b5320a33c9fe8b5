import "server-only";
import { addDays, addHours, dateOf, dayOf } from "@/lib/kernel/day";
import { addTask } from "@/lib/cases/add-task";
import { asPerson, type Tx } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { ANSWER_VALID_DAYS, confirmableFrom } from "./review";

const BATCH = 200;
const ASK_HOURS = 24;
/** A week for the centre to answer, once its word reaches to the day. */
const ANSWER_DAYS = 7;

interface ToAsk {
  caseId: string;
  ownerId: string | null;
  treatmentOn: Date | null;
}

/**
 * Puts an answer that must be confirmed again before the owner of the case, once for each reason: a record came that its
 * doctors do not know, or the booked day lies after its end. Nothing lapses in silence, and nobody is kept from care by it:
 * what was accepted stands. On site it is asked for anew.
 */
export function askToConfirm(now: Date): Promise<number> {
  return asPerson(systemActor("ask-to-confirm"), async (tx) => {
    const unseen = await unseenRecords(tx);
    for (const { caseId, ownerId } of unseen)
      await addTask(tx, { caseId, kind: "confirm_records", ownerId, dueAt: addHours(now, ASK_HOURS) });
    const beyond = await daysBeyond(tx);
    for (const { caseId, ownerId, treatmentOn } of beyond)
      await addTask(tx, { caseId, kind: "confirm_day", ownerId, dueAt: dueFor(treatmentOn, now) });
    return unseen.length + beyond.length;
  });
}

/** A confirmation of today must reach to the day, or it would be asked for twice. */
function dueFor(treatmentOn: Date | null, now: Date): Date {
  const soonest = addHours(now, ASK_HOURS);
  const reaches = treatmentOn && dateOf(addDays(confirmableFrom(dayOf(treatmentOn)), ANSWER_DAYS));
  return reaches && reaches > soonest ? reaches : soonest;
}

function unseenRecords(tx: Tx): Promise<ToAsk[]> {
  return tx.$queryRaw<ToAsk[]>`
    SELECT DISTINCT r."caseId", c."ownerId", NULL::date AS "treatmentOn"
      FROM "Review" r JOIN "Case" c ON c.id = r."caseId"
      CROSS JOIN LATERAL (SELECT max(v.at) AS at FROM "CaseEvent" v WHERE v."caseId" = r."caseId" AND v.kind = 'record_accepted') newest
     WHERE r.state = 'decided' AND r."secondSignedAt" IS NOT NULL AND c.stage IN ('choosing', 'contracting', 'preparing')
       AND EXISTS (SELECT 1 FROM "Estimate" e WHERE e."reviewId" = r.id AND e.state IN ('sent', 'accepted'))
       AND newest.at > GREATEST(r."firstSignedAt",
         CASE WHEN r."answerExpiresAt" - make_interval(days => ${ANSWER_VALID_DAYS}) > r."secondSignedAt"
           THEN r."answerExpiresAt" - make_interval(days => ${ANSWER_VALID_DAYS}) END)
       AND NOT EXISTS (SELECT 1 FROM "Task" t WHERE t."caseId" = r."caseId" AND t.kind = 'confirm_records'
         AND (t.state = 'open' OR t."createdAt" > newest.at))
     LIMIT ${BATCH}`;
}

function daysBeyond(tx: Tx): Promise<ToAsk[]> {
  return tx.$queryRaw<ToAsk[]>`
    SELECT DISTINCT r."caseId", c."ownerId", b."treatmentOn"
      FROM "Booking" b JOIN "Estimate" e ON e.id = b."estimateId" JOIN "Review" r ON r.id = e."reviewId" JOIN "Case" c ON c.id = b."caseId"
     WHERE b.state IN ('awaiting_deposit', 'awaiting_centre', 'confirmed') AND c.stage IN ('contracting', 'preparing', 'on_site')
       AND r."answerExpiresAt" <= b."treatmentOn"::timestamp AT TIME ZONE 'UTC'
       AND NOT EXISTS (SELECT 1 FROM "Task" t WHERE t."caseId" = b."caseId" AND t.kind = 'confirm_day'
         AND (t.state = 'open' OR t."createdAt" > GREATEST(
           r."answerExpiresAt" - make_interval(days => ${ANSWER_VALID_DAYS}),
           (SELECT max(v.at) FROM "CaseEvent" v WHERE v."caseId" = b."caseId" AND v."toStage" = 'on_site' AND c.stage = 'on_site'),
           (SELECT max(m."movedAt") FROM "BookingMove" m WHERE m."bookingId" = b.id))))
     LIMIT ${BATCH}`;
}
