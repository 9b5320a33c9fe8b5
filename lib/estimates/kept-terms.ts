import { z } from "zod";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
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

/**
 * What a booking asks for: the terms its estimate was sent under, for those were accepted; of what was sent before terms were
 * kept, those of today. Only money nobody may hold any longer is not held, whatever was sent: that takes a new version.
 */
export function bindingTerms(
  sent: unknown,
  clinic: Pick<KeptTerms, "contractAMode" | "prepaymentBp">,
): Outcome<KeptTerms, "payment_terms_changed"> {
  const kept = keptTermsSchema.nullable().parse(sent ?? null);
  if (!kept) return done(termsOf(clinic));
  const mayHold = kept.contractAMode === "direct" || clinic.contractAMode === "held_by_operator";
  return mayHold ? done(kept) : refused("payment_terms_changed");
}

/** Whether a plan under the one asks for what a plan under the other does; the name of a version asks for nothing. */
export function areSameTerms(one: KeptTerms, other: KeptTerms): boolean {
  return (["depositBp", "balanceDaysBefore", "contractAMode", "prepaymentBp"] as const).every(
    (term) => one[term] === other[term],
  );
}
