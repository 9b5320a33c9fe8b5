import "server-only";
import type { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { faultsOf, typedValues } from "@/lib/infra/action-answer";
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
  return { status: "refused", code: refusal.reason, message, errors, values: typedValues(form) };
}

/** A refusal the page itself knows a reason for, at one field. */
export function refuseAt(field: string, form: FormData, message: string): FormState {
  return { status: "refused", message, errors: { [field]: message }, values: typedValues(form) };
}

/** What is shown when the form itself does not fit: each field's own sentence, everything typed kept. */
export async function refuseFields(error: z.ZodError, form: FormData, message: string): Promise<FormState> {
  const errors = await faultsOf(error, (path) => nameOf(path, form));
  return { status: "refused", message, errors, values: typedValues(form) };
}

/** The name of the field a path means: the third row of a list may have been typed as the fifth, when rows were removed. */
function nameOf(path: readonly PropertyKey[], form: FormData): string {
  const [list, index, ...rest] = path.map(String);
  if (list === undefined || index === undefined || !/^\d+$/.test(index)) return path.map(String).join(".");
  const places = new Set<number>();
  for (const [name, value] of form.entries()) {
    const [first, place] = name.split(".");
    if (first === list && /^\d+$/.test(place ?? "") && value !== "") places.add(Number(place));
  }
  const place = [...places].toSorted((one, other) => one - other)[Number(index)] ?? index;
  return [list, place, ...rest].join(".");
}
