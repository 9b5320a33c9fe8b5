import { requestChangesForm } from "@/lib/clinics/forms/listing";
import { revisionToJudge } from "@/lib/clinics/queries/listing";
import { requestChanges } from "@/lib/clinics/request-changes";
import { judgedAnswer } from "@/lib/clinics/views/cabinet";
import { apiRoute } from "@/lib/infra/api";

export const POST = apiRoute(async (call) => {
  const approver = call.as("admin", "coordinator");
  const id = call.id("id");
  call.value(await requestChanges(approver, id, call.body(requestChangesForm), new Date()));
  return call.json(judgedAnswer(call.found(await revisionToJudge(approver, id))));
});
