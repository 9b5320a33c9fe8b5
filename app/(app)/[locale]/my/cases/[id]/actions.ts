"use server";

import { getTranslations } from "next-intl/server";
import { refresh } from "next/cache";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { cancelCase } from "@/lib/cases/cancel-case";
import { currentConsentText } from "@/lib/cases/consent-text";
import { editCase } from "@/lib/cases/edit-case";
import { cancelCaseForm } from "@/lib/cases/forms";
import { submitCase } from "@/lib/cases/submit-case";
import { parseForm, refuseUnfit } from "@/lib/infra/action-answer";
import { refusalWords } from "@/lib/infra/refusal-words";
import { requirePatient } from "@/lib/infra/session";

export async function submitCaseAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "my.overview" });
  if (form.get("consent") !== "on") {
    const message = t("agreeFirst");
    return { status: "refused", message, errors: { consent: message } };
  }
  const textVersion = currentConsentText("triage").version;
  const sent = await submitCase(patient, caseId, { consent: true, textVersion }, new Date());
  if (!sent.ok) return { status: "refused", message: await refusalWords(locale, sent) };
  refresh();
  return { status: "done", message: t("sent") };
}

export async function seenAction(caseId: string): Promise<void> {
  const patient = await requirePatient();
  await editCase(patient, caseId, { seenByDoctor: true }, new Date());
  refresh();
}

export async function cancelCaseAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "my.overview" });
  const parsed = await parseForm(cancelCaseForm, form);
  if (!parsed.ok) return refuseUnfit(parsed);
  const ended = await cancelCase(patient, caseId, parsed.value, new Date());
  if (!ended.ok) return { status: "refused", message: await refusalWords(locale, ended) };
  refresh();
  return { status: "done", message: t("cancelled") };
}
