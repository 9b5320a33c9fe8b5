"use server";

import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { refuseForm } from "@/lib/desk/answer-form";
import { takeSaid } from "@/lib/desk/take-said";
import { stepUpRefusal } from "@/lib/infra/auth-step-up";
import { requireFinance } from "@/lib/infra/session";
import { approveRelease } from "@/lib/payments/approve-release";
import { confirmPayeeAccount } from "@/lib/payments/confirm-payee-account";
import { confirmRecall } from "@/lib/payments/confirm-recall";
import { assignPayee } from "@/lib/payments/assign-payee";
import {
  payReleaseForm,
  proposeReleaseForm,
  recallIdForm,
  recallReleaseForm,
  refuseReleaseForm,
} from "@/lib/payments/forms";
import { payRelease } from "@/lib/payments/pay-release";
import {
  accountIdForm,
  approveReleaseForm,
  assignPayeeForm,
  payeeAccountOfForm,
  refuseAccountForm,
} from "@/lib/payments/payee-form";
import { proposePayeeAccount } from "@/lib/payments/propose-payee-account";
import { proposeRelease } from "@/lib/payments/propose-release";
import { refusePayeeAccount } from "@/lib/payments/refuse-payee-account";
import { refuseRecall } from "@/lib/payments/refuse-recall";
import { refuseRelease } from "@/lib/payments/refuse-release";
import { withdrawRelease } from "@/lib/payments/withdraw-release";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "books.releases" });

export async function proposeReleaseAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const said = (await wordsOf())("proposed");
  return takeSaid(form, proposeReleaseForm, said, (typed) => proposeRelease(finance, typed, new Date()));
}

export async function assignPayeeAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const said = (await wordsOf())("payeeNamed");
  return takeSaid(form, assignPayeeForm, said, (typed) => assignPayee(finance, typed));
}

export async function approveReleaseAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const said = (await wordsOf())("approved");
  return takeSaid(form, approveReleaseForm, said, (typed) => approveRelease(finance, typed, new Date()));
}

export async function refuseReleaseAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const said = (await wordsOf())("refused");
  return takeSaid(form, refuseReleaseForm, said, (typed) => refuseRelease(finance, typed, new Date()));
}

export async function payReleaseAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const said = (await wordsOf())("paid");
  return takeSaid(form, payReleaseForm, said, (typed) => payRelease(finance, typed, new Date()));
}

export async function recallReleaseAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const said = (await wordsOf())("recall.proposed");
  return takeSaid(form, recallReleaseForm, said, (typed) => withdrawRelease(finance, typed, new Date()));
}

export async function confirmRecallAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const said = (await wordsOf())("recall.confirmed");
  return takeSaid(form, recallIdForm, said, (typed) => confirmRecall(finance, typed.recallId, new Date()));
}

export async function refuseRecallAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const said = (await wordsOf())("recall.refused");
  return takeSaid(form, recallIdForm, said, (typed) => refuseRecall(finance, typed.recallId, new Date()));
}

export async function proposeAccountAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const said = (await wordsOf())("account.proposed");
  return takeSaid(form, payeeAccountOfForm, said, (typed) => proposePayeeAccount(finance, typed, new Date()));
}

export async function confirmAccountAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const said = (await wordsOf())("account.confirmed");
  return takeSaid(form, accountIdForm, said, (typed) =>
    confirmPayeeAccount(finance, typed.accountId, new Date()),
  );
}

export async function refuseAccountAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const said = (await wordsOf())("account.refused");
  return takeSaid(form, refuseAccountForm, said, (typed) => refusePayeeAccount(finance, typed, new Date()));
}
