import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { reviewInside } from "./queries";
import type { ReviewFacts } from "./views";

/** Shows a review to somebody who may see it, and writes down that they looked; null for a stranger. */
export function readReview(actor: SignedIn, reviewId: string): Promise<ReviewFacts | null> {
  return asPerson(actor, async (tx) => {
    const found = await reviewInside(tx, actor, reviewId);
    if (found) {
      const { caseId } = found;
      await writeAudit(tx, actor, "review.viewed", { caseId, objectType: "review", objectId: reviewId });
    }
    return found;
  });
}
