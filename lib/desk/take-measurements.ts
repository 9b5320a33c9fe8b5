import "server-only";
import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { type Refused, refused } from "@/lib/kernel/outcome";
import { addMeasurements, type Author } from "@/lib/records/add-measurements";
import { addMeasurementsForm, removeMeasurementForm } from "@/lib/records/forms";
import { printedUnit } from "@/lib/records/measure";
import { removeMeasurement } from "@/lib/records/remove-measurement";
import { answerForm, refuseAt, refuseFields, refuseForm } from "./answer-form";
import { nestedForm } from "./forms/nested";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "measures" });

/**
 * The form of measured numbers, the patient's, the desk's and a cabinet's: how many were kept, or at the number itself what about it
 * cannot be right. The case is null where its page is not this person's.
 */
export async function takeMeasurements(
  author: Author,
  caseId: string | null,
  form: FormData,
): Promise<FormState> {
  const t = await wordsOf();
  const read = addMeasurementsForm.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("form.check"));
  const added = caseId ? await addMeasurements(author, caseId, read.data, new Date()) : refused("not_found");
  if (!added.ok) return refuseNumber(added, form);
  refresh();
  return answerForm(added, form, t("form.saved", { count: added.value.added }));
}

export async function takeBackMeasurement(author: Author, form: FormData): Promise<FormState> {
  const t = await wordsOf();
  const read = removeMeasurementForm.safeParse(nestedForm(form));
  if (!read.success) return refuseForm(refused("not_found"), form);
  const removed = await removeMeasurement(author, read.data.measurementId, new Date());
  if (removed.ok) refresh();
  return answerForm(removed, form, t("removed"));
}

/** A slip of unit or range says the numbers it is about; every other refusal has its own sentence. */
async function refuseNumber(refusal: Refused, form: FormData): Promise<FormState> {
  const t = await wordsOf();
  const { path, value, unit, meant_unit, low, high, range_unit } = refusal.detail;
  const print = (ucum: unknown) => printedUnit(String(ucum));
  switch (refusal.reason) {
    case "invalid_unit_chosen": {
      const slip = { value: Number(value), unit: print(unit), meant: print(meant_unit) };
      return refuseAt(String(path), form, t("slips.unit", slip));
    }
    case "invalid_value": {
      const range = { low: Number(low), high: Number(high), unit: print(range_unit) };
      return refuseAt(String(path), form, t("slips.range", range));
    }
    default:
      return refuseForm(refusal, form);
  }
}
