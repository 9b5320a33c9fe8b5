"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm, refuseFields, refuseForm } from "@/lib/desk/answer-form";
import { nestedForm } from "@/lib/desk/forms/nested";
import { takeBill } from "@/lib/desk/take-bill";
import { requireCoordinator } from "@/lib/infra/session";
import { isUuid } from "@/lib/kernel/ids";
import { refused } from "@/lib/kernel/outcome";
import { judgeBillForm } from "@/lib/payments/bill-form";
import { judgeBill } from "@/lib/payments/judge-bill";

export async function recordBillAction(
  bookingId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  return takeBill(await requireCoordinator(), bookingId, form);
}

export async function judgeBillAction(_before: FormState, form: FormData): Promise<FormState> {
  const coordinator = await requireCoordinator();
  const t = await getTranslations({ locale: await actionLocale(), namespace: "bills" });
  const read = judgeBillForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("enter.check"));
  const billId = form.get("billId");
  if (typeof billId !== "string" || !isUuid(billId)) return refuseForm(refused("not_found"), form);
  const judged = await judgeBill(coordinator, billId, read.data, new Date());
  if (judged.ok) refresh();
  return answerForm(judged, form, t("judge.done"));
}
