import "server-only";
import { addHours } from "@/lib/kernel/day";
import { writeAudit } from "@/lib/audit/write-audit";
import { addTask } from "@/lib/cases/add-task";
import { nextStepOf } from "@/lib/cases/case";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { askToConfirm } from "./ask-to-confirm";
import { givenUpAt } from "./review";
import { settleAnswers } from "./settle-answers";

const BATCH = 200;

/** What the clock does to cases: wakes resting ones, chases late centres, gives up silent ones, asks for a word anew. Safe to repeat. */
export async function sweepCases(
  now: Date,
): Promise<{ woken: number; late: number; expired: number; asked: number }> {
  return {
    woken: await wakeCases(now),
    late: await chaseLateReviews(now),
    expired: await expireReviews(now),
    asked: await askToConfirm(now),
  };
}

async function wakeCases(now: Date): Promise<number> {
  const system = systemActor("wake-cases");
  return asPerson(system, async (tx) => {
    const resting = await tx.case.findMany({
      where: { holdUntil: { lte: now }, closedAt: null },
      select: {
        ...{ id: true, stage: true, urgent: true, holdUntil: true },
        ...{ submittedAt: true, firstAnsweredAt: true },
      },
      take: BATCH,
    });
    for (const { id, holdUntil, ...facts } of resting) {
      const nextDueAt = nextStepOf(facts.stage, now, facts)?.nextDueAt ?? now;
      const { count } = await tx.case.updateMany({
        where: { id, holdUntil },
        data: { holdUntil: null, holdReason: null, nextDueAt, version: { increment: 1 } },
      });
      if (count === 1) await noteCaseEvent(tx, system, { caseId: id, kind: "hold_ended" });
    }
    return resting.length;
  });
}

const CHASE_HOURS = 4;

/**
 * A centre that is late is put before the owner once; the patient is not left waiting for it alone. A task that was due
 * after the answer was speaks of this lateness already, whether it is open or done.
 */
async function chaseLateReviews(now: Date): Promise<number> {
  return asPerson(systemActor("chase-reviews"), async (tx) => {
    const late = await tx.$queryRaw<{ caseId: string; ownerId: string | null }[]>`
      SELECT DISTINCT r."caseId", c."ownerId" FROM "Review" r JOIN "Case" c ON c.id = r."caseId"
      WHERE r.state IN ('requested', 'opened') AND r."dueAt" <= ${now} AND NOT EXISTS (
        SELECT 1 FROM "Task" t WHERE t."caseId" = r."caseId" AND t.kind = 'late_answer'
          AND (t.state = 'open' OR t."dueAt" >= r."dueAt"))
      LIMIT ${BATCH}`;
    for (const { caseId, ownerId } of late)
      await addTask(tx, { caseId, kind: "late_answer", ownerId, dueAt: addHours(now, CHASE_HOURS) });
    return late.length;
  });
}

/** A centre that never answered is no longer waited for, and its door closes. */
async function expireReviews(now: Date): Promise<number> {
  const system = systemActor("expire-reviews");
  const expired = await asPerson(system, async (tx) => {
    const open = await tx.review.findMany({
      where: {
        state: { in: ["requested", "opened"] },
        dueAt: { lte: now },
        // A paid second opinion is waited for until its own deadline, which may be later.
        OR: [
          { opinion: null },
          { opinion: { state: { not: "paid" } } },
          { opinion: { dueAt: { lte: now } } },
        ],
      },
      select: {
        id: true,
        caseId: true,
        clinicId: true,
        state: true,
        requestedAt: true,
        clinic: { select: { slug: true } },
      },
      orderBy: { requestedAt: "asc" },
      take: BATCH,
    });
    const overdue = open.filter((review) => givenUpAt(review.requestedAt) <= now);
    for (const { id, caseId, clinicId, state, clinic } of overdue) {
      const { count } = await tx.review.updateMany({
        where: { id, state },
        data: { state: "expired", endedAt: now },
      });
      if (count === 0) continue;
      await tx.caseAccess.updateMany({
        where: { caseId, clinicId, revokedAt: null },
        data: { revokedAt: now },
      });
      await noteCaseEvent(tx, system, { caseId, kind: "review_expired", note: clinic.slug });
      await writeAudit(tx, system, "review.expired", { caseId, objectType: "review", objectId: id });
    }
    return overdue;
  });
  for (const caseId of new Set(expired.map((review) => review.caseId))) await settleAnswers(caseId, now);
  return expired.length;
}
