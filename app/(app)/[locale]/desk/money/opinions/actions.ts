"use server";

import { getTranslations } from "next-intl/server";
import type { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { refuseForm } from "@/lib/desk/answer-form";
import { takeSaid } from "@/lib/desk/take-said";
import { stepUpRefusal } from "@/lib/infra/auth-step-up";
import { requireFinance } from "@/lib/infra/session";
import type { Finance } from "@/lib/kernel/actor";
import type { Outcome } from "@/lib/kernel/outcome";
import { noteFeeLoss } from "@/lib/payments/note-fee-loss";
import { payOpinion } from "@/lib/payments/pay-opinion";
import { recordPayoutReturn } from "@/lib/payments/record-payout-return";
import { releaseOpinion } from "@/lib/payments/release-opinion";
import { opinionIdForm, paidOutForm } from "@/lib/reviews/forms";

export async function releaseOpinionAction(_before: FormState, form: FormData): Promise<FormState> {
  return actOn("released", opinionIdForm, form, (finance, { opinionId }) =>
    releaseOpinion(finance, opinionId, new Date()),
  );
}

export async function payOutOpinionAction(_before: FormState, form: FormData): Promise<FormState> {
  return actOn("paidOut", payoutForm, form, (finance, { opinionId, bankReference }) =>
    payOpinion(finance, opinionId, bankReference, new Date()),
  );
}

export async function payoutReturnedAction(_before: FormState, form: FormData): Promise<FormState> {
  return actOn("payoutReturnedDone", payoutForm, form, (finance, { opinionId, bankReference }) =>
    recordPayoutReturn(finance, opinionId, bankReference, new Date()),
  );
}

export async function noteFeeLossAction(_before: FormState, form: FormData): Promise<FormState> {
  return actOn("lossNoted", opinionIdForm, form, (finance, { opinionId }) =>
    noteFeeLoss(finance, opinionId, new Date()),
  );
}

const payoutForm = opinionIdForm.extend(paidOutForm.shape);

/** Money moves only with a fresh sign-in; `said` names the sentence that stands when it is done. */
async function actOn<Typed>(
  said: "released" | "paidOut" | "payoutReturnedDone" | "lossNoted",
  shape: z.ZodType<Typed>,
  form: FormData,
  work: (finance: Finance, typed: Typed) => Promise<Outcome<unknown>>,
): Promise<FormState> {
  const finance = await requireFinance();
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const t = await getTranslations({ locale: await actionLocale(), namespace: "opinions.desk" });
  return takeSaid(form, shape, t(said), (typed) => work(finance, typed));
}
