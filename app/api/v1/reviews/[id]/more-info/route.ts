import { apiRoute } from "@/lib/infra/api";
import { askMoreInfo } from "@/lib/reviews/ask-more-info";
import { askMoreInfoForm } from "@/lib/reviews/forms";
import { reviewViewOf } from "@/lib/reviews/views/review";

export const POST = apiRoute(async (call) => {
  const reviewer = call.as("clinic_reviewer");
  const review = call.value(
    await askMoreInfo(reviewer, call.id("id"), call.body(askMoreInfoForm), new Date()),
  );
  return call.json(reviewViewOf(review, reviewer.role));
});
