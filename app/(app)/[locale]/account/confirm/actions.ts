"use server";

import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { parseForm } from "@/lib/infra/action-answer";
import { refusalWords } from "@/lib/infra/refusal-words";
import { requireOwner } from "@/lib/infra/session";
import { refused } from "@/lib/kernel/outcome";
import { confirmPerson } from "@/lib/people/confirm-person";
import { secondStepForm } from "@/lib/people/forms";

/** The second step once more, by a plain form: where no script asks for it over the page. */
export async function confirmAction(_before: FormState, form: FormData): Promise<FormState> {
  const { owner, identity } = await requireOwner();
  const locale = await actionLocale();
  const parsed = await parseForm(secondStepForm, form);
  const confirmed =
    identity.sessionId && parsed.ok
      ? await confirmPerson(owner, identity.sessionId, parsed.value.code, new Date())
      : refused(identity.sessionId ? "wrong_code" : "unauthorized");
  if (!confirmed.ok) {
    const message = await refusalWords(locale, confirmed);
    return { status: "refused", message, errors: { code: message } };
  }
  const t = await getTranslations({ locale, namespace: "again.confirm.page" });
  return { status: "done", message: t("done") };
}
