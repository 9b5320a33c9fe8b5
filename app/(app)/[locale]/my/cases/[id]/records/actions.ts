"use server";

import { getTranslations } from "next-intl/server";
import { refresh } from "next/cache";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm, refuseFields } from "@/lib/desk/answer-form";
import { nestedForm } from "@/lib/desk/forms/nested";
import { takeBackMeasurement, takeMeasurements } from "@/lib/desk/take-measurements";
import { requirePatient } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import { refused } from "@/lib/kernel/outcome";
import { eraseRecord } from "@/lib/records/erase-record";
import { eraseStudy } from "@/lib/records/erase-study";
import { eraseStudyForm, labelRecordForm, labelStudyForm } from "@/lib/records/forms";
import { labelRecord } from "@/lib/records/label-record";
import { labelStudy } from "@/lib/records/label-study";

export async function labelRecordAction(
  recordId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "recordList" });
  const read = labelRecordForm.safeParse({ item: form.get("item") || null });
  if (!read.success) return { status: "refused", message: t("whatIs"), errors: { item: t("whatIs") } };
  const labelled = isUuid(recordId) ? await labelRecord(patient, recordId, read.data) : refused("not_found");
  if (labelled.ok) refresh();
  return answerForm(labelled, form, t("labelled"));
}

export async function labelStudyAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "recordList" });
  const read = labelStudyForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("whatIs"));
  const labelled = isUuid(caseId) ? await labelStudy(patient, caseId, read.data) : refused("not_found");
  if (labelled.ok) refresh();
  return answerForm(labelled, form, t("labelled"));
}

export async function removeStudyAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "recordList" });
  const read = eraseStudyForm.safeParse(nestedForm(form));
  const erased =
    read.success && isUuid(caseId)
      ? await eraseStudy(patient, caseId, read.data.studyUid, new Date())
      : refused("not_found");
  if (erased.ok) refresh();
  return answerForm(erased, form, t("removed"));
}

export async function addMeasurementsAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  return takeMeasurements(await requirePatient(), isUuid(caseId) ? caseId : null, form);
}

export async function removeMeasurementAction(_before: FormState, form: FormData): Promise<FormState> {
  return takeBackMeasurement(await requirePatient(), form);
}

export async function removeRecordAction(
  recordId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const erased = isUuid(recordId) ? await eraseRecord(patient, recordId, new Date()) : refused("not_found");
  const t = await getTranslations({ locale: await actionLocale(), namespace: "recordList" });
  if (erased.ok) refresh();
  return answerForm(erased, form, t("removed"));
}
