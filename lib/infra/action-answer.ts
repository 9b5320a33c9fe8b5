import "server-only";
import type { z } from "zod";

export interface Unfit {
  errors: Record<string, string>;
  values: Record<string, string>;
}

/** The fields of a form as plain text; files and repeated fields are read by the action itself. Passwords are never sent back. */
export function typedValues(form: FormData): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of form.entries()) {
    if (typeof value === "string" && !name.startsWith("$") && !/password|token|otp/i.test(name))
      values[name] = value;
  }
  return values;
}

/** Parses a posted form: the value, or what to show at each field with everything typed kept. */
export function parseForm<S extends z.ZodType>(
  schema: S,
  form: FormData,
): { ok: true; value: z.output<S> } | ({ ok: false } & Unfit) {
  const result = schema.safeParse(Object.fromEntries(form));
  if (result.success) return { ok: true, value: result.data };
  const errors: Record<string, string> = {};
  for (const issue of result.error.issues) errors[issue.path.join(".")] ??= issue.message;
  return { ok: false, errors, values: typedValues(form) };
}
