import { apiRoute } from "@/lib/infra/api";
import { confirmAnswer } from "@/lib/reviews/confirm-answer";
import { reviewViewOf } from "@/lib/reviews/views/review";

export const POST = apiRoute(async (call) => {
  const reviewer = call.as("clinic_reviewer");
  const review = call.value(await confirmAnswer(reviewer, call.id("id"), new Date()));
  return call.json(reviewViewOf(review, reviewer.role));
});
