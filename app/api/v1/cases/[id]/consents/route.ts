import { apiRoute } from "@/lib/infra/api";
import { consentViewOf } from "@/lib/cases/consent";
import { giveConsentForm } from "@/lib/cases/forms";
import { giveConsent } from "@/lib/cases/give-consent";
import { consentForActor } from "@/lib/cases/queries";

export const POST = apiRoute(async (call) => {
  const patient = call.as("patient");
  const caseId = call.id("id");
  const given = call.value(await giveConsent(patient, caseId, call.body(giveConsentForm)));
  const { consent, clinicSlugs } = call.found(await consentForActor(patient, caseId, given.id));
  const view = consentViewOf(consent, clinicSlugs);
  return given.isNew ? call.created(view, `/api/v1/cases/${caseId}/consents/${view.id}`) : call.json(view);
});
