"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { addDoctor } from "@/lib/clinics/add-doctor";
import { ownListing } from "@/lib/clinics/queries/listing";
import { removeDoctor } from "@/lib/clinics/remove-doctor";
import { answerForm, refuseAt, refuseFields, seenMark } from "@/lib/desk/answer-form";
import { readDoctor } from "@/lib/desk/forms/listing";
import { nestedForm } from "@/lib/desk/forms/nested";
import { requireClinicManager } from "@/lib/infra/session";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "cabinet" });

/** Without a slug it is a new doctor, who must not take the place of a listed one of the same name. */
export async function saveDoctorAction(
  slug: string | null,
  _before: FormState,
  form: FormData,
): Promise<FormState> {
  const manager = await requireClinicManager();
  const t = await wordsOf();
  const read = readDoctor(nestedForm(form), slug);
  if (!read.success) return refuseFields(read.error, form, t("check"));
  if (slug === null) {
    const { doctors } = (await ownListing(manager)).basis;
    const name = read.data.name.toLowerCase();
    if (doctors.some((doctor) => doctor.name.toLowerCase() === name))
      return refuseAt("name", form, t("doctors.known"));
  }
  const saved = await addDoctor(manager, read.data, seenMark(form));
  refresh();
  return answerForm(saved, form, t("doctors.saved"));
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
