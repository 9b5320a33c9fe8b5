import { z } from "zod";
import { QUOTES } from "./exchange-rate";
import { plainText } from "./forms";

const NEEDS_RATE = "A rate such as 7.8125: with a dot, without a sign for thousands.";

/** What one euro is worth, as text: it is kept as it was written. */
const rateField = z
  .string()
  .trim()
  .regex(/^\d{1,7}(\.\d{1,8})?$/, NEEDS_RATE)
  .refine((rate) => Number(rate) > 0, NEEDS_RATE);

/** Rates of one source at one moment. What was left empty is not entered. */
export const ratesForm = z.object({
  source: plainText(120),
  at: z.iso
    .datetime({ offset: true, error: "A moment such as 2026-05-04T10:00." })
    .transform((at) => new Date(at)),
  /** Somebody has looked at a rate that is far from the last one. */
  sure: z.literal("yes").optional(),
  rates: z
    .partialRecord(z.enum(QUOTES), rateField)
    .default({})
    .refine((rates) => Object.keys(rates).length > 0, "Enter at least one rate."),
});
export type RatesForm = z.output<typeof ratesForm>;
