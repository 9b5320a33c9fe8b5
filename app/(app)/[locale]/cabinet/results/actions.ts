"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { addOutcome } from "@/lib/clinics/add-outcome";
import type { ListingContent } from "@/lib/clinics/forms/listing";
import { outcomeKey } from "@/lib/clinics/outcome";
import { ownListing } from "@/lib/clinics/queries/listing";
import { removeOutcome } from "@/lib/clinics/remove-outcome";
import { saveListing } from "@/lib/clinics/save-listing";
import { answerForm, refuseAt, refuseFields, seenMark } from "@/lib/desk/answer-form";
import { atPriceRows, readOutcome, readVolumes } from "@/lib/desk/forms/listing";
import { nestedForm } from "@/lib/desk/forms/nested";
import { requireClinicManager } from "@/lib/infra/session";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "cabinet" });

export async function saveVolumesAction(_before: FormState, form: FormData): Promise<FormState> {
  const manager = await requireClinicManager();
  const t = await wordsOf();
  const { procedures: lines } = (await ownListing(manager)).basis;
  const read = readVolumes(nestedForm(form), lines);
  if (!read.success) {
    const refused = await refuseFields(read.error, form, t("check"));
    if (refused.status !== "refused") return refused;
    return { ...refused, errors: atPriceRows(refused.errors ?? {}, lines, "volumes") };
  }
  const seen = { of: (content: ListingContent) => content.procedures, mark: seenMark(form) };
  const saved = await saveListing(manager, read.data, seen);
  refresh();
  return answerForm(saved, form, t("results.saved"));
}

/** A new result must not take the place of a listed one of the same count and year. */
export async function saveOutcomeAction(
  isNew: boolean,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const manager = await requireClinicManager();
  const t = await wordsOf();
  const read = readOutcome(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  if (isNew) {
    const { outcomes } = (await ownListing(manager)).basis;
    if (outcomes.some((line) => outcomeKey(line) === outcomeKey(read.data)))
      return refuseAt("metric", form, t("results.known"));
  }
  const saved = await addOutcome(manager, read.data, seenMark(form));
  refresh();
  return answerForm(saved, form, t("results.saved"));
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
