"use server";

import { getTranslations } from "next-intl/server";
import { refresh } from "next/cache";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { accessIdForm, giveAccessForm } from "@/lib/cases/forms";
import { giveAccess } from "@/lib/cases/give-access";
import { COMPANION_SCOPES } from "@/lib/cases/invitation";
import { revokeAccess } from "@/lib/cases/revoke-access";
import { answerForm } from "@/lib/desk/answer-form";
import { parseForm, refuseUnfit } from "@/lib/infra/action-answer";
import { requirePatient } from "@/lib/infra/session";

const asked = giveAccessForm.omit({ scopes: true });

export async function giveAccessAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "companions" });
  const parsed = await parseForm(asked, form);
  if (!parsed.ok) return refuseUnfit(parsed);
  const scopes = COMPANION_SCOPES.filter((scope) => form.get(scope) === "on");
  const outcome = await giveAccess(patient, caseId, { ...parsed.value, scopes }, new Date());
  if (outcome.ok) refresh();
  return answerForm(outcome, form, t("sent"));
}

export async function revokeAccessAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "companions" });
  const { accessId } = accessIdForm.parse(Object.fromEntries(form));
  const outcome = await revokeAccess(patient, caseId, accessId, new Date());
  if (outcome.ok) refresh();
  return answerForm(outcome, form, t("ended"));
}
