"use server";

import { getTranslations } from "next-intl/server";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm } from "@/lib/desk/answer-form";
import { refusalWords } from "@/lib/infra/refusal-words";
import { noteReturn } from "@/lib/infra/return-language";
import { requirePatient } from "@/lib/infra/session";
import { announceOpinionTransfer } from "@/lib/payments/announce-opinion-transfer";
import { cancelOpinion } from "@/lib/payments/cancel-opinion";
import { startOpinionCheckout } from "@/lib/payments/start-checkout";
import { amountText } from "@/lib/payments/wording";
import { askOpinion } from "@/lib/reviews/ask-opinion";
import { askOpinionForm } from "@/lib/reviews/forms";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "opinions" });

export async function orderOpinionAction(
  caseId: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const patient = await requirePatient();
  const { clinic, amount, currency, answerDays, termsVersion } = Object.fromEntries(form);
  const order = askOpinionForm.parse({ clinic, fee: { amount, currency }, answerDays, termsVersion });
  const ordered = await askOpinion(patient, caseId, order, new Date());
  refresh();
  return answerForm(ordered, form, (await wordsOf())("ordered"));
}

export async function payOpinionAction(opinionId: string): Promise<FormState> {
  const patient = await requirePatient();
  const locale = await actionLocale();
  const started = await startOpinionCheckout(patient, opinionId, new Date(), locale);
  if (!started.ok) return { status: "refused", message: await refusalWords(locale, started) };
  await noteReturn(locale);
  redirect(started.value.url);
}

export async function announceFeeAction(opinionId: string): Promise<FormState> {
  const patient = await requirePatient();
  const locale = await actionLocale();
  const announced = await announceOpinionTransfer(patient, opinionId, new Date());
  if (!announced.ok) return { status: "refused", message: await refusalWords(locale, announced) };
  const { reference, amountMinor, currency, account } = announced.value;
  const amount = amountText(amountMinor, currency, locale);
  return { status: "done", message: (await wordsOf())("byBankDone", { reference, amount, ...account }) };
}

export async function callOffOpinionAction(opinionId: string): Promise<FormState> {
  const patient = await requirePatient();
  const cancelled = await cancelOpinion(patient, opinionId, new Date());
  if (!cancelled.ok)
    return { status: "refused", message: await refusalWords(await actionLocale(), cancelled) };
  refresh();
  return { status: "done", message: (await wordsOf())("calledOff") };
}
