"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { saveListing } from "@/lib/clinics/save-listing";
import { submitListing } from "@/lib/clinics/submit-listing";
import { answerForm, refuseFields } from "@/lib/desk/answer-form";
import { readListing } from "@/lib/desk/forms/listing";
import { nestedForm } from "@/lib/desk/forms/nested";
import { requireClinicManager } from "@/lib/infra/session";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "cabinet" });

export async function saveListingAction(_before: FormState, form: FormData): Promise<FormState> {
  const manager = await requireClinicManager();
  const t = await wordsOf();
  const read = readListing(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const saved = await saveListing(manager, read.data);
  if (saved.ok) refresh();
  return answerForm(saved, form, t("listing.saved"));
}

export async function submitListingAction(_before: FormState, form: FormData): Promise<FormState> {
  const manager = await requireClinicManager();
  const t = await wordsOf();
  const submitted = await submitListing(manager, new Date());
  if (submitted.ok) refresh();
  return answerForm(submitted, form, t("listing.submitted"));
}
