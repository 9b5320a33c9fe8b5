"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import type { KeptListing } from "@/components/cabinet/kept-listing";
import { partOf } from "@/components/cabinet/kept-typing";
import type { FormState } from "@/components/ui/form-state";
import { formatTime } from "@/components/ui/format";
import { actionLocale } from "@/i18n/action-locale";
import { seenDraftForm, seenPartsForm } from "@/lib/clinics/forms/listing";
import { saveListing } from "@/lib/clinics/save-listing";
import { submitListing } from "@/lib/clinics/submit-listing";
import { answerForm, refuseFields, refuseForm } from "@/lib/desk/answer-form";
import { readListing, readListingParts } from "@/lib/desk/forms/listing";
import { nestedForm } from "@/lib/desk/forms/nested";
import { ownClinic } from "@/lib/desk/queries/cabinet";
import { faultsOf } from "@/lib/infra/action-answer";
import { refusalWords } from "@/lib/infra/refusal-words";
import { requireClinicManager } from "@/lib/infra/session";
import type { ClinicManager } from "@/lib/kernel/actor";
import type { Refused } from "@/lib/kernel/outcome";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "cabinet" });

/** The whole form at once, for a browser without JavaScript. */
export async function saveListingAction(_before: FormState, form: FormData): Promise<FormState> {
  const manager = await requireClinicManager();
  const t = await wordsOf();
  const read = readListing(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const seen = seenDraftForm.parse({
    id: form.get("seenDraft") || null,
    version: Number(form.get("seenVersion") ?? 0),
  });
  return answerForm(await saveListing(manager, read.data, seen), form, t("listing.saved"));
}

/** The parts somebody typed in just now. What cannot be saved is named; the rest is saved all the same. */
export async function keepListingAction(
  seenTold: unknown,
  partsTold: unknown,
  form: FormData,
): Promise<KeptListing> {
  const manager = await requireClinicManager();
  const t = await wordsOf();
  const { form: read, error } = readListingParts(nestedForm(form), seenPartsForm.parse(partsTold));
  const faults = error ? await faultsOf(error, (path) => path.map(String).join(".")) : {};
  const problems = Object.entries(faults).map(([field, sentence]) => ({
    field,
    sentence: t("listing.problem", { field: t(`listing.fields.${partOf(field) as "summary"}`), sentence }),
  }));
  if (Object.keys(read).length === 0) return { kind: "refused", message: t("listing.notSaved"), problems };
  const saved = await saveListing(manager, read, seenDraftForm.parse(seenTold));
  if (!saved.ok) return keptRefusal(manager, saved);
  refresh();
  const { revisionId: id, version, savedAt } = saved.value;
  return { kind: "saved", seen: { id, version }, message: await savedWords(manager, savedAt), problems };
}

async function savedWords(manager: ClinicManager, at: Date): Promise<string> {
  const t = await wordsOf();
  const { timeZone } = await ownClinic(manager);
  return t("listing.savedAt", { time: formatTime(at, timeZone, await actionLocale()) });
}

async function keptRefusal(manager: ClinicManager, refusal: Refused): Promise<KeptListing> {
  const locale = await actionLocale();
  const { path, by, at, draft, version } = refusal.detail;
  if (refusal.reason === "stale_draft") {
    const t = await wordsOf();
    const { timeZone } = await ownClinic(manager);
    const time = formatTime(new Date(String(at)), timeZone, locale);
    const message = t("listing.overtaken", { name: String(by), time });
    return { kind: "overtaken", seen: { id: String(draft) || null, version: Number(version) }, message };
  }
  const sentence = await refusalWords(locale, refusal);
  const problems = typeof path === "string" ? [{ field: path, sentence }] : [];
  return { kind: "refused", message: sentence, problems };
}

export async function submitListingAction(_before: FormState, form: FormData): Promise<FormState> {
  const manager = await requireClinicManager();
  const submitted = await submitListing(manager, new Date());
  if (!submitted.ok) return refuseForm(submitted, form);
  redirect(`/${await actionLocale()}/cabinet/listing/changes`);
}
