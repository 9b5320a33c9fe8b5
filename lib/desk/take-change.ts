import "server-only";
import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { bookingFor } from "@/lib/bookings/queries";
import { isUuid } from "@/lib/kernel/ids";
import { isCurrency } from "@/lib/kernel/money";
import type { ClinicMember, Coordinator } from "@/lib/kernel/actor";
import { refused } from "@/lib/kernel/outcome";
import { declineChange } from "@/lib/payments/decline-change-order";
import { declineChangeForm } from "@/lib/payments/forms";
import { proposeChange } from "@/lib/payments/propose-change-order";
import { answerForm, refuseFields, refuseForm } from "./answer-form";
import { typedChangeForm } from "./forms/change";
import { nestedForm } from "./forms/nested";

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
  const read = typedChangeForm({ bookingId, currency, timeZone: clinic.timeZone }).safeParse(
    nestedForm(form),
  );
  if (!read.success) return refuseFields(read.error, form, t("propose.check"));
  const proposed = await proposeChange(author, read.data, new Date());
  if (!proposed.ok) return refuseForm(refused(proposed.reason), form);
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
