"use server";

import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { coverForm } from "@/lib/bookings/cover-form";
import { saveCover } from "@/lib/bookings/save-cover";
import { refuseForm } from "@/lib/desk/answer-form";
import { typedFeeForm } from "@/lib/desk/forms/money-settings";
import { takeSaid } from "@/lib/desk/take-said";
import { saveOperatorFee } from "@/lib/estimates/save-operator-fee";
import { stepUpRefusal } from "@/lib/infra/auth-step-up";
import { requireAnyOf } from "@/lib/infra/session";
import { confirmOperatorAccount } from "@/lib/payments/confirm-operator-account";
import { accountIdForm, operatorAccountForm, refuseAccountForm } from "@/lib/payments/payee-form";
import { proposeOperatorAccount } from "@/lib/payments/propose-operator-account";
import { refuseOperatorAccount } from "@/lib/payments/refuse-operator-account";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "moneySettings" });

/** What every patient is charged: whoever changes it proves anew who they are. */
export async function saveOperatorFeeAction(_before: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const said = (await wordsOf())("fee.saved");
  return takeSaid(form, typedFeeForm, said, (typed) => saveOperatorFee(admin, typed, new Date()));
}

/** What packages are sold on: whoever changes it proves anew who they are. */
export async function saveCoverAction(_before: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const said = (await wordsOf())("cover.saved");
  return takeSaid(form, coverForm, said, (typed) => saveCover(admin, typed, new Date()));
}

/** A changed account is the classic fraud: two people say it, and each proves anew who they are. */
export async function proposeAccountAction(_before: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const said = (await wordsOf())("account.proposed");
  return takeSaid(form, operatorAccountForm, said, (typed) =>
    proposeOperatorAccount(admin, typed, new Date()),
  );
}

export async function confirmAccountAction(_before: FormState, form: FormData): Promise<FormState> {
  const second = await requireAnyOf("admin", "finance");
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const said = (await wordsOf())("account.confirmed");
  return takeSaid(form, accountIdForm, said, ({ accountId }) =>
    confirmOperatorAccount(second, accountId, new Date()),
  );
}

export async function refuseAccountAction(_before: FormState, form: FormData): Promise<FormState> {
  const person = await requireAnyOf("admin", "finance");
  const said = (await wordsOf())("account.refused");
  return takeSaid(form, refuseAccountForm, said, (typed) => refuseOperatorAccount(person, typed, new Date()));
}
