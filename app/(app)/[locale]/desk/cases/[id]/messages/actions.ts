"use server";

import type { FormState } from "@/components/ui/form-state";
import { takeForm } from "@/lib/desk/take-form";
import { requireCoordinator } from "@/lib/infra/session";
import { postMessageForm } from "@/lib/messages/forms";
import { postMessage } from "@/lib/messages/post-message";

export async function postMessageAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return takeForm(form, postMessageForm, "messages.sent", (typed) =>
    postMessage(coordinator, caseId, typed, new Date()),
  );
}
