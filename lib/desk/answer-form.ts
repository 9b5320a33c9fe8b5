import "server-only";
import type { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { faultsOf, typedValues } from "@/lib/infra/action-answer";
import { refusalWords } from "@/lib/infra/refusal-words";
import type { Outcome, Refused } from "@/lib/kernel/outcome";
import { type LineField, typedAt } from "./forms/nested";

/** What a form shows after its verb: the sentence of a refusal with everything typed kept, or that it is done. */
export async function answerForm(
  outcome: Outcome<unknown>,
  form: FormData,
  message: string,
): Promise<FormState> {
  return outcome.ok ? { status: "done", message } : refuseForm(outcome, form);
}

/** What a list of problems calls a field of one line, "Line 3, Expected"; null where its own label says enough. */
export type SayLine = (at: LineField) => string | null;

/** A refusal of a verb; a fact of it that names a field stands at that field. */
export async function refuseForm(refusal: Refused, form: FormData, say?: SayLine): Promise<FormState> {
  const message = await refusalWords(await actionLocale(), refusal);
  const { path } = refusal.detail;
  const values = typedValues(form);
  if (typeof path !== "string")
    return { status: "refused", code: refusal.reason, message, errors: {}, values };
  const { name, line } = typedAt(path.split("."), form);
  const labels = labelsOf([line && { name, line }], say);
  return { status: "refused", code: refusal.reason, message, errors: { [name]: message }, labels, values };
}

/** A refusal the page itself knows a reason for, at one field. */
export function refuseAt(field: string, form: FormData, message: string): FormState {
  return { status: "refused", message, errors: { [field]: message }, values: typedValues(form) };
}

/** What is shown when the form itself does not fit: each field's own sentence, everything typed kept. */
export async function refuseFields(
  error: z.ZodError,
  form: FormData,
  message: string,
  say?: SayLine,
): Promise<FormState> {
  const errors = await faultsOf(error, (path) => typedAt(path, form).name);
  const named = error.issues.map(({ path }) => {
    const { name, line } = typedAt(path, form);
    return line && { name, line };
  });
  return { status: "refused", message, errors, labels: labelsOf(named, say), values: typedValues(form) };
}

function labelsOf(
  fields: readonly ({ name: string; line: LineField } | null)[],
  say: SayLine = () => null,
): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const label = field && say(field.line);
      return field && label ? [[field.name, label] as const] : [];
    }),
  );
}
