"use server";

import { getTranslations } from "next-intl/server";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { formatDay } from "@/components/ui/format";
import { formatChoice } from "@/components/ui/format";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { cancelBookingForm, signForm, shownFor } from "@/lib/bookings/forms";
import { namesToSign } from "@/lib/bookings/queries";
import { isStrangersName } from "@/lib/bookings/signature";
import { signContract } from "@/lib/bookings/sign-contract";
import { answerForm, refuseForm } from "@/lib/desk/answer-form";
import { typedPartForm } from "@/lib/desk/forms/money";
import { takeTrip } from "@/lib/desk/take-trip";
import { parseForm, refuseUnfit, typedValues } from "@/lib/infra/action-answer";
import { refusalWords } from "@/lib/infra/refusal-words";
import { noteReturn } from "@/lib/infra/return-language";
import { requirePatient } from "@/lib/infra/session";
import { dayOf } from "@/lib/kernel/day";
import { cancelBooking } from "@/lib/logistics/cancel-booking";
import { holdBookingForm, rescheduleForm } from "@/lib/logistics/forms";
import { holdBooking } from "@/lib/logistics/hold-booking";
import { rescheduleBooking } from "@/lib/logistics/reschedule-booking";
import { withdrawContract } from "@/lib/logistics/withdraw-contract";
import { announceTransfer } from "@/lib/payments/announce-transfer";
import { startCheckout } from "@/lib/payments/start-checkout";
import { amountInText } from "@/lib/payments/wording";

export async function holdBookingAction(
  estimateId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  return takeTrip(
    form,
    holdBookingForm,
    ({ slotId }) => ({ estimateId, slotId }),
    (trip) => holdBooking(patient, trip, new Date()),
  );
}

export async function signContractAction(
  bookingId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "my.booking" });
  const parsed = await parseForm(signForm, form);
  if (!parsed.ok) return refuseUnfit(parsed);
  const signed = await signContract(patient, bookingId, parsed.value, new Date());
  if (!signed.ok && signed.reason === "invalid_typed_name") {
    const names = await namesToSign(patient, bookingId);
    // Who typed another's name is told whose it should be.
    if (isStrangersName(parsed.value.typedName, names)) {
      const message = t("typedStranger", { name: formatChoice(names, locale) });
      return { status: "refused", message, errors: { typedName: message }, values: typedValues(form) };
    }
  }
  if (!signed.ok) return refuseForm(signed, form);
  refresh();
  return { status: "done" };
}

/** The second of the two steps: the page before it has said what is withdrawn from and what comes back. */
export async function withdrawContractAction(bookingId: string, caseId: string): Promise<FormState> {
  const patient = await requirePatient();
  const locale = await actionLocale();
  const withdrawn = await withdrawContract(patient, bookingId, { contract: "B" }, new Date());
  if (!withdrawn.ok) return { status: "refused", message: await refusalWords(locale, withdrawn) };
  redirect(`/${locale}/my/cases/${caseId}/booking`);
}

export async function payAction(planItemId: string): Promise<FormState> {
  const patient = await requirePatient();
  const locale = await actionLocale();
  const started = await startCheckout(patient, planItemId, new Date(), null, locale);
  if (!started.ok) return { status: "refused", message: await refusalWords(locale, started) };
  await noteReturn(locale);
  redirect(started.value.url);
}

/** A part of an instalment, in a sum the payer names. */
export async function payPartAction(_before: FormState, form: FormData): Promise<FormState> {
  const patient = await requirePatient();
  const parsed = await parseForm(typedPartForm, form);
  if (!parsed.ok) return refuseUnfit(parsed);
  const { planItemId, partMinor } = parsed.value;
  const locale = await actionLocale();
  const started = await startCheckout(patient, planItemId, new Date(), partMinor, locale);
  if (!started.ok) return refuseForm(started, form);
  await noteReturn(locale);
  redirect(started.value.url);
}

export async function announceTransferAction(planItemId: string): Promise<FormState> {
  const patient = await requirePatient();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "my.booking" });
  const announced = await announceTransfer(patient, planItemId, new Date());
  if (!announced.ok) return { status: "refused", message: await refusalWords(locale, announced) };
  const { reference, amountMinor, currency, account, heldUntil } = announced.value;
  const amount = amountInText(amountMinor, currency, locale);
  const where = t("byBankDone", { reference, amount, ...account });
  const held = heldUntil ? t("byBankHeld", { day: formatDay(dayOf(heldUntil), locale) }) : "";
  return { status: "done", message: `${where} ${held}`.trim() };
}

export async function cancelBookingAction(
  bookingId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "my.booking" });
  const parsed = cancelBookingForm.safeParse({ cause: form.get("cause"), shown: shownFor(form) });
  if (!parsed.success) {
    const message = (await getTranslations({ locale, namespace: "faults" }))("choice");
    return { status: "refused", message, errors: { cause: message }, values: typedValues(form) };
  }
  if (form.get("sure") !== "on") {
    const message = t("cancelSureFirst");
    return { status: "refused", message, errors: { sure: message }, values: typedValues(form) };
  }
  const cancelled = await cancelBooking(patient, bookingId, parsed.data, new Date());
  if (!cancelled.ok && cancelled.reason === "refund_differs") refresh();
  if (!cancelled.ok) return refuseForm(cancelled, form);
  // The form is gone with the booking: the head of the page says what comes back.
  redirect(`/${locale}/my/cases/${cancelled.value.caseId}/booking?ended=${bookingId}#ended`);
}

export async function rescheduleAction(
  bookingId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "newDays" });
  const parsed = await parseForm(rescheduleForm.pick({ slotId: true, fromSlotId: true }), form);
  if (!parsed.ok) return refuseUnfit(parsed);
  const wish = { ...parsed.value, cause: "patient_wish" as const };
  const moved = await rescheduleBooking(patient, bookingId, wish, new Date());
  if (moved.ok) refresh();
  return answerForm(moved, form, t(moved.ok && moved.value.state === "held" ? "movedHold" : "moved"));
}
