"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { cancelBookingForm } from "@/lib/bookings/forms";
import { answerForm, refuseFields } from "@/lib/desk/answer-form";
import { nestedForm } from "@/lib/desk/forms/nested";
import { requireCoordinator } from "@/lib/infra/session";
import { cancelBooking } from "@/lib/logistics/cancel-booking";

export async function cancelBookingAction(
  bookingId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "desk" });
  const { cause, endCase } = nestedForm(form);
  const read = cancelBookingForm.safeParse({ cause, endCase: endCase === "on" });
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const cancelled = await cancelBooking(coordinator, bookingId, read.data, new Date());
  if (cancelled.ok) refresh();
  return answerForm(cancelled, form, t("bookings.cancelled"));
}
