import "server-only";
import type { z } from "zod";
import { getTranslations } from "next-intl/server";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { isUuid } from "@/lib/kernel/ids";
import type { Outcome } from "@/lib/kernel/outcome";
import { printedUnit } from "@/lib/records/measure";
import { answerForm, refuseAt, refuseFields } from "./answer-form";

/** What the form of measured numbers shows: how many were kept, or at the number itself what about it cannot be right. */
export async function answerMeasurements(
  outcome: Outcome<{ added: number }>,
  form: FormData,
): Promise<FormState> {
  const t = await wordsOf();
  if (outcome.ok) return answerForm(outcome, form, t("form.saved", { count: outcome.value.added }));
  const { path, value, unit, meant_unit, low, high, range_unit } = outcome.detail;
  if (typeof path !== "string") return answerForm(outcome, form, "");
  const print = (ucum: unknown) => printedUnit(String(ucum));
  if (outcome.reason === "invalid_unit_chosen")
    return refuseAt(
      path,
      form,
      t("slips.unit", { value: Number(value), unit: print(unit), meant: print(meant_unit) }),
    );
  if (outcome.reason === "invalid_value")
    return refuseAt(
      path,
      form,
      t("slips.range", { low: Number(low), high: Number(high), unit: print(range_unit) }),
    );
  return answerForm(outcome, form, "");
}

export async function refuseMeasurements(error: z.ZodError, form: FormData): Promise<FormState> {
  const t = await wordsOf();
  return refuseFields(error, form, t("form.check"));
}

export async function answerRemoved(outcome: Outcome<unknown>, form: FormData): Promise<FormState> {
  const t = await wordsOf();
  return answerForm(outcome, form, t("removed"));
}

/** An id no row has, where the form names none. */
export function measurementIdOf(form: FormData): string {
  const id = form.get("measurementId");
  return typeof id === "string" && isUuid(id) ? id : NO_ID;
}

const NO_ID = "00000000-0000-0000-0000-000000000000";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "measures" });
