import "server-only";
import type { ClinicReviewer } from "@/lib/kernel/actor";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { announceToOwner } from "@/lib/cases/announce-news";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { asPerson } from "@/lib/infra/db";
import { visibleRecords } from "./decide-review";
import { reviewInside } from "./queries";
import { answerExpiresAt, isBinding } from "./review";
import { reviewsOf } from "./scope";
import type { ReviewFacts } from "./views/review";

/** The second click of one who has just confirmed it confirms nothing more. */
const JUST_NOW_MS = 60_000;

/** A doctor of the centre says that a binding answer still holds: it is valid anew and knows the records that came since. */
export async function confirmAnswer(
  reviewer: ClinicReviewer,
  reviewId: string,
  now: Date,
): Promise<Outcome<ReviewFacts, "not_found" | "illegal_transition">> {
  return asPerson(reviewer, async (tx) => {
    const found = await reviewInside(tx, reviewer, reviewId);
    if (!found) return refused("not_found");
    if (!isBinding(found)) return refused("illegal_transition", { from: found.state });
    const { caseId, secondSignedAt, answerExpiresAt: before } = found;
    if (before && before.getTime() > answerExpiresAt(now).getTime() - JUST_NOW_MS)
      return refused("illegal_transition", { from: found.state });
    const { count } = await tx.review.updateMany({
      where: {
        AND: [
          { id: reviewId, state: "decided", secondSignedAt, answerExpiresAt: before },
          reviewsOf(reviewer),
        ],
      },
      data: {
        answerExpiresAt: answerExpiresAt(now),
        recordsSeen: await visibleRecords(tx, reviewer, caseId),
      },
    });
    if (count === 0) return refused("illegal_transition", { from: found.state });
    await noteCaseEvent(tx, reviewer, { caseId, kind: "answer_confirmed", note: found.clinic.slug });
    await writeAudit(tx, reviewer, "review.confirmed", { caseId, objectType: "review", objectId: reviewId });
    await announceToOwner(tx, { id: caseId, ownerId: found.case.ownerId }, "case_news");
    const review = await reviewInside(tx, reviewer, reviewId);
    return review ? done(review) : refused("not_found");
  });
}
