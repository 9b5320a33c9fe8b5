import { apiRoute } from "@/lib/infra/api";
import { readReview } from "@/lib/reviews/read-review";
import { severitiesForReview } from "@/lib/reviews/queries";
import { showSeverities } from "@/lib/reviews/views/severity";

export const GET = apiRoute(async (call) => {
  const reviewer = call.as("clinic_reviewer");
  const { id } = call.found(await readReview(reviewer, call.id("id")));
  const found = call.value(await severitiesForReview(reviewer, id));
  return call.json(showSeverities(found));
});
