"use server";

import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { refuseFields, refuseForm } from "@/lib/desk/answer-form";
import { templateBuilderForm } from "@/lib/desk/forms/builder";
import { nestedForm } from "@/lib/desk/forms/nested";
import { labelEstimateLines } from "@/lib/desk/label-lines";
import { type TakenLines, takeLines } from "@/lib/desk/take-lines";
import { saveLineTemplate } from "@/lib/estimates/save-line-template";
import { requireClinicManager } from "@/lib/infra/session";
import { noteTaken } from "@/lib/infra/taken-words";

export async function saveLineTemplateAction(
  treatment: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const manager = await requireClinicManager();
  const locale = await actionLocale();
  const read = templateBuilderForm.safeParse({ ...nestedForm(form), treatment });
  if (!read.success) {
    const desk = await getTranslations({ locale, namespace: "desk" });
    return refuseFields(read.error, form, desk("check"), await labelEstimateLines());
  }
  const saved = await saveLineTemplate(manager, read.data, new Date());
  if (!saved.ok) return refuseForm(saved, form, await labelEstimateLines());
  await noteTaken();
  redirect(`/${locale}/cabinet/prices/lines/${read.data.treatment}?saved=${saved.value.id}`);
}

/** Lines of a sheet for the template; nothing is saved. */
export async function readTemplateLinesAction(country: string, form: FormData): Promise<TakenLines> {
  await requireClinicManager();
  return takeLines(form, { country, contracts: ["A"] });
}
