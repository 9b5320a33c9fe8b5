import { documentsOfCase } from "@/lib/documents/queries";
import { documentsView } from "@/lib/documents/views";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) => {
  const actor = call.as("patient", "coordinator", "finance", "clinic_reviewer", "clinic_manager");
  return call.json(documentsView(call.found(await documentsOfCase(actor, call.id("id")))));
});
