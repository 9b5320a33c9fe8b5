"use server";

import { getTranslations } from "next-intl/server";
import { refresh } from "next/cache";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { refusalWords } from "@/lib/infra/refusal-words";
import { requirePatient } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import { refused } from "@/lib/kernel/outcome";
import { eraseRecord } from "@/lib/records/erase-record";
import { labelRecordForm } from "@/lib/records/forms";
import { labelRecord } from "@/lib/records/label-record";

export async function labelRecordAction(
  recordId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "recordList" });
  const read = labelRecordForm.safeParse({ item: form.get("item") || null });
  if (!read.success) return { status: "refused", message: t("whatIs"), errors: { item: t("whatIs") } };
  const labelled = isUuid(recordId) ? await labelRecord(patient, recordId, read.data) : refused("not_found");
  if (!labelled.ok) return { status: "refused", message: await refusalWords(locale, labelled) };
  refresh();
  return { status: "done", message: t("labelled") };
}

export async function removeRecordAction(
  recordId: string,
  _before: FormState,
  _form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const locale = await actionLocale();
  const erased = isUuid(recordId) ? await eraseRecord(patient, recordId, new Date()) : refused("not_found");
  if (!erased.ok) return { status: "refused", message: await refusalWords(locale, erased) };
  const t = await getTranslations({ locale, namespace: "recordList" });
  refresh();
  return { status: "done", message: t("removed") };
}
