"use server";

import { refresh } from "next/cache";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { parseForm, refuseUnfit } from "@/lib/infra/action-answer";
import { refusalWords } from "@/lib/infra/refusal-words";
import { requirePatient } from "@/lib/infra/session";
import { postMessageForm } from "@/lib/messages/forms";
import { postMessage } from "@/lib/messages/post-message";

export async function postMessageAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const locale = await actionLocale();
  const parsed = await parseForm(postMessageForm, form);
  if (!parsed.ok) return refuseUnfit(parsed);
  const sent = await postMessage(patient, caseId, parsed.value, new Date());
  if (!sent.ok)
    return {
      status: "refused",
      message: await refusalWords(locale, sent),
      values: { body: parsed.value.body },
    };
  refresh();
  // The message itself stands in the conversation now: nothing more need be said.
  return { status: "done" };
}
