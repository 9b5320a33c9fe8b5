import "server-only";
import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import type { Coordinator, Patient } from "@/lib/kernel/actor";
import { createLink } from "@/lib/records/create-link";
import { createLinkForm, linkIdForm } from "@/lib/records/forms";
import { revokeLink } from "@/lib/records/revoke-link";
import { answerForm, refuseFields, refuseForm } from "./answer-form";
import { nestedForm } from "./forms/nested";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "uploadLinks" });

/** The form of a new upload link, the patient's and the desk's. The link itself is shown once, in the answer. */
export async function takeLink(
  maker: Patient | Coordinator,
  caseId: string,
  form: FormData,
): Promise<FormState> {
  const t = await wordsOf();
  const read = createLinkForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const made = await createLink(maker, caseId, read.data, new Date());
  if (!made.ok) return refuseForm(made, form);
  refresh();
  return { status: "done", codes: [made.value.url] };
}

export async function takeBackLink(
  maker: Patient | Coordinator,
  caseId: string,
  form: FormData,
): Promise<FormState> {
  const t = await wordsOf();
  const { linkId } = linkIdForm.parse(Object.fromEntries(form));
  const closed = await revokeLink(maker, caseId, linkId, new Date());
  if (closed.ok) refresh();
  return answerForm(closed, form, t("revoked"));
}
