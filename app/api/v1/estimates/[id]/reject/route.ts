import { rejectEstimate } from "@/lib/estimates/reject-estimate";
import { rejectEstimateForm } from "@/lib/estimates/forms";
import { estimateView } from "@/lib/estimates/views";
import { apiRoute } from "@/lib/infra/api";

export const POST = apiRoute(async (call) => {
  const patient = call.as("patient");
  const id = call.id("id");
  const now = new Date();
  const form = call.body(rejectEstimateForm);
  return call.json(estimateView(call.value(await rejectEstimate(patient, id, form, now)), now));
});
