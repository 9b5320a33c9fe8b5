"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { decideRegime } from "@/lib/bookings/decide-regime";
import { cancelBookingForm, judgeLetterForm, letterForm, regimeForm, shownFor } from "@/lib/bookings/forms";
import { judgeLetter } from "@/lib/bookings/judge-letter";
import { recordLetter } from "@/lib/bookings/record-letter";
import { isUuid } from "@/lib/kernel/ids";
import { refused } from "@/lib/kernel/outcome";
import { answerForm, refuseFields } from "@/lib/desk/answer-form";
import { nestedForm } from "@/lib/desk/forms/nested";
import { takeChange, takeChangeBack } from "@/lib/desk/take-change";
import { takeForm } from "@/lib/desk/take-form";
import { parseForm, refuseUnfit } from "@/lib/infra/action-answer";
import { requireCoordinator } from "@/lib/infra/session";
import { confirmEmergency } from "@/lib/payments/confirm-emergency";
import { proposeRefundForm, proveChangeForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { cancelBooking } from "@/lib/logistics/cancel-booking";
import { rescheduleForm } from "@/lib/logistics/forms";
import { rescheduleBooking } from "@/lib/logistics/reschedule-booking";

export async function cancelBookingAction(
  bookingId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "desk" });
  const shown = shownFor(form);
  const read = cancelBookingForm.safeParse({
    ...{ cause: form.get("cause"), endCase: form.get("endCase") === "on" },
    shown,
  });
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const cancelled = await cancelBooking(coordinator, bookingId, read.data, new Date());
  if (cancelled.ok || cancelled.reason === "refund_differs") refresh();
  return answerForm(cancelled, form, t("bookings.cancelled"));
}

export async function decideRegimeAction(
  bookingId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "desk" });
  const parsed = await parseForm(regimeForm, form);
  if (!parsed.ok) return refuseUnfit(parsed);
  const decided = await decideRegime(coordinator, bookingId, parsed.value, new Date());
  if (decided.ok) refresh();
  return answerForm(decided, form, t("bookings.regimeDone"));
}

export async function rescheduleAction(
  bookingId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "newDays" });
  const parsed = await parseForm(rescheduleForm, form);
  if (!parsed.ok) return refuseUnfit(parsed);
  const moved = await rescheduleBooking(coordinator, bookingId, parsed.value, new Date());
  if (moved.ok) refresh();
  return answerForm(moved, form, t(moved.ok && moved.value.state === "held" ? "movedHold" : "moved"));
}

export async function proposeRefundAction(
  bookingId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "desk" });
  const { cause } = nestedForm(form);
  const read = proposeRefundForm.safeParse({ bookingId, cause });
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const proposed = await proposeRefund(coordinator, read.data, new Date());
  if (proposed.ok) refresh();
  return answerForm(proposed, form, t("bookings.proposed"));
}

export async function recordLetterAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const coordinator = await requireCoordinator();
  return takeForm(form, letterForm, "letters.entered", (typed) =>
    recordLetter(coordinator, caseId, typed, new Date()),
  );
}

export async function judgeLetterAction(_before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "desk" });
  const { letterId, ...said } = nestedForm(form);
  const read = judgeLetterForm.safeParse(said);
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const id = typeof letterId === "string" && isUuid(letterId) ? letterId : "";
  const judged = id ? await judgeLetter(coordinator, id, read.data, new Date()) : refused("not_found");
  if (judged.ok) refresh();
  return answerForm(judged, form, t("letters.judged"));
}

export async function proposeChangeAction(
  bookingId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  return takeChange(await requireCoordinator(), bookingId, form);
}

export async function declineChangeAction(_before: FormState, form: FormData): Promise<FormState> {
  return takeChangeBack(await requireCoordinator(), form);
}

export async function proveChangeAction(_before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "changeOrders" });
  const { changeOrderId, ...said } = nestedForm(form);
  const read = proveChangeForm.safeParse(said);
  if (!read.success) return refuseFields(read.error, form, t("emergency.fileHint"));
  const id = typeof changeOrderId === "string" && isUuid(changeOrderId) ? changeOrderId : "";
  const proven = id ? await confirmEmergency(coordinator, id, read.data, new Date()) : refused("not_found");
  if (proven.ok) refresh();
  return answerForm(proven, form, t("emergency.provenDone"));
}
