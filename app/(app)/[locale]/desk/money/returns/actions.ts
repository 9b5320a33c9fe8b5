"use server";

import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { refuseForm } from "@/lib/desk/answer-form";
import { takeSaid } from "@/lib/desk/take-said";
import { stepUpRefusal } from "@/lib/infra/auth-step-up";
import { requireFinance } from "@/lib/infra/session";
import { approveReturn } from "@/lib/payments/approve-return";
import { proposeReturnForm, returnIdForm, returnReasonForm, sentReturnForm } from "@/lib/payments/forms";
import { proposeReturn } from "@/lib/payments/propose-return";
import { refuseReturn } from "@/lib/payments/refuse-return";
import { sendReturn } from "@/lib/payments/send-return";
import { withdrawReturn } from "@/lib/payments/withdraw-return";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "transfers" });

export async function proposeReturnAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const said = (await wordsOf())("proposed");
  return takeSaid(form, proposeReturnForm, said, (typed) => proposeReturn(finance, typed, new Date()));
}

export async function approveReturnAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const said = (await wordsOf())("approved");
  return takeSaid(form, returnIdForm, said, ({ returnId }) => approveReturn(finance, returnId, new Date()));
}

export async function refuseReturnAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const said = (await wordsOf())("refused");
  const shape = returnIdForm.extend(returnReasonForm.shape);
  return takeSaid(form, shape, said, ({ returnId, reason }) =>
    refuseReturn(finance, returnId, reason, new Date()),
  );
}

export async function sendReturnAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const said = (await wordsOf())("sent");
  const shape = returnIdForm.extend(sentReturnForm.shape);
  return takeSaid(form, shape, said, ({ returnId, bankReference }) =>
    sendReturn(finance, returnId, bankReference, new Date()),
  );
}

export async function withdrawReturnAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const said = (await wordsOf())("withdrawn");
  const shape = returnIdForm.extend(returnReasonForm.shape);
  return takeSaid(form, shape, said, ({ returnId, reason }) =>
    withdrawReturn(finance, returnId, reason, new Date()),
  );
}
