import "server-only";
import type { ClinicReviewer } from "@/lib/kernel/actor";
import { addMinutes } from "@/lib/kernel/day";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { addTask } from "@/lib/cases/add-task";
import { announceToOwner, announceToPatient } from "@/lib/cases/announce-news";
import { setNextStep } from "@/lib/cases/move-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import type { Prisma } from "@/lib/infra/generated/client";
import { recordsOf } from "@/lib/records/scope";
import { askPatient } from "./ask-more-info";
import type { DecideReviewForm } from "./forms";
import { reviewInside } from "./queries";
import { blocksTravel } from "./review";
import { reviewsOf } from "./scope";
import type { ReviewFacts } from "./views/review";

/** The first signature under an answer: preliminary, seen by the centre and the coordinators only. */
export async function decideReview(
  reviewer: ClinicReviewer,
  reviewId: string,
  form: DecideReviewForm,
  now: Date,
): Promise<Outcome<ReviewFacts, "not_found" | "illegal_transition">> {
  return asPerson(reviewer, async (tx) => {
    const found = await reviewInside(tx, reviewer, reviewId);
    if (!found) return refused("not_found");
    const answered = await answer(tx, reviewer, found, form, now);
    if (!answered) return refused("illegal_transition", { from: found.state, to: "decided" });
    if (blocksTravel(form.answer)) await alarm(tx, found, now);
    const review = await reviewInside(tx, reviewer, reviewId);
    return review ? done(review) : refused("not_found");
  });
}

async function answer(
  tx: Tx,
  reviewer: ClinicReviewer,
  found: ReviewFacts,
  form: DecideReviewForm,
  now: Date,
): Promise<boolean> {
  const { verdict, reason } = form;
  const given = { verdict, reason: reason ?? null, answer: toStore(form.answer) };
  if (verdict === "need_more_data") {
    const requests = form.requests ?? [{ text: reason ?? "" }];
    return askPatient(tx, reviewer, found, requests, given, now);
  }
  const { count } = await tx.review.updateMany({
    where: { AND: [{ id: found.id, state: "opened" }, reviewsOf(reviewer)] },
    data: {
      ...given,
      state: "decided",
      conditions: toStore(form.conditions ?? []),
      requests: toStore(form.requests ?? []),
      recordsSeen: await visibleRecords(tx, reviewer, found.caseId),
      firstSignerId: reviewer.personId,
      firstSignedAt: now,
    },
  });
  if (count === 0) return false;
  await writeAudit(tx, reviewer, "review.decided", {
    caseId: found.caseId,
    objectType: "review",
    objectId: found.id,
    facts: { signature: 1 },
  });
  await notify(tx, { kind: "case", caseId: found.caseId });
  return true;
}

/** Optional fields that were not filled have no place in the stored answer. */
function toStore(value: object): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue;
}

/** What this centre could read when it signed. */
export async function visibleRecords(tx: Tx, reviewer: ClinicReviewer, caseId: string): Promise<string[]> {
  const records = await tx.record.findMany({
    where: { AND: [{ caseId, state: "accepted", erasedAt: null }, recordsOf(reviewer)] },
    select: { id: true },
    orderBy: { createdAt: "asc" },
  });
  return records.map((record) => record.id);
}

const ALARM_MINUTES = 15;

/** A doctor says "do not travel": the case is urgent and a human calls now, before the second signature. */
async function alarm(tx: Tx, found: ReviewFacts, now: Date): Promise<void> {
  const { caseId } = found;
  const dueAt = addMinutes(now, ALARM_MINUTES);
  await tx.case.updateMany({ where: { id: caseId }, data: { urgent: true } });
  await setNextStep(
    tx,
    caseId,
    { waitingOn: "coordinator", nextAction: "travel_blocked", nextDueAt: dueAt },
    now,
  );
  await addTask(tx, { caseId, kind: "travel_blocked", ownerId: found.case.ownerId, dueAt });
  const one = await tx.case.findUnique({
    where: { id: caseId },
    select: { id: true, patientId: true, ownerId: true },
  });
  if (!one) return;
  await announceToOwner(tx, one, "case_news");
  await announceToPatient(tx, one, "case_news");
}
