"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm, refuseFields } from "@/lib/desk/answer-form";
import { nestedForm } from "@/lib/desk/forms/nested";
import { requireAnyOf } from "@/lib/infra/session";
import { addSupplier } from "@/lib/logistics/add-supplier";
import { addSupplierForm } from "@/lib/logistics/supplier-form";

export async function addSupplierAction(_before: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const t = await getTranslations({ locale: await actionLocale(), namespace: "suppliers" });
  const read = addSupplierForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const added = await addSupplier(admin, read.data, new Date());
  if (added.ok) refresh();
  return answerForm(added, form, t("added"));
}
