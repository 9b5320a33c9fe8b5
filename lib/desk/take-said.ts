import "server-only";
import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import type { Outcome } from "@/lib/kernel/outcome";
import { answerForm, refuseFields } from "./answer-form";
import { nestedForm } from "./forms/nested";

/** As `takeForm`, for a page with words of its own: `said` is the sentence that stands when it is done. */
export async function takeSaid<Typed>(
  form: FormData,
  shape: z.ZodType<Typed>,
  said: string,
  work: (typed: Typed) => Promise<Outcome<unknown>>,
): Promise<FormState> {
  const t = await getTranslations({ locale: await actionLocale(), namespace: "desk" });
  const read = shape.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const outcome = await work(read.data);
  refresh();
  return answerForm(outcome, form, said);
}
