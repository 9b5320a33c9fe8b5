"use server";

import { getTranslations } from "next-intl/server";
import { refresh } from "next/cache";
import { formatWeekday } from "@/components/ui/format";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm, refuseAt } from "@/lib/desk/answer-form";
import { takeTrip } from "@/lib/desk/take-trip";
import { typedValues } from "@/lib/infra/action-answer";
import { requirePatient } from "@/lib/infra/session";
import { acceptOffer } from "@/lib/logistics/accept-offer";
import { declineOffer } from "@/lib/logistics/decline-offer";
import { acceptOfferForm, joinWaitingForm } from "@/lib/logistics/forms";
import { joinWaitingList } from "@/lib/logistics/join-waiting-list";
import { leaveWaitingList } from "@/lib/logistics/leave-waiting-list";
import { waitingView } from "@/lib/logistics/views/waiting";

export async function joinWaitingAction(
  estimateId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const locale = await actionLocale();
  const t = await getTranslations({ locale, namespace: "waiting.join" });
  const { reason, ...typed } = typedValues(form);
  const read = joinWaitingForm.safeParse({ ...typed, estimateId, ...(reason ? { reason } : {}) });
  if (!read.success) return { status: "refused", message: t("check"), values: typedValues(form) };
  const joined = await joinWaitingList(patient, read.data, new Date());
  if (!joined.ok && joined.reason === "day_free")
    return refuseAt("fromOn", form, t("dayFree", { day: formatWeekday(`${joined.detail["on"]}`, locale) }));
  if (joined.ok) refresh();
  return answerForm(joined, form, t("joined"));
}

export async function leaveWaitingAction(
  entryId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "waiting.entry" });
  const left = await leaveWaitingList(patient, entryId, new Date());
  if (left.ok) refresh();
  return answerForm(left, form, t("left"));
}

export async function declineOfferAction(
  offerId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "waiting.offer" });
  const declined = await declineOffer(patient, offerId, new Date());
  if (declined.ok) refresh();
  const isLast = declined.ok && !waitingView(declined.value, new Date()).hasDaysLeft;
  return answerForm(declined, form, t(isLast ? "declinedLast" : "declined"));
}

export async function acceptOfferAction(
  offerId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  return takeTrip(
    form,
    acceptOfferForm,
    () => ({}),
    (trip) => acceptOffer(patient, offerId, trip, new Date()),
  );
}
