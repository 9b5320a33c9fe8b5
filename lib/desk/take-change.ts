import "server-only";
import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { messagesOf } from "@/i18n/messages";
import { bookingFor } from "@/lib/bookings/queries";
import { isUuid } from "@/lib/kernel/ids";
import { isCurrency } from "@/lib/kernel/money";
import type { ClinicMember, Coordinator } from "@/lib/kernel/actor";
import { refused } from "@/lib/kernel/outcome";
import { declineChange } from "@/lib/payments/decline-change-order";
import { declineChangeForm } from "@/lib/payments/forms";
import { proposeChange } from "@/lib/payments/propose-change-order";
import { answerForm, refuseFields, refuseForm } from "./answer-form";
import { typedChangeForm, typedPath } from "./forms/change";
import { nestedForm } from "./forms/nested";
import { labelChangedLines } from "./label-lines";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "changeOrders" });

/** Hands a typed proposal of centre or desk to its verb. */
export async function takeChange(
  author: ClinicMember | Coordinator,
  bookingId: string,
  form: FormData,
): Promise<FormState> {
  const t = await wordsOf();
  const booking = await bookingFor(author, bookingId);
  if (!booking || !isCurrency(booking.currency)) return refuseForm(refused("not_found"), form);
  const { currency, clinic } = booking;
  const typed = nestedForm(form);
  const read = typedChangeForm({ bookingId, currency, timeZone: clinic.timeZone }).safeParse(typed);
  if (!read.success) {
    // That nothing differs is said once, and marks no field.
    const isOfFields = read.error.issues.some(({ path }) => path.length !== 1 || path[0] !== "lines");
    const message = isOfFields ? t("propose.check") : messagesOf(await actionLocale()).common.form.problem;
    return refuseFields(read.error, form, message, await labelChangedLines(form, booking));
  }
  const proposed = await proposeChange(author, read.data, new Date());
  if (!proposed.ok) {
    const path = typedPath(`${proposed.detail["path"] ?? ""}`, typed, currency);
    const refusal = refused(proposed.reason, path === null ? {} : { path });
    return refuseForm(refusal, form, await labelChangedLines(form, booking));
  }
  refresh();
  return answerForm(proposed, form, t("propose.sent"));
}

/** Takes a proposal back, or says that an emergency's proof never came. */
export async function takeChangeBack(author: ClinicMember | Coordinator, form: FormData): Promise<FormState> {
  const t = await wordsOf();
  const { changeOrderId, reason } = nestedForm(form);
  const read = declineChangeForm.safeParse({ reason });
  if (!read.success) return refuseFields(read.error, form, t("propose.check"));
  const id = typeof changeOrderId === "string" && isUuid(changeOrderId) ? changeOrderId : null;
  const declined = id ? await declineChange(author, id, read.data, new Date()) : refused("not_found");
  if (declined.ok) refresh();
  return answerForm(declined, form, t("propose.takenBack"));
}
