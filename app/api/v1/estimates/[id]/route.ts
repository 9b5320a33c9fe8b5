import { editEstimate } from "@/lib/estimates/edit-estimate";
import { editEstimateForm } from "@/lib/estimates/forms";
import { estimateFor } from "@/lib/estimates/queries";
import { estimateView } from "@/lib/estimates/views";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) => {
  const actor = call.as("patient", "coordinator", "finance", "clinic_manager", "clinic_reviewer");
  return call.json(estimateView(call.found(await estimateFor(actor, call.id("id"))), new Date()));
});

export const PATCH = apiRoute(async (call) => {
  const coordinator = call.as("coordinator");
  const id = call.id("id");
  const now = new Date();
  return call.json(
    estimateView(call.value(await editEstimate(coordinator, id, call.body(editEstimateForm), now)), now),
  );
});
