"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm, refuseFields, refuseForm } from "@/lib/desk/answer-form";
import { nestedForm } from "@/lib/desk/forms/nested";
import { readAskMore, readDecision } from "@/lib/desk/forms/review";
import { requireClinicReviewer } from "@/lib/infra/session";
import { noteTaken } from "@/lib/infra/taken-words";
import { askMoreInfo } from "@/lib/reviews/ask-more-info";
import { confirmAnswer } from "@/lib/reviews/confirm-answer";
import { countersignReview } from "@/lib/reviews/countersign-review";
import { decideReview } from "@/lib/reviews/decide-review";
import { declineReview } from "@/lib/reviews/decline-review";
import { declineReviewForm, reopenReviewForm } from "@/lib/reviews/forms";
import { openReview } from "@/lib/reviews/open-review";
import { withdrawSignature } from "@/lib/reviews/withdraw-signature";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "cabinet" });

export async function openReviewAction(
  reviewId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const reviewer = await requireClinicReviewer();
  const t = await wordsOf();
  const opened = await openReview(reviewer, reviewId, new Date());
  if (opened.ok) refresh();
  return answerForm(opened, form, t("review.opened"));
}

export async function askMoreAction(
  reviewId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const reviewer = await requireClinicReviewer();
  const t = await wordsOf();
  const read = readAskMore(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const asked = await askMoreInfo(reviewer, reviewId, read.data, new Date());
  if (asked.ok) refresh();
  return answerForm(asked, form, t("review.asked"));
}

export async function decideAction(reviewId: string, _before: FormState, form: FormData): Promise<FormState> {
  const reviewer = await requireClinicReviewer();
  const t = await wordsOf();
  const read = readDecision(nestedForm(form));
  if (!read.success) return atFirstCondition(await refuseFields(read.error, form, t("check")));
  const decided = await decideReview(reviewer, reviewId, read.data, new Date());
  if (!decided.ok) return refuseForm(decided, form);
  await noteTaken();
  redirect(`/${await actionLocale()}/cabinet/reviews/${reviewId}/answer`);
}

/** That there is no condition at all is said at the first row. */
function atFirstCondition(state: FormState): FormState {
  if (state.status !== "refused" || state.errors?.conditions === undefined) return state;
  const { conditions, ...errors } = state.errors;
  return { ...state, errors: { "conditions.0.text": conditions, ...errors } };
}

export async function countersignAction(
  reviewId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const reviewer = await requireClinicReviewer();
  const t = await wordsOf();
  const signed = await countersignReview(reviewer, reviewId, new Date());
  if (signed.ok) refresh();
  return answerForm(signed, form, t("review.countersigned"));
}

export async function confirmAnswerAction(
  reviewId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const reviewer = await requireClinicReviewer();
  const t = await wordsOf();
  const confirmed = await confirmAnswer(reviewer, reviewId, new Date());
  if (confirmed.ok) refresh();
  return answerForm(confirmed, form, t("review.confirmed"));
}

export async function reopenAction(reviewId: string, _before: FormState, form: FormData): Promise<FormState> {
  const reviewer = await requireClinicReviewer();
  const t = await wordsOf();
  const read = reopenReviewForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const reopened = await withdrawSignature(reviewer, reviewId, read.data);
  if (reopened.ok) refresh();
  return answerForm(reopened, form, t("review.reopened"));
}

export async function declineAction(
  reviewId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const reviewer = await requireClinicReviewer();
  const t = await wordsOf();
  const read = declineReviewForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const declined = await declineReview(reviewer, reviewId, read.data, new Date());
  if (declined.ok) refresh();
  return answerForm(declined, form, t("review.declined"));
}
