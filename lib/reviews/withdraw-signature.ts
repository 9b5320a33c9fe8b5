import "server-only";
import type { ClinicReviewer } from "@/lib/kernel/actor";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { Prisma } from "@/lib/infra/generated/client";
import type { ReopenReviewForm } from "./forms";
import { reviewInside } from "./queries";
import { reviewsOf } from "./scope";
import type { ReviewFacts } from "./views/review";

/**
 * Takes a preliminary answer back, because a colleague disagrees or the signer saw something new.
 * A binding answer stays: who changes their mind then is asked in a new round.
 */
export async function withdrawSignature(
  reviewer: ClinicReviewer,
  reviewId: string,
  form: ReopenReviewForm,
): Promise<Outcome<ReviewFacts, "not_found" | "illegal_transition">> {
  return asPerson(reviewer, async (tx) => {
    const found = await reviewInside(tx, reviewer, reviewId);
    if (!found) return refused("not_found");
    const { count } = await tx.review.updateMany({
      where: { AND: [{ id: reviewId, state: "decided", secondSignerId: null }, reviewsOf(reviewer)] },
      data: {
        state: "opened",
        verdict: null,
        answer: Prisma.DbNull,
        conditions: Prisma.DbNull,
        requests: Prisma.DbNull,
        reason: form.reason,
        recordsSeen: [],
        firstSignerId: null,
        firstSignedAt: null,
      },
    });
    if (count === 0) return refused("illegal_transition", { from: found.state, to: "opened" });
    const { caseId } = found;
    await writeAudit(tx, reviewer, "review.reopened", {
      caseId,
      objectType: "review",
      objectId: reviewId,
      facts: { firstSigner: found.firstSignerId },
    });
    await notify(tx, { kind: "case", caseId });
    const review = await reviewInside(tx, reviewer, reviewId);
    return review ? done(review) : refused("not_found");
  });
}
