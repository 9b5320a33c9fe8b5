import { z } from "zod";
import { isDay } from "@/lib/kernel/day";
import { CURRENCIES } from "@/lib/kernel/money";
import { TREATMENTS } from "@/lib/guides/treatment";
import { SERVICE_RULES } from "./catalogue";
import { lineKind } from "./estimate";
import { RULE_OPTION } from "./line-rule";

/** Text a person wrote. PostgreSQL text cannot hold NUL. */
export const plainText = (max: number) =>
  z
    .string()
    .trim()
    .min(1, "Please fill this in.")
    .max(max, `At most ${max} characters.`)
    .refine((text) => !text.includes("\u0000"), "Contains a character that cannot be stored.");

/** A calendar day, "2026-05-04". */
export const dayField = z.string().refine(isDay, "Write the day as 2026-05-04.");

const AMOUNT_MAX = 1_000_000_000_000;
export const minorField = z
  .int("Whole minor units, without decimals.")
  .min(0, "Not below zero.")
  .max(AMOUNT_MAX, "This amount is too large.");

/** An amount in minor units, bare or with its currency. */
const amount = z.union([
  minorField.transform((value) => ({ amount: value, currency: null })),
  z.object({ amount: minorField, currency: z.string().length(3) }),
]);

const shortWord = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, "A short word such as transfer_arrival.");

export const kindField = shortWord.transform(lineKind);
export const quantityField = z.coerce
  .number()
  .positive("More than zero.")
  .max(999_999)
  .refine((value) => Number.isInteger(Math.round(value * 1e6) / 1e3), "At most three decimals.")
  .default(1);

const option = z.union([plainText(200), z.number(), z.boolean()]);

const lineForm = z.object({
  contract: z.enum(["A", "B"]),
  kind: kindField,
  label: plainText(200).optional(),
  quantity: quantityField,
  unit: plainText(40).default("piece"),
  low: amount,
  expected: amount,
  high: amount,
  cause: plainText(500),
  optional: z.boolean().default(false),
  taxBp: z.int().min(0).max(10_000).default(0),
  device: plainText(60).optional(),
  options: z
    .record(z.string().max(40), option)
    .refine(({ [RULE_OPTION]: rule }) => rule === undefined || SERVICE_RULES.some((one) => one === rule), {
      path: [RULE_OPTION],
      message: `One of ${SERVICE_RULES.join(", ")}.`,
    })
    .optional(),
});

const currency = z.enum(CURRENCIES, { error: "A currency such as EUR." });
const sentences = z.array(plainText(500)).max(50);
const lines = z.array(lineForm).min(1, "At least one line.").max(100, "At most 100 lines.");

const fields = z.object({
  currency,
  validUntil: dayField,
  lines,
  exclusions: sentences.default([]),
  assumptions: sentences.default([]),
});

type Fields = { currency?: string | undefined; lines?: z.output<typeof lines> | undefined };

function checkLines(form: Fields, context: z.RefinementCtx): void {
  for (const [index, line] of (form.lines ?? []).entries()) {
    const path = ["lines", index];
    if (line.low.amount > line.expected.amount || line.expected.amount > line.high.amount) {
      context.addIssue({
        code: "custom",
        path: [...path, "expected"],
        message: "Low, expected and high must rise.",
      });
    }
    for (const name of ["low", "expected", "high"] as const) {
      const said = line[name].currency;
      if (said !== null && form.currency !== undefined && said !== form.currency) {
        context.addIssue({
          code: "custom",
          path: [...path, name],
          message: "One currency for the whole estimate.",
        });
      }
    }
  }
}

/** A new estimate. Each line's three amounts are for its whole quantity, tax included, in minor units. */
export const draftEstimateForm = fields.superRefine(checkLines);
export type DraftEstimateForm = z.output<typeof draftEstimateForm>;

/** A change of a draft: what is sent replaces what stood there; lines are replaced as a whole. */
export const editEstimateForm = z
  .object({
    currency: currency.optional(),
    validUntil: dayField.optional(),
    lines: lines.optional(),
    exclusions: sentences.optional(),
    assumptions: sentences.optional(),
  })
  .superRefine(checkLines);
export type EditEstimateForm = z.output<typeof editEstimateForm>;

export type LineForm = DraftEstimateForm["lines"][number];

const treatmentField = z.enum(TREATMENTS, { error: "A treatment of the catalogue." });

/** The lines a centre's estimates of a treatment begin with: its own, of contract A. The operator's come with each estimate. */
export const lineTemplateForm = z
  .object({ treatment: treatmentField, currency, lines })
  .superRefine(checkLines)
  .superRefine(({ lines: all }, context) => {
    for (const [index, line] of all.entries()) {
      if (line.contract !== "A")
        context.addIssue({
          code: "custom",
          path: ["lines", index, "contract"],
          message: "A template holds lines of contract A only.",
        });
    }
  });
export type LineTemplateForm = z.output<typeof lineTemplateForm>;

/** Of which treatment the templates are asked for. */
export const lineTemplatesForm = z.object({ treatment: treatmentField });

export const acceptEstimateForm = z.object({ hash: z.string().trim().min(1).max(128) });
export type AcceptEstimateForm = z.output<typeof acceptEstimateForm>;

export const rejectEstimateForm = z.object({ reason: plainText(1000).optional() });
export type RejectEstimateForm = z.output<typeof rejectEstimateForm>;
