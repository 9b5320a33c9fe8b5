import "server-only";
import type { ClinicReviewer } from "@/lib/kernel/actor";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { announceToPatient } from "@/lib/cases/announce-news";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { reviewInside } from "./queries";
import { answerExpiresAt, isPositive } from "./review";
import { reviewsOf } from "./scope";
import { settleAnswers } from "./settle-answers";
import type { ReviewFacts } from "./views/review";

type Refusal = "not_found" | "illegal_transition" | "same_signer";

/** The second signature, of another doctor of the same centre: from now on the answer binds and the patient sees it. */
export async function countersignReview(
  reviewer: ClinicReviewer,
  reviewId: string,
  now: Date,
): Promise<Outcome<ReviewFacts, Refusal>> {
  const outcome = await asPerson(reviewer, (tx) => countersign(tx, reviewer, reviewId, now));
  // What the answers of all centres mean together no single centre may see: the system looks.
  if (outcome.ok) await settleAnswers(outcome.value.caseId, now);
  return outcome;
}

async function countersign(
  tx: Tx,
  reviewer: ClinicReviewer,
  reviewId: string,
  now: Date,
): Promise<Outcome<ReviewFacts, Refusal>> {
  const found = await reviewInside(tx, reviewer, reviewId);
  if (!found) return refused("not_found");
  if (found.state !== "decided" || found.secondSignerId)
    return refused("illegal_transition", { from: found.state });
  if (found.firstSignerId === reviewer.personId) return refused("same_signer");
  const { count } = await tx.review.updateMany({
    where: { AND: [{ id: reviewId, state: "decided", secondSignerId: null }, reviewsOf(reviewer)] },
    data: { secondSignerId: reviewer.personId, secondSignedAt: now, answerExpiresAt: answerExpiresAt(now) },
  });
  if (count === 0) return refused("illegal_transition", { from: found.state });
  await tell(tx, reviewer, found);
  const review = await reviewInside(tx, reviewer, reviewId);
  return review ? done(review) : refused("not_found");
}

async function tell(tx: Tx, reviewer: ClinicReviewer, found: ReviewFacts): Promise<void> {
  const { id, caseId, verdict } = found;
  const kind = isPositive(verdict) ? "answer_positive" : "answer_negative";
  await noteCaseEvent(tx, reviewer, { caseId, kind, note: found.clinic.slug });
  await writeAudit(tx, reviewer, "review.countersigned", {
    caseId,
    objectType: "review",
    objectId: id,
    facts: { signature: 2 },
  });
  if (!isPositive(verdict)) await enqueue(tx, "document.decline", { reviewId: id });
  const one = await tx.case.findUnique({ where: { id: caseId }, select: { id: true, patientId: true } });
  if (one) await announceToPatient(tx, one, "case_news");
}
