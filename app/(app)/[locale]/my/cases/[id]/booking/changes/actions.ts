"use server";

import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { formatChoice } from "@/components/ui/format";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { namesToSign } from "@/lib/bookings/queries";
import { isStrangersName } from "@/lib/bookings/signature";
import { refuseAt, refuseFields, refuseForm } from "@/lib/desk/answer-form";
import { nestedForm } from "@/lib/desk/forms/nested";
import { requirePatient } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import { refused } from "@/lib/kernel/outcome";
import { acceptChange } from "@/lib/payments/accept-change-order";
import { declineChange } from "@/lib/payments/decline-change-order";
import { acceptChangeForm, declineChangeForm } from "@/lib/payments/forms";

const wordsOf = async () =>
  getTranslations({ locale: await actionLocale(), namespace: "changeOrders.decide" });

export async function acceptChangeAction(
  bookingId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const t = await wordsOf();
  const { changeOrderId, aboveCeiling, ...typed } = nestedForm(form);
  const read = acceptChangeForm.safeParse({ ...typed, aboveCeiling: aboveCeiling === "on" });
  if (!read.success) return refuseFields(read.error, form, t("typedName"));
  const names = await namesToSign(patient, bookingId);
  if (isStrangersName(read.data.typedName, names))
    return refuseAt("typedName", form, t("mistyped", { name: formatChoice(names, await actionLocale()) }));
  const id = idOf(changeOrderId);
  const accepted = id ? await acceptChange(patient, id, read.data, new Date()) : refused("not_found");
  return accepted.ok ? backToBooking(accepted.value) : refuseForm(accepted, form);
}

export async function declineChangeAction(_before: FormState, form: FormData): Promise<FormState> {
  const patient = await requirePatient();
  const t = await wordsOf();
  const { changeOrderId, reason } = nestedForm(form);
  const read = declineChangeForm.safeParse({ reason });
  if (!read.success) return refuseFields(read.error, form, t("reason"));
  const id = idOf(changeOrderId);
  const declined = id ? await declineChange(patient, id, read.data, new Date()) : refused("not_found");
  return declined.ok ? backToBooking(declined.value) : refuseForm(declined, form);
}

/** Answered, a change leaves the head of the page: there it is said what became of it. */
async function backToBooking({ id, caseId }: { id: string; caseId: string }): Promise<never> {
  return redirect(`/${await actionLocale()}/my/cases/${caseId}/booking?answered=${id}#answered`);
}

function idOf(typed: unknown): string | null {
  return typeof typed === "string" && isUuid(typed) ? typed : null;
}
