"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm, refuseFields, refuseForm } from "@/lib/desk/answer-form";
import { takeMatch } from "@/lib/desk/take-bill";
import { stepUpRefusal } from "@/lib/infra/auth-step-up";
import { requireFinance } from "@/lib/infra/session";
import { settleBillsForm } from "@/lib/payments/bill-form";
import { settleBills } from "@/lib/payments/settle-bills";

export async function matchBillsAction(
  bookingId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  return takeMatch(await requireFinance(), bookingId, form);
}

export async function settleBillsAction(
  bookingId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const finance = await requireFinance();
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const t = await getTranslations({ locale: await actionLocale(), namespace: "bills" });
  const read = settleBillsForm.safeParse({ owed: Number(form.get("owed")) });
  if (!read.success) return refuseFields(read.error, form, t("enter.check"));
  const settled = await settleBills(finance, bookingId, read.data, new Date());
  if (settled.ok) refresh();
  return answerForm(settled, form, t("settle.done"));
}
