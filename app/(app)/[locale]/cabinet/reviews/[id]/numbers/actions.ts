"use server";

import type { FormState } from "@/components/ui/form-state";
import { takeBackMeasurement, takeMeasurements } from "@/lib/desk/take-measurements";
import { requireClinicReviewer } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import { reviewForActor } from "@/lib/reviews/queries";

export async function addMeasurementsAction(
  reviewId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const reviewer = await requireClinicReviewer();
  const review = isUuid(reviewId) ? await reviewForActor(reviewer, reviewId) : null;
  return takeMeasurements(reviewer, review?.caseId ?? null, form);
}

export async function removeMeasurementAction(_before: FormState, form: FormData): Promise<FormState> {
  return takeBackMeasurement(await requireClinicReviewer(), form);
}
