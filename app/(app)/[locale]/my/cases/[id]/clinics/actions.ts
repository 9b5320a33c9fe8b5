"use server";

import { getTranslations } from "next-intl/server";
import { refresh } from "next/cache";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { currentConsentText } from "@/lib/cases/consent-text";
import { giveConsentForm } from "@/lib/cases/forms";
import { giveConsent } from "@/lib/cases/give-consent";
import { answerForm } from "@/lib/desk/answer-form";
import { parseForm, refuseUnfit } from "@/lib/infra/action-answer";
import { requirePatient } from "@/lib/infra/session";
import { consentIdForm } from "@/lib/reviews/forms";
import { withdrawConsent } from "@/lib/reviews/withdraw-consent";

const given = giveConsentForm.omit({ textVersion: true, deidentified: true, language: true });

export async function giveConsentAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "my.clinics" });
  const parsed = await parseForm(given, form);
  if (!parsed.ok) return refuseUnfit(parsed);
  const outcome = await giveConsent(patient, caseId, {
    clinic: parsed.value.clinic,
    textVersion: currentConsentText("share_with_clinic").version,
    deidentified: form.get("deidentified") === "on",
    // The wording shown is the English one.
    language: "en",
  });
  if (outcome.ok) refresh();
  return answerForm(outcome, form, t("given"));
}

export async function withdrawConsentAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "my.clinics" });
  const { consentId } = consentIdForm.parse(Object.fromEntries(form));
  const outcome = await withdrawConsent(patient, caseId, consentId, new Date());
  if (outcome.ok) refresh();
  return answerForm(outcome, form, t("withdrawn"));
}
