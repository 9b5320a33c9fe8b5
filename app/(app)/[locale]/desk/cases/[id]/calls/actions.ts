"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm, refuseFields } from "@/lib/desk/answer-form";
import { nestedForm } from "@/lib/desk/forms/nested";
import { requireCoordinator } from "@/lib/infra/session";
import { recordCallForm } from "@/lib/messages/forms";
import { recordCall } from "@/lib/messages/record-call";

export async function recordCallAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "calls.desk" });
  const read = recordCallForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("state"));
  const made = await recordCall(coordinator, caseId, read.data, new Date());
  if (made.ok) refresh();
  return answerForm(made, form, t("saved"));
}
