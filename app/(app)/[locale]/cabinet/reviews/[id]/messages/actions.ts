"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm, refuseFields } from "@/lib/desk/answer-form";
import { nestedForm } from "@/lib/desk/forms/nested";
import { requireClinicReviewer } from "@/lib/infra/session";
import { postMessageForm } from "@/lib/messages/forms";
import { postMessage } from "@/lib/messages/post-message";

export async function postToOperatorAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const reviewer = await requireClinicReviewer();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "cabinet" });
  const read = postMessageForm.safeParse({ ...nestedForm(form), audience: "centre" });
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const posted = await postMessage(reviewer, caseId, read.data, new Date());
  if (posted.ok) refresh();
  return answerForm(posted, form, t("messages.sent"));
}
