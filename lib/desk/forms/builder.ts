import { z } from "zod";
import { lineKind } from "@/lib/estimates/estimate";
import { draftEstimateForm, lineTemplateForm } from "@/lib/estimates/forms";
import { CURRENCIES, type Currency } from "@/lib/kernel/money";
import { minorOf } from "@/lib/kernel/typed-sum";
import { whyNoSum } from "./no-sum";

/** What the builder does not ask of a line, as it was when the builder opened; the form behind says what it may be. */
const unasked = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: "This is not what the page put in." });
      return z.NEVER;
    }
  })
  .pipe(
    z.object({
      kind: z.string(),
      taxBp: z.number(),
      options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    }),
  );

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
  mode: z.string().optional(),
  unasked: unasked.optional(),
});

const sentences = (text: string | undefined): string[] =>
  (text ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

const typedLines = z.array(typedLine, { error: "At least one line." });

/** Typed lines with their sums in minor units. A line without low or high is fixed. */
function linesOf(lines: z.output<typeof typedLines>, currency: Currency, context: z.RefinementCtx) {
  return lines.map(({ unasked: earlier, mode, ...line }, index) => {
    const sum = (name: SumName) => {
      const minor = minorOf(line[name] || line.expected, currency);
      const path = ["lines", index, line[name] ? name : "expected"];
      if (minor === null)
        context.addIssue({ code: "custom", path, message: whyNoSum(line[name] || line.expected, currency) });
      return minor ?? 0;
    };
    // The way is judged by the rules and priced by its own cost: whoever prices it says which.
    if (line.contract === "B" && lineKind(line.kind) === "medicine_supply" && !mode)
      context.addIssue({ code: "custom", path: ["lines", index, "mode"], message: "Please fill this in." });
    const amounts = { low: sum("low"), expected: sum("expected"), high: sum("high") };
    return { ...line, ...amounts, ...optioned(line.kind, earlier, mode), optional: line.optional === "on" };
  });
}

/** A line of medicine supply says how they come home; no other line does. */
function optioned(kind: string, earlier: z.output<typeof unasked> | undefined, mode: string | undefined) {
  const kept = carried(kind, earlier);
  if (lineKind(kind) !== "medicine_supply" || !mode) return kept;
  return { ...kept, options: { ...kept.options, mode } };
}

/** What goes along with a line that was written before. A line that became another thing begins anew. */
function carried(
  kind: string,
  earlier: z.output<typeof unasked> | undefined,
): { taxBp?: number; options?: Record<string, string | number | boolean> } {
  if (earlier?.kind !== kind) return {};
  const { taxBp, options } = earlier;
  return { taxBp, options };
}

type SumName = "low" | "expected" | "high";

/** The estimate builder: sums in major units, exclusions one a line. */
export const builderForm = z
  .object({
    currency: z.enum(CURRENCIES),
    validUntil: z.string({ error: "Please fill this in." }),
    lines: typedLines,
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
      lines: linesOf(lines, currency, context),
    }),
  )
  .pipe(draftEstimateForm);

/** The lines of a template as they are typed in the cabinet; they are the hospital's own. */
export const templateBuilderForm = z
  .object({ treatment: z.string(), currency: z.enum(CURRENCIES), lines: typedLines })
  .transform(({ treatment, currency, lines }, context) => ({
    ...{ treatment, currency, lines: linesOf(lines, currency, context) },
  }))
  // What is no treatment is told by the form behind; the cast only lets unread text reach it.
  .transform((form) => form as z.input<typeof lineTemplateForm>)
  .pipe(lineTemplateForm);
