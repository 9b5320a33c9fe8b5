import { draftEstimate } from "@/lib/estimates/draft-estimate";
import { draftEstimateForm } from "@/lib/estimates/forms";
import { estimateView } from "@/lib/estimates/views";
import { apiRoute } from "@/lib/infra/api";

export const POST = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const reviewId = call.id("id");
  const now = new Date();
  const draft = call.value(await draftEstimate(coordinator, reviewId, call.body(draftEstimateForm), now));
  return call.created(estimateView(draft, now), `/api/v1/estimates/${draft.id}`);
});
