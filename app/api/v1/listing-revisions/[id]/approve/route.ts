import { approveRevision } from "@/lib/clinics/approve-revision";
import { revisionToJudge } from "@/lib/clinics/queries/listing";
import { judgedAnswer } from "@/lib/clinics/views/cabinet";
import { apiRoute } from "@/lib/infra/api";
import { renewCentrePages } from "@/lib/infra/public-pages";

export const POST = apiRoute(async (call) => {
  const approver = call.as("admin", "coordinator");
  const id = call.id("id");
  call.value(await approveRevision(approver, id, new Date()));
  renewCentrePages();
  return call.json(judgedAnswer(call.found(await revisionToJudge(approver, id))));
});
