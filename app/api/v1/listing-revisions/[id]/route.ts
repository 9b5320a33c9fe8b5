import { revisionToJudge } from "@/lib/clinics/queries/listing";
import { judgedAnswer } from "@/lib/clinics/views/cabinet";
import { apiRoute } from "@/lib/infra/api";

export const GET = apiRoute(async (call) => {
  const approver = call.as("admin", "coordinator");
  return call.json(judgedAnswer(call.found(await revisionToJudge(approver, call.id("id")))));
});
