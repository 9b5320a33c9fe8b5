import { apiRoute } from "@/lib/infra/api";
import { companionViewOf } from "@/lib/cases/invitation-view";
import { companionsOfCase } from "@/lib/cases/queries";
import { revokeAccess } from "@/lib/cases/revoke-access";

export const DELETE = apiRoute(async (call) => {
  const patient = call.as("patient");
  const caseId = call.id("id");
  const { id } = call.value(await revokeAccess(patient, caseId, call.id("accessId"), new Date()));
  const companions = call.found(await companionsOfCase(patient, caseId));
  return call.json(companionViewOf(call.found(companions.find((companion) => companion.id === id) ?? null)));
});
