import { apiRoute } from "@/lib/infra/api";
import { consentViewOf } from "@/lib/cases/consent";
import { withdrawConsent } from "@/lib/reviews/withdraw-consent";

export const DELETE = apiRoute(async (call) => {
  const patient = call.as("patient");
  const outcome = await withdrawConsent(patient, call.id("id"), call.id("consentId"), new Date());
  const { consent, clinicSlugs } = call.value(outcome);
  return call.json(consentViewOf(consent, clinicSlugs));
});
