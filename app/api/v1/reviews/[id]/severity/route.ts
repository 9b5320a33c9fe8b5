import { apiRoute } from "@/lib/infra/api";
import { severitiesForReview } from "@/lib/reviews/queries";
import { showSeverities } from "@/lib/reviews/views/severity";

export const GET = apiRoute(async (call) => {
  const reviewer = call.as("clinic_reviewer");
  const found = call.value(await severitiesForReview(reviewer, call.id("id")));
  return call.json(showSeverities(found));
});
