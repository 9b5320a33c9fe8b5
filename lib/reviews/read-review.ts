import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { noteLook, noteLooks } from "@/lib/audit/note-look";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Page } from "@/lib/cases/page";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { ReviewsQuery } from "./forms";
import { reviewInside, reviewsForActor, reviewsOfCase } from "./queries";
import type { ReviewFacts } from "./views/review";

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

/** The questions and answers of one case with the trace of who read them; null for a stranger. */
export async function readAnswersOfCase(
  actor: SignedIn,
  caseId: string,
  now: Date,
): Promise<ReviewFacts[] | null> {
  const found = await reviewsOfCase(actor, caseId);
  if (!found) return null;
  await asPerson(actor, async (tx) => {
    await noteLook(tx, actor, "case.viewed", { caseId, objectType: "case", objectId: caseId }, now);
    await noteAnswers(tx, actor, found, now);
  });
  return found;
}

/** A page of the inbox. Answers stand in it whole, so each one shown was looked at. */
export async function readInbox(actor: SignedIn, query: ReviewsQuery, now: Date): Promise<Page<ReviewFacts>> {
  const page = await reviewsForActor(actor, query);
  await asPerson(actor, (tx) => noteAnswers(tx, actor, page.items, now));
  return page;
}

function noteAnswers(tx: Tx, actor: SignedIn, found: readonly ReviewFacts[], now: Date): Promise<void> {
  const answered = found.filter((review) => review.verdict !== null);
  const seen = answered.map(({ id, caseId }) => ({ caseId, objectType: "review", objectId: id }) as const);
  return noteLooks(tx, actor, "review.viewed", seen, now);
}
