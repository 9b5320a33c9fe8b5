"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { addOutcome } from "@/lib/clinics/add-outcome";
import { OUTCOME_UNITS, type OutcomeLine } from "@/lib/clinics/forms/listing";
import { removeOutcome } from "@/lib/clinics/remove-outcome";
import { changeListing } from "@/lib/clinics/save-listing";
import { answerForm, refuseAt, refuseFields } from "@/lib/desk/answer-form";
import { answerLines } from "@/lib/desk/answer-lines";
import { readOutcome } from "@/lib/desk/forms/listing";
import { typedOutcome, typedVolumes } from "@/lib/desk/forms/listing-lines";
import { nestedForm } from "@/lib/desk/forms/nested";
import { requireClinicManager } from "@/lib/infra/session";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "cabinet" });

export async function saveVolumesAction(_before: FormState, form: FormData): Promise<FormState> {
  const manager = await requireClinicManager();
  const t = await wordsOf();
  const saved = await changeListing(manager, typedVolumes(form));
  if (saved.ok) refresh();
  return answerLines(saved, form, { saved: t("results.saved"), gone: t("overtaken.gone") });
}

/** A new result must not take the place of a listed one of the same count and year. */
export async function addOutcomeAction(_before: FormState, form: FormData): Promise<FormState> {
  const manager = await requireClinicManager();
  const t = await wordsOf();
  const read = readOutcome(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const added = await addOutcome(manager, read.data, "new");
  refresh();
  if (!added.ok && added.reason === "already_listed") return refuseAt("metric", form, t("results.known"));
  return answerForm(added, form, t("results.saved"));
}

export async function saveOutcomeAction(_before: FormState, form: FormData): Promise<FormState> {
  const manager = await requireClinicManager();
  const t = await wordsOf();
  const saved = await changeListing(manager, typedOutcome(form));
  if (saved.ok) refresh();
  const units: readonly string[] = OUTCOME_UNITS;
  const say = (name: string, text: string) =>
    name === "unit" && units.includes(text) ? t(`results.units.${text as OutcomeLine["unit"]}`) : text;
  return answerLines(saved, form, { saved: t("results.saved"), gone: t("overtaken.gone"), say });
}

export async function removeOutcomeAction(
  key: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const manager = await requireClinicManager();
  const t = await wordsOf();
  const removed = await removeOutcome(manager, key);
  refresh();
  return answerForm(removed, form, t("results.removed"));
}
