import { z } from "zod";
import { HOUSE_TERMS } from "./house-terms";

/** The terms of payment as they are kept with an estimate: the house's, and those of its centre. */
export const keptTermsSchema = z.object({
  version: z.string(),
  depositBp: z.int().min(0).max(10_000),
  balanceDaysBefore: z.int().min(0),
  contractAMode: z.enum(["direct", "held_by_operator"]),
  prepaymentBp: z.int().min(0).max(10_000),
});
export type KeptTerms = z.output<typeof keptTermsSchema>;

/** The terms of this moment. */
export function termsOf({
  contractAMode,
  prepaymentBp,
}: Pick<KeptTerms, "contractAMode" | "prepaymentBp">): KeptTerms {
  return { ...HOUSE_TERMS, contractAMode, prepaymentBp };
}

/** Whether a plan under the one asks for what a plan under the other does; the name of a version asks for nothing. */
export function areSameTerms(one: KeptTerms, other: KeptTerms): boolean {
  return (["depositBp", "balanceDaysBefore", "contractAMode", "prepaymentBp"] as const).every(
    (term) => one[term] === other[term],
  );
}
