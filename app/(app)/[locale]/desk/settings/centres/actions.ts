"use server";

import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { refuseForm } from "@/lib/desk/answer-form";
import { takeSaid } from "@/lib/desk/take-said";
import { changeClinicTerms } from "@/lib/estimates/change-clinic-terms";
import { clinicTermsForm } from "@/lib/estimates/clinic-terms-form";
import { stepUpRefusal } from "@/lib/infra/auth-step-up";
import { requireAnyOf } from "@/lib/infra/session";

/** Whose money is held: whoever changes it proves anew who they are. */
export async function changeClinicTermsAction(_before: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const t = await getTranslations({ locale: await actionLocale(), namespace: "moneySettings.centres" });
  return takeSaid(form, clinicTermsForm, t("saved"), (typed) => changeClinicTerms(admin, typed, new Date()));
}
