"use server";

import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm, refuseFields, refuseForm } from "@/lib/desk/answer-form";
import { nestedForm } from "@/lib/desk/forms/nested";
import { stepUpRefusal } from "@/lib/infra/auth-step-up";
import { requireAnyOf } from "@/lib/infra/session";
import { removePatientFactorsForm } from "@/lib/people/forms";
import { removePatientFactors } from "@/lib/people/remove-factors";

export async function removePatientFactorsAction(_before: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const t = await getTranslations({ locale: await actionLocale(), namespace: "staff" });
  const read = removePatientFactorsForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  return answerForm(await removePatientFactors(admin, read.data, new Date()), form, t("patient.done"));
}
