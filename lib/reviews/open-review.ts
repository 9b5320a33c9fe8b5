import "server-only";
import type { ClinicReviewer } from "@/lib/kernel/actor";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { moveCase, noteCaseEvent } from "@/lib/cases/move-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { reviewInside } from "./queries";
import { reviewsOf } from "./scope";
import type { ReviewFacts } from "./views/review";

/** A reviewer begins to read, or goes on after the missing records came. Opening an open one changes nothing. */
export async function openReview(
  reviewer: ClinicReviewer,
  reviewId: string,
  now: Date,
): Promise<Outcome<ReviewFacts, "not_found" | "illegal_transition">> {
  return asPerson(reviewer, async (tx) => {
    const found = await reviewInside(tx, reviewer, reviewId);
    if (!found) return refused("not_found");
    const { state, caseId } = found;
    if (state === "opened") return done(found);
    if (state !== "requested" && state !== "more_info")
      return refused("illegal_transition", { from: state, to: "opened" });
    const { count } = await tx.review.updateMany({
      where: { AND: [{ id: reviewId, state }, reviewsOf(reviewer)] },
      data: { state: "opened", openedById: reviewer.personId, ...(found.openedAt ? {} : { openedAt: now }) },
    });
    if (count === 1) {
      if (state === "more_info") await backToCentres(tx, reviewer, found, now);
      await noteCaseEvent(tx, reviewer, { caseId, kind: "review_opened" });
      await writeAudit(tx, reviewer, "review.opened", { caseId, objectType: "review", objectId: reviewId });
    }
    const opened = await reviewInside(tx, reviewer, reviewId);
    // Of two who open at once both find it open; only a withdrawal in between leaves nothing to show.
    return opened?.state === "opened"
      ? done(opened)
      : refused("illegal_transition", { from: state, to: "opened" });
  });
}

/** The case waited for records because of this question; now it waits for the centre again. */
async function backToCentres(tx: Tx, reviewer: ClinicReviewer, found: ReviewFacts, now: Date): Promise<void> {
  if (found.case.stage !== "collecting_records") return;
  await moveCase(
    tx,
    reviewer,
    { caseId: found.caseId, to: "with_centres", from: ["collecting_records"] },
    now,
  );
}
