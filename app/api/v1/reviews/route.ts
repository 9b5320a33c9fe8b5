import { apiRoute } from "@/lib/infra/api";
import { reviewsQuery } from "@/lib/reviews/forms";
import { readInbox } from "@/lib/reviews/read-review";
import { reviewViewOf } from "@/lib/reviews/views/review";

export const GET = apiRoute(async (call) => {
  const person = call.as("coordinator", "clinic_reviewer", "clinic_manager");
  const page = await readInbox(person, call.query(reviewsQuery), new Date());
  return call.json({ ...page, items: page.items.map((review) => reviewViewOf(review, person.role)) });
});
