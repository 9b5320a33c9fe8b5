import { z } from "zod";
import { draftEstimateForm } from "@/lib/estimates/forms";
import { CURRENCIES } from "@/lib/kernel/money";
import { minorOf } from "../typed-sum";

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
          if (minor === null)
            context.addIssue({
              code: "custom",
              path: ["lines", index, line[name] ? name : "expected"],
              message,
            });
          return minor ?? 0;
        };
        const amounts = { low: sum("low"), expected: sum("expected"), high: sum("high") };
        return { ...line, ...amounts, optional: line.optional === "on" };
      }),
    }),
  )
  .pipe(draftEstimateForm);
