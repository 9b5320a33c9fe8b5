"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { type CaseFilters, saveViewForm, viewIdForm } from "@/lib/cases/forms";
import { removeView } from "@/lib/cases/remove-view";
import { saveView } from "@/lib/cases/save-view";
import { answerForm, refuseFields } from "@/lib/desk/answer-form";
import { nestedForm } from "@/lib/desk/forms/nested";
import { requireCoordinator } from "@/lib/infra/session";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "desk" });

export async function saveViewAction(
  filters: CaseFilters,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await wordsOf();
  const { name = "" } = nestedForm(form);
  const read = saveViewForm.safeParse({ name, filters });
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const saved = await saveView(coordinator, read.data, new Date());
  if (saved.ok) refresh();
  return answerForm(saved, form, t("views.kept"));
}

export async function removeViewAction(_before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await wordsOf();
  const read = viewIdForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const removed = await removeView(coordinator, read.data.viewId);
  refresh();
  return answerForm(removed, form, t("views.forgotten"));
}
