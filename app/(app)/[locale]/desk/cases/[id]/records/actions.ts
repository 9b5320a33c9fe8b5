"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm, refuseFields } from "@/lib/desk/answer-form";
import { takeBackMeasurement, takeMeasurements } from "@/lib/desk/take-measurements";
import { nestedForm } from "@/lib/desk/forms/nested";
import { takeForm } from "@/lib/desk/take-form";
import { closeGapForm, judgeFileForm, namesForm, restoreForm } from "@/lib/desk/forms/records";
import { requireCoordinator } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import { askRestore } from "@/lib/records/ask-restore";
import { checkNames } from "@/lib/records/check-names";
import { closeItem } from "@/lib/records/close-item";
import { done, refused } from "@/lib/kernel/outcome";
import { judgeStudyForm } from "@/lib/records/forms";
import { judgeRecord } from "@/lib/records/judge-record";
import { judgeStudy } from "@/lib/records/judge-study";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "desk" });

export async function closeItemAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return takeForm(form, closeGapForm, "records.closed", ({ item, ...closing }) =>
    closeItem(coordinator, { caseId, item }, closing, new Date()),
  );
}

export async function judgeRecordAction(_before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await wordsOf();
  const read = judgeFileForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const { recordId, verdict } = read.data;
  const judged = await judgeRecord(coordinator, recordId, verdict, new Date());
  if (judged.ok) refresh();
  return answerForm(judged, form, t(`records.${verdict.state}`));
}

export async function checkNamesAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return takeForm(form, namesForm, "records.namesSaved", (look) =>
    checkNames(coordinator, caseId, look, new Date()),
  );
}

/** Each file by itself: some may be asked for and others not. The first that is not says why. */
export async function restoreRecordsAction(_before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await wordsOf();
  const read = restoreForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const answers = [];
  for (const id of read.data.records) answers.push(await askRestore(coordinator, id, new Date()));
  const asked = answers.filter(({ ok }) => ok).length;
  if (asked > 0) refresh();
  const not = answers.find(({ ok }) => !ok);
  return not && asked === 0
    ? answerForm(not, form, "")
    : answerForm(done(null), form, t("records.damage.asked", { count: asked }));
}

export async function judgeStudyAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await wordsOf();
  const read = judgeStudyForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const judged = isUuid(caseId)
    ? await judgeStudy(coordinator, caseId, read.data, new Date())
    : refused("not_found");
  if (judged.ok) refresh();
  return answerForm(judged, form, judged.ok ? t("records.study.judged", { ...judged.value }) : "");
}

export async function addMeasurementsAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return takeMeasurements(coordinator, isUuid(caseId) ? caseId : null, form);
}

export async function removeMeasurementAction(_before: FormState, form: FormData): Promise<FormState> {
  return takeBackMeasurement(await requireCoordinator(), form);
}
