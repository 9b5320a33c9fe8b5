import { apiRoute } from "@/lib/infra/api";
import { giveAccessForm } from "@/lib/cases/forms";
import { giveAccess } from "@/lib/cases/give-access";
import { helperViewOf } from "@/lib/cases/invitation-view";
import { helpersOfCase } from "@/lib/cases/queries";

export const GET = apiRoute(async (call) => {
  const helpers = call.found(await helpersOfCase(call.as("patient"), call.id("id")));
  return call.json({ items: helpers.map((helper) => helperViewOf(helper)), next: null });
});

export const POST = apiRoute(async (call) => {
  const patient = call.as("patient");
  const caseId = call.id("id");
  const { id } = call.value(await giveAccess(patient, caseId, call.body(giveAccessForm), new Date()));
  const helpers = call.found(await helpersOfCase(patient, caseId));
  const invited = call.found(helpers.find((helper) => helper.id === id) ?? null);
  return call.created(helperViewOf(invited), `/api/v1/cases/${caseId}/access/${id}`);
});
