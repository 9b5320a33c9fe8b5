import { apiRoute } from "@/lib/infra/api";
import { withdrawSignature } from "@/lib/reviews/withdraw-signature";
import { reopenReviewForm } from "@/lib/reviews/forms";
import { reviewViewOf } from "@/lib/reviews/views/review";

export const POST = apiRoute(async (call) => {
  const reviewer = call.as("clinic_reviewer");
  const review = call.value(await withdrawSignature(reviewer, call.id("id"), call.body(reopenReviewForm)));
  return call.json(reviewViewOf(review, reviewer.role));
});
