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
