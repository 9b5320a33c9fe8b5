"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { addDoctor } from "@/lib/clinics/add-doctor";
import { removeDoctor } from "@/lib/clinics/remove-doctor";
import { changeListing } from "@/lib/clinics/save-listing";
import { answerForm, refuseAt, refuseFields } from "@/lib/desk/answer-form";
import { answerLines } from "@/lib/desk/answer-lines";
import { readDoctor } from "@/lib/desk/forms/listing";
import { typedDoctor } from "@/lib/desk/forms/listing-lines";
import { nestedForm } from "@/lib/desk/forms/nested";
import { isTreatment } from "@/lib/guides/treatment";
import { requireClinicManager } from "@/lib/infra/session";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "cabinet" });

/** A new doctor must not take the place of a listed one of the same name. */
export async function addDoctorAction(_before: FormState, form: FormData): Promise<FormState> {
  const manager = await requireClinicManager();
  const t = await wordsOf();
  const read = readDoctor(nestedForm(form), null);
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const added = await addDoctor(manager, read.data, "new");
  refresh();
  if (!added.ok && added.reason === "already_listed") return refuseAt("name", form, t("doctors.known"));
  return answerForm(added, form, t("doctors.saved"));
}

export async function saveDoctorAction(slug: string, _before: FormState, form: FormData): Promise<FormState> {
  const manager = await requireClinicManager();
  const t = await wordsOf();
  const treatments = await getTranslations({ locale: await actionLocale(), namespace: "treatments" });
  const saved = await changeListing(manager, typedDoctor(form, slug));
  if (saved.ok) refresh();
  const say = (name: string, text: string) =>
    name.endsWith(".treatment") && isTreatment(text) ? treatments(text) : text;
  return answerLines(saved, form, { saved: t("doctors.saved"), gone: t("overtaken.gone"), say });
}

export async function removeDoctorAction(
  slug: string,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const manager = await requireClinicManager();
  const t = await wordsOf();
  const removed = await removeDoctor(manager, slug);
  refresh();
  return answerForm(removed, form, t("doctors.removed"));
}
