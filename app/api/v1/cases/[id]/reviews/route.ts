import { apiRoute } from "@/lib/infra/api";
import { requestReviewsForm } from "@/lib/reviews/forms";
import { readAnswersOfCase } from "@/lib/reviews/read-review";
import { requestReviews } from "@/lib/reviews/request-reviews";
import { reviewViewOf } from "@/lib/reviews/views/review";

export const POST = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const form = call.body(requestReviewsForm);
  const reviews = call.value(await requestReviews(coordinator, call.id("id"), form, new Date()));
  const items = reviews.map((review) => reviewViewOf(review, coordinator.role));
  return call.json({ items }, 201, { location: `/api/v1/cases/${call.id("id")}/reviews` });
});

export const GET = apiRoute(async (call) => {
  const person = call.as("patient", "coordinator", "clinic_reviewer", "clinic_manager");
  const reviews = call.found(await readAnswersOfCase(person, call.id("id"), new Date()));
  return call.json({ items: reviews.map((review) => reviewViewOf(review, person.role)), next: null });
});
