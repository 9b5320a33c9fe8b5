import "server-only";
import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import type { Outcome } from "@/lib/kernel/outcome";
import { typedValues } from "@/lib/infra/action-answer";
import { tripTyped } from "@/lib/logistics/forms";
import { refuseForm } from "./answer-form";

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
  const needed = { language: t("languageNeeded"), supplyMode: t("supplyNeeded") };
  const [first] = lacking;
  if (first) {
    const errors = Object.fromEntries(lacking.map((field) => [field, needed[field]]));
    return { status: "refused", message: needed[first], errors, values: typed };
  }
  const read = shape.safeParse({ ...named(typed), ...trip });
  if (!read.success) return { status: "refused", message: t("choose"), values: typed };
  const held = await hold(read.data);
  if (!held.ok) return refuseForm(held, form);
  refresh();
  return { status: "done" };
}
