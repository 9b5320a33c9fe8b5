import { apiRoute } from "@/lib/infra/api";
import { readReview } from "@/lib/reviews/read-review";
import { reviewViewOf } from "@/lib/reviews/views/review";

export const GET = apiRoute(async (call) => {
  const person = call.as("coordinator", "clinic_reviewer", "clinic_manager");
  return call.json(reviewViewOf(call.found(await readReview(person, call.id("id"))), person.role));
});
