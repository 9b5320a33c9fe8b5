import { rejectRevisionForm } from "@/lib/clinics/forms/listing";
import { revisionToJudge } from "@/lib/clinics/queries/listing";
import { rejectRevision } from "@/lib/clinics/reject-revision";
import { judgedAnswer } from "@/lib/clinics/views/cabinet";
import { apiRoute } from "@/lib/infra/api";

export const POST = apiRoute(async (call) => {
  const approver = call.as("admin", "coordinator");
  const id = call.id("id");
  const { reason } = call.body(rejectRevisionForm);
  call.value(await rejectRevision(approver, id, reason, new Date()));
  return call.json(judgedAnswer(call.found(await revisionToJudge(approver, id))));
});
