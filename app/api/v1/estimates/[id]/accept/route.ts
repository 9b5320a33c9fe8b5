import { acceptEstimate } from "@/lib/estimates/accept-estimate";
import { acceptEstimateForm } from "@/lib/estimates/forms";
import { estimateView } from "@/lib/estimates/views";
import { apiRoute } from "@/lib/infra/api";

export const POST = apiRoute(async (call) => {
  const patient = call.as("patient");
  const id = call.id("id");
  const now = new Date();
  const form = call.body(acceptEstimateForm);
  return call.json(estimateView(call.value(await acceptEstimate(patient, id, form, now)), now));
});
