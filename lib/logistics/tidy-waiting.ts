import "server-only";
import type { System } from "@/lib/kernel/actor";
import { claimCase } from "@/lib/estimates/claim-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { log } from "@/lib/infra/log";
import { queueMail } from "@/lib/infra/mailer";
import { setWaitingStep } from "./set-waiting-step";

const BATCH = 200;

/**
 * Looks after the waiting lists: tells patients of their offers, gives back offers nobody needs, ends entries whose window or
 * case is over, and offers places nobody was offered. Only tidies up: a place that becomes free is offered in the act that
 * frees it. What cannot be done for one is logged and tried again by the next run, and keeps nobody else waiting.
 */
export async function tidyWaiting(system: System, now: Date): Promise<void> {
  await forEach("tell", await untold(system), ({ id, caseId }) =>
    asPerson(system, async (tx) => {
      await claimCase(tx, caseId);
      await setWaitingStep(tx, caseId, now);
      await tellPatient(tx, id, caseId, now);
    }),
  );
  await forEach("withdraw", await needless(system), ({ id }) =>
    asPerson(system, (tx) => tx.$queryRaw`SELECT end_offer(${id}::uuid, 'withdrawn')`),
  );
  await forEach("end", await overEntries(system), ({ id, cause }) =>
    asPerson(system, (tx) => tx.$queryRaw`SELECT end_waiting(${id}::uuid, ${cause}, ${now})`),
  );
  await forEach("offer", await placesLeft(system), ({ id }) =>
    asPerson(system, async (tx) => {
      await tx.$queryRaw`SELECT id FROM "ProcedureSlot" WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
      await tx.$queryRaw`SELECT offer_places(${id}::uuid)`;
    }),
  );
  await forEach("step", await unanswered(system), ({ caseId }) =>
    asPerson(system, async (tx) => {
      await claimCase(tx, caseId);
      await setWaitingStep(tx, caseId, now);
    }),
  );
}

async function forEach<One extends { id?: string; caseId?: string }>(
  kind: string,
  all: readonly One[],
  act: (one: One) => Promise<unknown>,
): Promise<void> {
  for (const one of all) {
    try {
      await act(one);
    } catch (error) {
      log.error({ error, kind, caseId: one.caseId }, "waiting list");
    }
  }
}

/** Offers to those who have found another day meanwhile: theirs goes to the next. */
function needless(system: System): Promise<{ id: string; caseId: string }[]> {
  return asPerson(
    system,
    (tx) => tx.$queryRaw<{ id: string; caseId: string }[]>`
      SELECT f.id, f."caseId" FROM "WaitingOffer" f JOIN "WaitingEntry" e ON e.id = f."entryId"
       WHERE f.state = 'open' AND f."expiresAt" > now() AND has_a_day(e."caseId", e."patientId") LIMIT ${BATCH}`,
  );
}

/** Whose last day can be offered no more, whose case has gone on or ended, or who has another day meanwhile. */
function overEntries(system: System): Promise<{ id: string; caseId: string; cause: string }[]> {
  return asPerson(
    system,
    (tx) => tx.$queryRaw<{ id: string; caseId: string; cause: string }[]>`
      SELECT e.id, e."caseId", CASE WHEN w.over THEN 'window_over' WHEN b.id IS NOT NULL THEN 'booked' ELSE 'case_over' END AS cause
        FROM "WaitingEntry" e JOIN "Case" c ON c.id = e."caseId" JOIN "Estimate" q ON q.id = e."estimateId"
        LEFT JOIN "Booking" b ON b."caseId" = e."caseId" AND b.state IN ('awaiting_centre', 'confirmed')
        CROSS JOIN LATERAL (SELECT e."toOn" <= now()::date OR (e."toOn" = now()::date + 1 AND NOT EXISTS (
          SELECT 1 FROM "WaitingOffer" f WHERE f."entryId" = e.id AND f.state = 'open')) AS over) w
       WHERE e.state = 'waiting' AND (w.over OR b.id IS NOT NULL
          OR c.stage NOT IN ('choosing', 'contracting') OR q.state <> 'accepted')
       LIMIT ${BATCH}`,
  );
}

function placesLeft(system: System): Promise<{ id: string }[]> {
  return asPerson(
    system,
    (tx) => tx.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT s.id FROM "WaitingEntry" e
        JOIN "ProcedureSlot" s ON s."clinicId" = e."clinicId" AND s.treatment = e.treatment
         AND s."on" BETWEEN GREATEST(e."fromOn", now()::date + 1) AND e."toOn"
       WHERE e.state = 'waiting' AND s.taken < s.capacity AND EXISTS (SELECT 1 FROM waiting_for(s.id)) LIMIT ${BATCH}`,
  );
}

/** Offers that still stand for somebody who still needs them. */
function untold(system: System): Promise<{ id: string; caseId: string }[]> {
  return asPerson(
    system,
    (tx) => tx.$queryRaw<{ id: string; caseId: string }[]>`
      SELECT f.id, f."caseId" FROM "WaitingOffer" f
        JOIN "WaitingEntry" e ON e.id = f."entryId" JOIN "Case" c ON c.id = f."caseId"
       WHERE f.state = 'open' AND f."toldAt" IS NULL AND f."expiresAt" > now()
         AND c.stage IN ('choosing', 'contracting') AND NOT has_a_day(e."caseId", e."patientId")
       ORDER BY f."offeredAt" LIMIT ${BATCH}`,
  );
}

/** Cases whose next step still is to answer an offer that is over. */
function unanswered(system: System): Promise<{ caseId: string }[]> {
  return asPerson(
    system,
    (tx) => tx.$queryRaw<{ caseId: string }[]>`
      SELECT c.id AS "caseId" FROM "Case" c WHERE c.stage IN ('choosing', 'contracting') AND c."nextAction" IN ('answer_offer', 'waiting_list')
         AND NOT EXISTS (SELECT 1 FROM "WaitingOffer" f WHERE f."caseId" = c.id AND f.state = 'open')
         AND (c."nextAction" = 'answer_offer' OR NOT EXISTS (
           SELECT 1 FROM "WaitingEntry" e WHERE e."caseId" = c.id AND e.state = 'waiting')) LIMIT ${BATCH}`,
  );
}

async function tellPatient(tx: Tx, offerId: string, caseId: string, now: Date): Promise<void> {
  const { count } = await tx.waitingOffer.updateMany({
    where: { id: offerId, state: "open", toldAt: null },
    data: { toldAt: now },
  });
  const found = await tx.case.findUnique({ where: { id: caseId }, select: { patientId: true } });
  const patient =
    found?.patientId &&
    (await tx.person.findUnique({
      where: { id: found.patientId },
      select: { email: true, locale: true, erasedAt: true },
    }));
  if (count === 0 || !patient || patient.erasedAt) return;
  const { email: to, locale } = patient;
  await queueMail(tx, { to, locale, template: "day_offered", path: `/${locale}/my/cases/${caseId}/booking` });
}
