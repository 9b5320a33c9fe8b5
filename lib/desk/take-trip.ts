import "server-only";
import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import type { Outcome, Refused } from "@/lib/kernel/outcome";
import { typedValues } from "@/lib/infra/action-answer";
import { tripTyped } from "@/lib/logistics/forms";
import { refuseAt, refuseFields, refuseForm } from "./answer-form";

/** Hands the trip a patient chose, with what names its day, to the verb that holds it; what does not fit stays typed. */
export async function takeTrip<Typed>(
  form: FormData,
  shape: z.ZodType<Typed>,
  named: (typed: Readonly<Record<string, string>>) => object,
  hold: (trip: Typed) => Promise<Outcome<unknown>>,
): Promise<FormState> {
  const locale = await actionLocale();
  const typed = typedValues(form);
  const { trip, lacking } = tripTyped(form, typed);
  const t = await getTranslations({ locale, namespace: "my.booking" });
  const needed = {
    ...{ language: t("languageNeeded"), supplyMode: t("supplyNeeded"), arrivalOn: t("trip.dayNeeded") },
    "medicines.0.inn": t("trip.medicines.needed"),
  };
  const fields = lacking.map((one) => (one === "medicines" ? "medicines.0.inn" : one));
  const [first] = fields;
  if (first) {
    const errors = Object.fromEntries(fields.map((field) => [field, needed[field]]));
    return { status: "refused", message: needed[first], errors, values: typed };
  }
  const read = shape.safeParse({ ...named(typed), ...trip });
  if (!read.success) return refuseFields(read.error, form, t("trip.check"));
  const held = await hold(read.data);
  if (!held.ok) return refuseTrip(held, form);
  refresh();
  return { status: "done" };
}

/** Why medicines may not come home this way stands at the way; every other refusal has its own sentence. */
async function refuseTrip(refusal: Refused, form: FormData): Promise<FormState> {
  const { why } = refusal.detail;
  if (refusal.reason !== "supply_blocked" || typeof why !== "string") return refuseForm(refusal, form);
  const t = await getTranslations({ locale: await actionLocale(), namespace: "journey" });
  return refuseAt("supplyMode", form, t(`blocked.${why as "rule_stale"}`));
}
