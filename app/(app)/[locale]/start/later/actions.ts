"use server";

import { getTranslations } from "next-intl/server";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { formatDay } from "@/components/ui/format";
import { actionLocale } from "@/i18n/action-locale";
import { dayOf } from "@/lib/kernel/day";
import { sendDraftLinkForm } from "@/lib/cases/forms";
import { readCurrentDraft } from "@/lib/cases/read-draft";
import { sendDraftLink } from "@/lib/cases/send-draft-link";
import { faultsOf, typedValues } from "@/lib/infra/action-answer";
import { DRAFT_COOKIE, refuseForeignPost } from "@/lib/infra/session";

/** Mails the link of the draft the page was made for, if that is the one open in this browser. */
export async function sendDraftLinkAction(
  draftId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  await refuseForeignPost();
  const language = await actionLocale();
  const t = await getTranslations({ locale: language, namespace: "intake" });
  const values = typedValues(form);
  const draft = await readCurrentDraft();
  const token = (await cookies()).get(DRAFT_COOKIE)?.value;
  if (!draft || !token) return { status: "refused", message: t("gone"), values };
  if (draft.facts.id !== draftId || "patient" in draft.keeper)
    return { status: "refused", message: t("other"), values };
  const parsed = sendDraftLinkForm.safeParse({ ...values, language });
  if (!parsed.success)
    return { status: "refused", message: t("refused"), errors: await faultsOf(parsed.error), values };
  const sent = await sendDraftLink(token, parsed.data);
  if (sent.ok) {
    const day = formatDay(dayOf(draft.facts.nextDueAt ?? new Date()), language);
    return { status: "done", message: t("later.sent", { email: parsed.data.email, day }) };
  }
  const minutes = Math.ceil(Number(sent.detail.retryAfter ?? 60) / 60);
  return {
    status: "refused",
    message: sent.reason === "too_many" ? t("later.wait", { minutes }) : t("gone"),
    values,
  };
}

/** Takes the way to an ownerless draft off this device, once its holder said that they know what then opens it. */
export async function closeDraftAction(_before: FormState, form: FormData): Promise<FormState> {
  await refuseForeignPost();
  const locale = await actionLocale();
  if (form.get("sure") !== "on") {
    const t = await getTranslations({ locale, namespace: "intake.later" });
    return { status: "refused", message: t("sureFirst"), errors: { sure: t("sureFirst") } };
  }
  (await cookies()).delete(DRAFT_COOKIE);
  return redirect(`/${locale}`);
}
