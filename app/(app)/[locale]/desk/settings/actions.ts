"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { answerForm, refuseAt, refuseFields, refuseForm } from "@/lib/desk/answer-form";
import { nestedForm } from "@/lib/desk/forms/nested";
import { minorOf } from "@/lib/kernel/typed-sum";
import { stepUpRefusal } from "@/lib/infra/auth-step-up";
import { requireAnyOf } from "@/lib/infra/session";
import { isCurrency } from "@/lib/kernel/money";
import { sellerForm, taxRulesForm } from "@/lib/payments/forms";
import { saveSeller } from "@/lib/payments/save-seller";
import { saveTaxRules } from "@/lib/payments/save-tax-rules";
import { ageLimitsForm } from "@/lib/records/forms";
import { saveAgeLimits } from "@/lib/records/save-age-limits";
import { changeAids } from "@/lib/reviews/change-aids";
import { payableFeesForm } from "@/lib/payments/fees-form";
import { aidsForm } from "@/lib/reviews/forms";
import { saveOpinionFees } from "@/lib/reviews/save-opinion-fees";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "settings" });

export async function saveAgeLimitsAction(_before: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const t = await wordsOf();
  const read = ageLimitsForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const saved = await saveAgeLimits(admin, read.data, new Date());
  refresh();
  return answerForm(saved, form, t("ages.saved"));
}

/** It may make the deployment a medical device: whoever turns it on proves anew who they are. */
export async function changeAidsAction(_before: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const t = await wordsOf();
  const read = aidsForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const changed = await changeAids(admin, read.data, new Date());
  refresh();
  return answerForm(changed, form, t("aids.saved"));
}

/** What stands on invoices is the operator's word to the tax office: whoever changes it proves anew who they are. */
export async function saveTaxRulesAction(_before: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const t = await getTranslations({ locale: await actionLocale(), namespace: "invoices" });
  const read = taxRulesForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, (await wordsOf())("check"));
  const saved = await saveTaxRules(admin, read.data, new Date());
  refresh();
  return answerForm(saved, form, t("tax.saved"));
}

export async function saveSellerAction(_before: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const t = await getTranslations({ locale: await actionLocale(), namespace: "invoices" });
  const read = sellerForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, (await wordsOf())("check"));
  const saved = await saveSeller(admin, read.data, new Date());
  refresh();
  return answerForm(saved, form, t("seller.saved"));
}

/** What patients are charged, and whose money is held: whoever changes it proves anew who they are. */
export async function saveOpinionFeesAction(_before: FormState, form: FormData): Promise<FormState> {
  const admin = await requireAnyOf("admin");
  const stale = await stepUpRefusal();
  if (stale) return refuseForm(stale, form);
  const t = await getTranslations({ locale: await actionLocale(), namespace: "opinions.settings" });
  const { fees: typed = {}, ...rest } = nestedForm(form);
  const currency = typeof rest.currency === "string" && isCurrency(rest.currency) ? rest.currency : "EUR";
  const fees: Record<string, number> = {};
  for (const [slug, sum] of Object.entries(typed)) {
    const minor = typeof sum === "string" ? minorOf(sum, currency) : null;
    if (minor === null) return refuseAt(`fees.${slug}`, form, t("badFee"));
    fees[slug] = minor;
  }
  const read = payableFeesForm.safeParse({ ...rest, fees });
  if (!read.success) return refuseFields(read.error, form, (await wordsOf())("check"));
  const saved = await saveOpinionFees(admin, read.data, new Date());
  refresh();
  return answerForm(saved, form, t("saved"));
}
