import "server-only";
import type { ClinicReviewer } from "@/lib/kernel/actor";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { announceToOwner } from "@/lib/cases/announce-news";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import type { DeclineReviewForm } from "./forms";
import { reviewInside } from "./queries";
import { isOpen } from "./review";
import { reviewsOf } from "./scope";
import { settleAnswers } from "./settle-answers";
import type { ReviewFacts } from "./views/review";

type Refusal = "not_found" | "illegal_transition";

/**
 * A centre gives no answer at all: no capacity, not its field. That is no verdict on the patient, but a "no" all the
 * same: the report on it is free and comes by itself.
 */
export async function declineReview(
  reviewer: ClinicReviewer,
  reviewId: string,
  form: DeclineReviewForm,
  now: Date,
): Promise<Outcome<ReviewFacts, Refusal>> {
  const outcome = await asPerson(reviewer, (tx) => decline(tx, reviewer, reviewId, form, now));
  if (outcome.ok) await settleAnswers(outcome.value.caseId, now);
  return outcome;
}

async function decline(
  tx: Tx,
  reviewer: ClinicReviewer,
  reviewId: string,
  form: DeclineReviewForm,
  now: Date,
): Promise<Outcome<ReviewFacts, Refusal>> {
  const found = await reviewInside(tx, reviewer, reviewId);
  if (!found) return refused("not_found");
  const { state, caseId } = found;
  if (!isOpen(state)) return refused("illegal_transition", { from: state, to: "declined" });
  const { count } = await tx.review.updateMany({
    where: { AND: [{ id: reviewId, state }, reviewsOf(reviewer)] },
    data: { state: "declined", declineReason: form.reason, endedAt: now },
  });
  if (count === 0) return refused("illegal_transition", { from: state, to: "declined" });
  await noteCaseEvent(tx, reviewer, { caseId, kind: "review_declined", note: found.clinic.slug });
  await writeAudit(tx, reviewer, "review.declined", { caseId, objectType: "review", objectId: reviewId });
  await announceToOwner(tx, { id: caseId, ownerId: found.case.ownerId }, "case_news");
  await enqueue(tx, "document.decline", { reviewId });
  const review = await reviewInside(tx, reviewer, reviewId);
  return review ? done(review) : refused("not_found");
}
