"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm, refuseFields, refuseForm } from "@/lib/desk/answer-form";
import { DESK_ZONE } from "@/lib/desk/clock";
import { momentAt } from "@/lib/desk/forms/journey";
import { nestedForm } from "@/lib/desk/forms/nested";
import { ratesForm } from "@/lib/estimates/rates-form";
import { recordRates } from "@/lib/estimates/record-rates";
import { stepUpRefusal } from "@/lib/infra/auth-step-up";
import { requireAnyOf } from "@/lib/infra/session";

/** Every fee and every comparison is reckoned by them: whoever enters rates proves anew who they are. */
export async function recordRatesAction(_before: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const t = await getTranslations({ locale: await actionLocale(), namespace: "moneySettings.rates" });
  const settings = await getTranslations({ locale: await actionLocale(), namespace: "settings" });
  const { at, ...typed } = nestedForm(form);
  const read = ratesForm.safeParse({ ...typed, at: momentAt(at, DESK_ZONE) });
  if (!read.success) return refuseFields(read.error, form, settings("check"));
  const recorded = await recordRates(admin, read.data, new Date());
  refresh();
  return answerForm(recorded, form, t("saved"));
}
