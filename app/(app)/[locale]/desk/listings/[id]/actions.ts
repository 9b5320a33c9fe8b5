"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { approveRevision } from "@/lib/clinics/approve-revision";
import { rejectRevisionForm, requestChangesForm } from "@/lib/clinics/forms/listing";
import { rejectRevision } from "@/lib/clinics/reject-revision";
import { requestChanges } from "@/lib/clinics/request-changes";
import { answerForm, refuseFields } from "@/lib/desk/answer-form";
import { remarksTyped } from "@/lib/desk/forms/listing";
import { nestedForm } from "@/lib/desk/forms/nested";
import { renewCentrePages } from "@/lib/infra/public-pages";
import { requireAnyOf } from "@/lib/infra/session";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "desk" });

export async function approveRevisionAction(
  id: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const approver = await requireAnyOf("admin", "coordinator");
  const t = await wordsOf();
  const approved = await approveRevision(approver, id, new Date());
  if (approved.ok) {
    renewCentrePages();
    refresh();
  }
  return answerForm(approved, form, t("listings.approved"));
}

export async function requestChangesAction(
  id: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const approver = await requireAnyOf("admin", "coordinator");
  const t = await wordsOf();
  const read = requestChangesForm.safeParse({ ...nestedForm(form), remarks: remarksTyped(form) });
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const asked = await requestChanges(approver, id, read.data, new Date());
  if (asked.ok) refresh();
  return answerForm(asked, form, t("listings.asked"));
}

export async function rejectRevisionAction(
  id: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const approver = await requireAnyOf("admin", "coordinator");
  const t = await wordsOf();
  const read = rejectRevisionForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const judge = await getTranslations({ locale: await actionLocale(), namespace: "cabinet" });
  const rejected = await rejectRevision(approver, id, read.data.reason, new Date());
  if (rejected.ok) refresh();
  return answerForm(rejected, form, judge("judge.rejected"));
}
