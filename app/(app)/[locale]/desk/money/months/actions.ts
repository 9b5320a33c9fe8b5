"use server";

import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { formatMonth } from "@/components/ui/format";
import { actionLocale } from "@/i18n/action-locale";
import { refuseForm } from "@/lib/desk/answer-form";
import { typedCorrectionForm } from "@/lib/desk/forms/money";
import { takeSaid } from "@/lib/desk/take-said";
import { stepUpRefusal } from "@/lib/infra/auth-step-up";
import { requireFinance } from "@/lib/infra/session";
import { confirmClosing } from "@/lib/payments/confirm-closing";
import { confirmMonthForm, monthForm } from "@/lib/payments/forms";
import { proposeClosing } from "@/lib/payments/propose-closing";
import { recordCorrection } from "@/lib/payments/record-correction";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "books.months" });

export async function proposeMonthAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const said = (await wordsOf())("proposed");
  return takeSaid(form, monthForm, said, ({ month }) => proposeClosing(finance, month, new Date()));
}

export async function confirmMonthAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const read = confirmMonthForm.safeParse(Object.fromEntries(form));
  // Said in the card of the month that comes next: the name tells which is closed.
  const month = read.success ? formatMonth(read.data.month, await actionLocale()) : "";
  const said = (await wordsOf())("closed", { month });
  return takeSaid(form, confirmMonthForm, said, (typed) => confirmClosing(finance, typed, new Date()));
}

export async function recordCorrectionAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const t = await getTranslations({ locale: await actionLocale(), namespace: "books.correction" });
  return takeSaid(form, typedCorrectionForm, t("done"), (typed) => recordCorrection(finance, typed));
}
