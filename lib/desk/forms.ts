import { z } from "zod";
import { type CasesQuery, casesQuery } from "@/lib/cases/forms";
import { draftEstimateForm } from "@/lib/estimates/forms";
import { bankTransferForm } from "@/lib/payments/forms";
import { closeItemForm, judgeRecordForm } from "@/lib/records/forms";
import { CURRENCIES } from "@/lib/kernel/money";
import { minorOf } from "./typed-sum";

type Nested = { [key: string]: string | Nested | (string | Nested)[] };

/**
 * The fields of a form by their dotted names: "lines.0.low" stands in the first object of the list "lines".
 * What was left empty was not said; gaps in a list, from removed rows, close.
 */
export function nestedForm(form: FormData): Nested {
  const root: Nested = {};
  for (const [name, value] of form.entries()) {
    if (typeof value === "string" && value.trim() !== "" && !name.startsWith("$"))
      put(root, name.split("."), value);
  }
  return closeLists(root) as Nested;
}

function put(root: Nested, path: readonly string[], value: string): void {
  const [key, ...rest] = path;
  // An address such as "__proto__.x" must never reach a prototype.
  if (key === undefined || !/^[A-Za-z0-9-]{1,60}$/.test(key)) return;
  if (rest.length === 0) {
    root[key] = value;
    return;
  }
  const inner = root[key];
  const next: Nested = typeof inner === "object" && !Array.isArray(inner) ? inner : {};
  root[key] = next;
  put(next, rest, value);
}

function closeLists(value: Nested | string): Nested | string | (Nested | string)[] {
  if (typeof value === "string") return value;
  const entries = Object.entries(value).map(
    ([key, inner]) => [key, closeLists(inner as Nested | string)] as const,
  );
  const isList = entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key));
  if (!isList) return Object.fromEntries<Nested[string]>(entries);
  return entries
    .toSorted(([one], [other]) => Number(one) - Number(other))
    .map(([, inner]) => inner as Nested | string);
}

export type SearchParams = Record<string, string | string[] | undefined>;

/** The first value of each parameter of an address; empty ones are left out. */
export function paramsOf(params: SearchParams): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => {
      const first = Array.isArray(value) ? value[0] : value;
      return first === undefined || first.trim() === "" ? [] : [[name, first] as const];
    }),
  );
}

/** The filters of the table of cases as its address says them; one that does not exist is no filter. */
export function deskCasesQuery(params: SearchParams): CasesQuery {
  const given = paramsOf(params);
  const read = casesQuery.safeParse(given);
  if (read.success) return read.data;
  const wrong = new Set(read.error.issues.map((issue) => issue.path[0]));
  return casesQuery.parse(Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name))));
}

const typedLine = z.object({
  contract: z.enum(["A", "B"]),
  kind: z.string().default("other"),
  label: z.string().optional(),
  quantity: z.string().default("1"),
  unit: z.string().default("piece"),
  low: z.string().default(""),
  expected: z.string({ error: "Please fill this in." }),
  high: z.string().default(""),
  cause: z.string({ error: "Please fill this in." }),
  optional: z.literal("on").optional(),
  device: z.string().optional(),
});

const sentences = (text: string | undefined): string[] =>
  (text ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** The estimate builder: sums in major units, exclusions one a line. A line without low or high is fixed. */
export const builderForm = z
  .object({
    currency: z.enum(CURRENCIES),
    validUntil: z.string({ error: "Please fill this in." }),
    lines: z.array(typedLine, { error: "At least one line." }),
    exclusions: z.string().optional(),
    assumptions: z.string().optional(),
  })
  .transform(
    (
      { currency, validUntil, lines, exclusions, assumptions },
      context,
    ): z.input<typeof draftEstimateForm> => ({
      currency,
      validUntil,
      exclusions: sentences(exclusions),
      assumptions: sentences(assumptions),
      lines: lines.map((line, index) => {
        const sum = (name: "low" | "expected" | "high") => {
          const minor = minorOf(line[name] || line.expected, currency);
          const message = "A sum such as 24500 or 24500.50.";
          if (minor === null) context.addIssue({ code: "custom", path: ["lines", index, name], message });
          return minor ?? 0;
        };
        const amounts = { low: sum("low"), expected: sum("expected"), high: sum("high") };
        return { ...line, ...amounts, optional: line.optional === "on" };
      }),
    }),
  )
  .pipe(draftEstimateForm);

export const taskIdForm = z.object({ taskId: z.uuid() });
export const refundIdForm = z.object({ refundId: z.uuid() });

export const closeGapForm = closeItemForm.extend({ item: z.string().max(60) });

/** A word on the file the form names; a ticked box says whose file it is was checked. */
export const judgeFileForm = z
  .looseObject({ recordId: z.uuid(), clearance: z.string().optional() })
  .transform(({ recordId, clearance, ...verdict }, context) => {
    const read = judgeRecordForm.safeParse({ ...verdict, ...(clearance ? { clearance: true } : {}) });
    if (read.success) return { recordId, verdict: read.data };
    for (const { path, message } of read.error.issues)
      context.addIssue({ code: "custom", path: [...path], message });
    return z.NEVER;
  });

/** A bank transfer as it is typed: the sum in major units of its currency. */
export const typedTransferForm = z
  .object({
    reference: z.string({ error: "Please fill this in." }),
    receivedOn: z.string({ error: "Please fill this in." }),
    amount: z.string({ error: "Please fill this in." }),
    currency: z.enum(CURRENCIES),
  })
  .transform(({ amount, ...form }, context) => {
    const read = bankTransferForm.safeParse({ ...form, amount: minorOf(amount, form.currency) ?? amount });
    if (read.success) return read.data;
    for (const { path, message } of read.error.issues) {
      const sentence = path[0] === "amount" ? "A sum such as 24500 or 24500.50." : message;
      context.addIssue({ code: "custom", path: [...path], message: sentence });
    }
    return z.NEVER;
  });
