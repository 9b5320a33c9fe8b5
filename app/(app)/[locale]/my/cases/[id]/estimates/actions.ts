"use server";

import { getTranslations } from "next-intl/server";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { acceptEstimate } from "@/lib/estimates/accept-estimate";
import { acceptEstimateForm, rejectEstimateForm } from "@/lib/estimates/forms";
import { rejectEstimate } from "@/lib/estimates/reject-estimate";
import { parseForm, refuseUnfit } from "@/lib/infra/action-answer";
import { refusalWords } from "@/lib/infra/refusal-words";
import { requirePatient } from "@/lib/infra/session";

export async function acceptEstimateAction(
  estimateId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const accepted = await acceptEstimate(
    patient,
    estimateId,
    acceptEstimateForm.parse(Object.fromEntries(form)),
    new Date(),
  );
  const locale = await actionLocale();
  if (!accepted.ok) return { status: "refused", message: await refusalWords(locale, accepted) };
  // From the top: what was accepted and the next step stand there.
  redirect(`/${locale}/my/cases/${accepted.value.caseId}/estimates?accepted`);
}

export async function rejectEstimateAction(
  estimateId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "my.estimates" });
  const reason = form.get("reason");
  const parsed = await parseForm(rejectEstimateForm, reason ? form : new FormData());
  if (!parsed.ok) return refuseUnfit(parsed);
  const rejected = await rejectEstimate(patient, estimateId, parsed.value, new Date());
  if (!rejected.ok) return { status: "refused", message: await refusalWords(locale, rejected) };
  refresh();
  return { status: "done", message: t("rejected") };
}
