import { apiRoute } from "@/lib/infra/api";
import { declineReview } from "@/lib/reviews/decline-review";
import { declineReviewForm } from "@/lib/reviews/forms";
import { reviewViewOf } from "@/lib/reviews/views/review";

export const POST = apiRoute(async (call) => {
  const reviewer = call.as("clinic_reviewer");
  const review = call.value(
    await declineReview(reviewer, call.id("id"), call.body(declineReviewForm), new Date()),
  );
  return call.json(reviewViewOf(review, reviewer.role));
});
