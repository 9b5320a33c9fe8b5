import { mayVisitCase } from "@/lib/cases/open-case";
import { apiRoute } from "@/lib/infra/api";
import { checklistForCase } from "@/lib/records/queries";
import { showChecklist } from "@/lib/records/views/record";

export const GET = apiRoute(async (call) => {
  const viewer = call.as("patient", "coordinator", "clinic_reviewer", "clinic_manager");
  call.may(await mayVisitCase(viewer, call.id("id"), new Date()));
  return call.json(showChecklist(call.found(await checklistForCase(viewer, call.id("id")))));
});
