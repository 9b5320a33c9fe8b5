import { mayVisitCase } from "@/lib/cases/open-case";
import { estimatesOfCase } from "@/lib/estimates/queries";
import { estimateView } from "@/lib/estimates/views";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) => {
  const actor = call.as("patient", "coordinator", "clinic_manager", "clinic_reviewer");
  call.may(await mayVisitCase(actor, call.id("id"), new Date()));
  const now = new Date();
  const found = call.found(await estimatesOfCase(actor, call.id("id")));
  return call.json({ items: found.map((estimate) => estimateView(estimate, now)), next: null });
});
