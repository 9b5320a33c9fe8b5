import { apiRoute } from "@/lib/infra/api";
import { reviewsQuery } from "@/lib/reviews/forms";
import { reviewsForActor } from "@/lib/reviews/queries";
import { reviewViewOf } from "@/lib/reviews/views";

export const GET = apiRoute(async (call) => {
  const person = call.as("coordinator", "clinic_reviewer", "clinic_manager");
  const page = await reviewsForActor(person, call.query(reviewsQuery));
  return call.json({ ...page, items: page.items.map((review) => reviewViewOf(review, person.role)) });
});
