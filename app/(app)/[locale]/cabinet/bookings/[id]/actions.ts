"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { formatWeekday } from "@/components/ui/format";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { isBeforeItsDay } from "@/lib/bookings/booking";
import { confirmBooking } from "@/lib/bookings/confirm-booking";
import { cancelBookingForm } from "@/lib/bookings/forms";
import { bookingFor } from "@/lib/bookings/queries";
import { changeStage } from "@/lib/cases/change-stage";
import { changeStageForm } from "@/lib/cases/forms";
import { answerForm, refuseAt, refuseFields, refuseForm } from "@/lib/desk/answer-form";
import { takeChange, takeChangeBack } from "@/lib/desk/take-change";
import { nestedForm } from "@/lib/desk/forms/nested";
import { requireClinicManager } from "@/lib/infra/session";
import { dayIn, dayOf } from "@/lib/kernel/day";
import { refused } from "@/lib/kernel/outcome";
import { cancelBooking } from "@/lib/logistics/cancel-booking";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "cabinet" });

export async function confirmBookingAction(
  bookingId: string,
  seenSlotId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const manager = await requireClinicManager();
  const t = await wordsOf();
  const confirmed = await confirmBooking(manager, bookingId, new Date(), seenSlotId);
  // The day may be another by now: the page shows it.
  refresh();
  return answerForm(confirmed, form, t("bookings.confirmed"));
}

export async function cancelBookingAction(
  bookingId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const manager = await requireClinicManager();
  const t = await wordsOf();
  const read = cancelBookingForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const cancelled = await cancelBooking(manager, bookingId, read.data, new Date());
  if (cancelled.ok) refresh();
  return answerForm(cancelled, form, t("bookings.cancelled"));
}

export async function moveStageAction(
  bookingId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const manager = await requireClinicManager();
  const t = await wordsOf();
  const read = changeStageForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const now = new Date();
  const booking = await bookingFor(manager, bookingId);
  if (!booking) return refuseForm(refused("not_found"), form);
  const treatmentOn = dayOf(booking.treatmentOn);
  const isEarly = isBeforeItsDay(read.data.to, treatmentOn, dayIn(booking.clinic.timeZone, now));
  if (isEarly && form.get("early") !== "on") {
    const day = formatWeekday(treatmentOn, await actionLocale());
    return refuseAt("early", form, t(`bookings.early.${read.data.to as "treated"}`, { day }));
  }
  const moved = await changeStage(manager, booking.caseId, read.data, now);
  if (moved.ok) refresh();
  return answerForm(moved, form, t("bookings.stage.moved"));
}

export async function proposeChangeAction(
  bookingId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  return takeChange(await requireClinicManager(), bookingId, form);
}

export async function declineChangeAction(_before: FormState, form: FormData): Promise<FormState> {
  return takeChangeBack(await requireClinicManager(), form);
}
