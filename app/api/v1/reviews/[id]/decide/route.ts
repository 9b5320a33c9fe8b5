import { apiRoute } from "@/lib/infra/api";
import { decideReview } from "@/lib/reviews/decide-review";
import { decideReviewForm } from "@/lib/reviews/forms";
import { reviewViewOf } from "@/lib/reviews/views/review";

export const POST = apiRoute(async (call) => {
  const reviewer = call.as("clinic_reviewer");
  const review = call.value(
    await decideReview(reviewer, call.id("id"), call.body(decideReviewForm), new Date()),
  );
  return call.json(reviewViewOf(review, reviewer.role));
});
