"use server";

import { getTranslations } from "next-intl/server";
import { refresh } from "next/cache";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { parseForm } from "@/lib/infra/action-answer";
import { refusalWords } from "@/lib/infra/refusal-words";
import { refuseForeignPost } from "@/lib/infra/session";
import { jobEventForm } from "@/lib/logistics/forms";
import { reportSupplierJob } from "@/lib/logistics/read-supplier-job";

/** What a driver or an interpreter reports. The secret in the address is the whole right; the verb asks it again. */
export async function reportJobAction(
  token: string,
  word: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  await refuseForeignPost();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "job" });
  const read = await parseForm(jobEventForm, form);
  if (!read.ok) return { status: "refused", message: t("check"), errors: read.errors, values: read.values };
  const said = await reportSupplierJob(token, word, read.value, new Date());
  if (!said.ok && said.reason !== "illegal_transition")
    return { status: "refused", message: await refusalWords(locale, said), values: {} };
  refresh();
  return said.ok
    ? { status: "done", message: t("said") }
    : { status: "refused", message: t("stale"), values: {} };
}
