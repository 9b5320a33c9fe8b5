import "server-only";
import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import type { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import type { Outcome } from "@/lib/kernel/outcome";
import { answerForm, refuseFields } from "./answer-form";
import { nestedForm } from "./forms/nested";

const wordsOf = async () => getTranslations({ locale: await actionLocale(), namespace: "desk" });

/** A sentence of the desk. */
type Said = Parameters<Awaited<ReturnType<typeof wordsOf>>>[0];

/** Hands what was typed to its verb; where it does not fit the shape, each field says why and nothing is done. */
export async function takeForm<Typed>(
  form: FormData,
  shape: z.ZodType<Typed>,
  said: Said,
  work: (typed: Typed) => Promise<Outcome<unknown>>,
): Promise<FormState> {
  const t = await wordsOf();
  const read = shape.safeParse(nestedForm(form));
  if (!read.success) return refuseFields(read.error, form, t("check"));
  const outcome = await work(read.data);
  if (outcome.ok) refresh();
  return answerForm(outcome, form, t(said));
}
