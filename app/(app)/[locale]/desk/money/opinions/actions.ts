"use server";

import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { refuseForm } from "@/lib/desk/answer-form";
import { takeSaid } from "@/lib/desk/take-said";
import { stepUpRefusal } from "@/lib/infra/auth-step-up";
import { requireFinance } from "@/lib/infra/session";
import { payOpinion } from "@/lib/payments/pay-opinion";
import { releaseOpinion } from "@/lib/payments/release-opinion";
import { opinionIdForm, paidOutForm } from "@/lib/reviews/forms";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "opinions.desk" });

export async function releaseOpinionAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const said = (await wordsOf())("released");
  return takeSaid(form, opinionIdForm, said, ({ opinionId }) =>
    releaseOpinion(finance, opinionId, new Date()),
  );
}

export async function payOutOpinionAction(_before: FormState, form: FormData): Promise<FormState> {
  const finance = await requireFinance();
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const said = (await wordsOf())("paidOut");
  const shape = opinionIdForm.extend(paidOutForm.shape);
  return takeSaid(form, shape, said, ({ opinionId, bankReference }) =>
    payOpinion(finance, opinionId, bankReference, new Date()),
  );
}
