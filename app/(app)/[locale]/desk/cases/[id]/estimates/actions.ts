"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm, refuseFields, refuseForm } from "@/lib/desk/answer-form";
import { builderForm } from "@/lib/desk/forms/builder";
import { nestedForm } from "@/lib/desk/forms/nested";
import { labelEstimateLines } from "@/lib/desk/label-lines";
import { type TakenLines, takeLines } from "@/lib/desk/take-lines";
import { draftEstimate } from "@/lib/estimates/draft-estimate";
import { editEstimate } from "@/lib/estimates/edit-estimate";
import { sendEstimate } from "@/lib/estimates/send-estimate";
import { requireCoordinator } from "@/lib/infra/session";
import { noteTaken } from "@/lib/infra/taken-words";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "desk" });

export async function draftEstimateAction(
  reviewId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await wordsOf();
  const read = builderForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"), await labelEstimateLines());
  const drafted = await draftEstimate(coordinator, reviewId, read.data, new Date());
  if (!drafted.ok) return refuseForm(drafted, form, await labelEstimateLines());
  const { id, caseId } = drafted.value;
  await noteTaken();
  redirect(`/${await actionLocale()}/desk/cases/${caseId}/estimates#${id}`);
}

export async function editEstimateAction(id: string, _before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await wordsOf();
  const read = builderForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"), await labelEstimateLines());
  const edited = await editEstimate(coordinator, id, read.data, new Date());
  if (!edited.ok) return refuseForm(edited, form, await labelEstimateLines());
  await noteTaken();
  redirect(`/${await actionLocale()}/desk/cases/${edited.value.caseId}/estimates#${id}`);
}

/** Lines of a sheet for the builder; nothing is saved, and what they may be is asked again when they are. */
export async function readLinesAction(country: string, form: FormData): Promise<TakenLines> {
  await requireCoordinator();
  return takeLines(form, { country, contracts: ["A", "B"] });
}

export async function sendEstimateAction(id: string, _before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await wordsOf();
  const sent = await sendEstimate(coordinator, id, new Date());
  if (sent.ok) refresh();
  return answerForm(sent, form, t("estimates.sent"));
}
