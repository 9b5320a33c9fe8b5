"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm, refuseFields } from "@/lib/desk/answer-form";
import { nestedForm } from "@/lib/desk/forms/nested";
import { requirePatient } from "@/lib/infra/session";
import { requestCallForm } from "@/lib/messages/forms";
import { requestCall } from "@/lib/messages/request-call";

export async function requestCallAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "calls" });
  const read = requestCallForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const asked = await requestCall(patient, caseId, read.data, new Date());
  if (asked.ok) refresh();
  return answerForm(asked, form, t("asked"));
}
