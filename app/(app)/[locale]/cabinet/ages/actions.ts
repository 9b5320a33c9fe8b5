"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm, refuseFields } from "@/lib/desk/answer-form";
import { nestedForm } from "@/lib/desk/forms/nested";
import { requireClinicManager } from "@/lib/infra/session";
import { ageLimitsForm } from "@/lib/records/forms";
import { saveCentreAges } from "@/lib/records/save-centre-ages";

export async function saveCentreAgesAction(_before: FormState, form: FormData): Promise<FormState> {
  const manager = await requireClinicManager();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "settings" });
  const read = ageLimitsForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const saved = await saveCentreAges(manager, read.data, new Date());
  refresh();
  return answerForm(saved, form, t("centreAges.saved"));
}
