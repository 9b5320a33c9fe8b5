"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm, refuseFields } from "@/lib/desk/answer-form";
import { typedServiceForm } from "@/lib/desk/forms/catalogue";
import { nestedForm } from "@/lib/desk/forms/nested";
import { requireAnyOf } from "@/lib/infra/session";
import { saveCatalogueEntry } from "@/lib/logistics/save-catalogue-entry";

export async function saveServiceAction(_before: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const t = await getTranslations({ locale: await actionLocale(), namespace: "services" });
  const read = typedServiceForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const saved = await saveCatalogueEntry(admin, read.data, new Date());
  refresh();
  return answerForm(saved, form, t("saved"));
}
