"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm, refuseFields } from "@/lib/desk/answer-form";
import { nestedForm } from "@/lib/desk/forms/nested";
import { requireCoordinator } from "@/lib/infra/session";
import { markAnsweredForm } from "@/lib/messages/forms";
import { markAnswered } from "@/lib/messages/mark-answered";

/** The last word of a thread needs no answer: its clock rests until the next one. */
export async function markAnsweredAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "inbox" });
  const read = markAnsweredForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const marked = await markAnswered(coordinator, caseId, read.data);
  if (marked.ok) refresh();
  return answerForm(marked, form, t("marked"));
}
