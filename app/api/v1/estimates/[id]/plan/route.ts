import { estimateFor } from "@/lib/estimates/queries";
import { apiRoute } from "@/lib/infra/api";
import { estimatePlan } from "@/lib/logistics/estimate-plan";
import { estimatePlanForm } from "@/lib/logistics/forms";
import { estimatePlanView } from "@/lib/logistics/views/estimate-plan";

export const GET = apiRoute(async (call) => {
  const actor = call.as("patient", "coordinator", "finance", "clinic_manager", "clinic_reviewer");
  const { services } = call.query(estimatePlanForm);
  const estimate = call.found(await estimateFor(actor, call.id("id")));
  return call.json(estimatePlanView(estimate.id, call.value(estimatePlan(estimate, services))));
});
