"use server";

import { refresh } from "next/cache";
import type { FormState } from "@/components/ui/form-state";
import { refuseForm } from "@/lib/desk/answer-form";
import {
  answerMeasurements,
  answerRemoved,
  measurementIdOf,
  refuseMeasurements,
} from "@/lib/desk/answer-measurements";
import { nestedForm } from "@/lib/desk/forms/nested";
import { requireClinicReviewer } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import { refused } from "@/lib/kernel/outcome";
import { addMeasurements } from "@/lib/records/add-measurements";
import { addMeasurementsForm } from "@/lib/records/forms";
import { removeMeasurement } from "@/lib/records/remove-measurement";
import { reviewForActor } from "@/lib/reviews/queries";

export async function addMeasurementsAction(
  reviewId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const reviewer = await requireClinicReviewer();
  const read = addMeasurementsForm.safeParse(nestedForm(form));
  if (!read.success) return refuseMeasurements(read.error, form);
  const review = isUuid(reviewId) ? await reviewForActor(reviewer, reviewId) : null;
  if (!review) return refuseForm(refused("not_found"), form);
  const added = await addMeasurements(reviewer, review.caseId, read.data, new Date());
  if (added.ok) refresh();
  return answerMeasurements(added, form);
}

export async function removeMeasurementAction(_before: FormState, form: FormData): Promise<FormState> {
  const reviewer = await requireClinicReviewer();
  const removed = await removeMeasurement(reviewer, measurementIdOf(form), new Date());
  if (removed.ok) refresh();
  return answerRemoved(removed, form);
}
