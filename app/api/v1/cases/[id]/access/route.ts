import { apiRoute } from "@/lib/infra/api";
import { giveAccessForm } from "@/lib/cases/forms";
import { giveAccess } from "@/lib/cases/give-access";
import { companionViewOf } from "@/lib/cases/invitation-view";
import { companionsOfCase } from "@/lib/cases/queries";

export const GET = apiRoute(async (call) => {
  const companions = call.found(await companionsOfCase(call.as("patient"), call.id("id")));
  return call.json({ items: companions.map((companion) => companionViewOf(companion)), next: null });
});

export const POST = apiRoute(async (call) => {
  const patient = call.as("patient");
  const caseId = call.id("id");
  const { id } = call.value(await giveAccess(patient, caseId, call.body(giveAccessForm), new Date()));
  const companions = call.found(await companionsOfCase(patient, caseId));
  const invited = call.found(companions.find((companion) => companion.id === id) ?? null);
  return call.created(companionViewOf(invited), `/api/v1/cases/${caseId}/access/${id}`);
});
