import "server-only";
import type { z } from "zod";
import type { FormState } from "@/components/ui/form-state";
import { actionLocale } from "@/i18n/action-locale";
import { messagesOf } from "@/i18n/messages";
import { faultWords } from "./fault-words";

export interface Unfit {
  errors: Record<string, string>;
  values: Record<string, string>;
}

/** The fields of a form as plain text, a repeated one a line each; files are read by the action itself. Passwords are never sent back. */
export function typedValues(form: FormData): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of form.entries()) {
    if (typeof value === "string" && !name.startsWith("$") && !/password|token|otp/i.test(name))
      values[name] = name in values ? `${values[name]}\n${value}` : value;
  }
  return values;
}

/** Parses a posted form: the value, or what to show at each field with everything typed kept. */
export async function parseForm<S extends z.ZodType>(
  schema: S,
  form: FormData,
): Promise<{ ok: true; value: z.output<S> } | ({ ok: false } & Unfit)> {
  const result = schema.safeParse(Object.fromEntries(form));
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, errors: await faultsOf(result.error), values: typedValues(form) };
}

/** A form whose fields do not fit: what is wrong stands at each of them, so the whole has no sentence of its own. */
export async function refuseUnfit({ errors, values }: Unfit): Promise<FormState> {
  return { status: "refused", message: messagesOf(await actionLocale()).common.form.problem, errors, values };
}

/** The first sentence for each field that does not fit, in the language of the page the form was sent from. */
export async function faultsOf(
  error: z.ZodError,
  nameOf: (path: readonly PropertyKey[]) => string = (path) => path.join("."),
): Promise<Record<string, string>> {
  const locale = await actionLocale();
  const errors: Record<string, string> = {};
  for (const issue of error.issues) errors[nameOf(issue.path)] ??= faultWords(locale, issue);
  return errors;
}
