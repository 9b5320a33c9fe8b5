import { stepOf } from "@/lib/bookings/chargeable";
import type { CountedLine } from "@/lib/estimates/estimate";
import { type KeptTerms, keptTermsSchema, termsOf } from "@/lib/estimates/kept-terms";
import { type EstimateTally, tallyOf } from "./estimate-tally";

interface SavedEstimate {
  currency: string;
  lines: readonly CountedLine[];
  clinic: Pick<KeptTerms, "contractAMode" | "prepaymentBp">;
  /** The terms it was sent under; nothing of a draft. */
  sentTerms?: unknown;
}

/** What a saved estimate comes to: under the terms it was sent with, or those of today. */
export function savedTally({ currency, lines, clinic, sentTerms }: SavedEstimate): EstimateTally {
  const terms = keptTermsSchema.nullable().parse(sentTerms ?? null) ?? termsOf(clinic);
  return tallyOf(lines, { ...terms, stepMinor: stepOf(currency) });
}
