import "server-only";
import type { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { typedValues } from "@/lib/infra/action-answer";
import { refusalWords } from "@/lib/infra/refusal-words";
import type { Outcome, Refused } from "@/lib/kernel/outcome";

/** What a form shows after its verb: the sentence of a refusal with everything typed kept, or that it is done. */
export async function answerForm(
  outcome: Outcome<unknown>,
  form: FormData,
  message: string,
): Promise<FormState> {
  return outcome.ok ? { status: "done", message } : refuseForm(outcome, form);
}

/** A refusal of a verb; a fact of it that names a field stands at that field. */
export async function refuseForm(refusal: Refused, form: FormData): Promise<FormState> {
  const message = await refusalWords(await actionLocale(), refusal);
  const { path } = refusal.detail;
  const errors: Record<string, string> = typeof path === "string" ? { [path]: message } : {};
  return { status: "refused", message, errors, values: typedValues(form) };
}

/** What is shown when the form itself does not fit: each field's own sentence, everything typed kept. */
export function refuseFields(error: z.ZodError, form: FormData, message: string): FormState {
  const errors: Record<string, string> = {};
  for (const issue of error.issues) errors[issue.path.join(".")] ??= issue.message;
  return { status: "refused", message, errors, values: typedValues(form) };
}
