import { apiRoute } from "@/lib/infra/api";
import { helperViewOf } from "@/lib/cases/invitation-view";
import { helpersOfCase } from "@/lib/cases/queries";
import { revokeAccess } from "@/lib/cases/revoke-access";

export const DELETE = apiRoute(async (call) => {
  const patient = call.as("patient");
  const caseId = call.id("id");
  const { id } = call.value(await revokeAccess(patient, caseId, call.id("accessId"), new Date()));
  const helpers = call.found(await helpersOfCase(patient, caseId));
  return call.json(helperViewOf(call.found(helpers.find((helper) => helper.id === id) ?? null)));
});
