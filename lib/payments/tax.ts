import { z } from "zod";
import { taxWithin } from "@/lib/kernel/money";

/** What tax each kind of line of contract B carries: `{kind: {treatment, rateBp, note}}`. */
export const TAX_SETTING = "tax_rules";

/** `standard` carries tax at its rate; the others carry none and say why. */
export const TAX_TREATMENTS = ["standard", "exempt", "reverse_charge", "outside"] as const;
export type TaxTreatment = (typeof TAX_TREATMENTS)[number];

/** Kinds of line the operator sells; any other short word is taxed as `other`. */
export const TAXED_KINDS = [
  "operator_fee",
  "transfer_arrival",
  "transfer_return",
  "interpreter",
  "medicine_supply",
  "translation",
  "visa",
  "hotel",
  "companion",
  "other",
] as const;
export type TaxedKind = (typeof TAXED_KINDS)[number];

export interface TaxRule {
  treatment: TaxTreatment;
  rateBp: number;
  /** The paragraph or code of the law that takes the tax away; printed on the invoice. */
  note: string;
}
export type TaxRules = Readonly<Partial<Record<TaxedKind, TaxRule>>>;

export const RATE_BP_MAX = 10_000;

/** Tax stands at a rate above nothing, or there is a reason why not. */
export function isWhole({ treatment, rateBp, note }: TaxRule): boolean {
  return treatment === "standard" || (rateBp === 0 && note !== "");
}

const kept = z.partialRecord(
  z.enum(TAXED_KINDS),
  z
    .object({
      treatment: z.enum(TAX_TREATMENTS),
      rateBp: z.int().min(0).max(RATE_BP_MAX),
      note: z.string().max(300),
    })
    .refine(isWhole),
);

/** The rules a setting keeps; none where nobody has set them: tax is never guessed. */
export function taxRulesOf(value: unknown): TaxRules {
  const read = kept.safeParse(value);
  return read.success ? read.data : {};
}

/** The rule of a line; null where nobody has said what holds for its kind. */
export function ruleFor(rules: TaxRules, kind: string): TaxRule | null {
  const known = TAXED_KINDS.find((one) => one === kind) ?? "other";
  return rules[known] ?? null;
}

/** Prices hold their tax: what of an agreed sum is net and what is tax. */
export function splitTax(grossMinor: bigint, rateBp: number): { netMinor: bigint; taxMinor: bigint } {
  const taxMinor = taxWithin(grossMinor, rateBp);
  return { netMinor: grossMinor - taxMinor, taxMinor };
}
