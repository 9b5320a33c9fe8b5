import { isCurrency } from "@/lib/kernel/money";
import { isTwoSums } from "@/lib/kernel/typed-sum";

export const NO_SUM = "A sum such as 24500 or 24500.50.";
const TWO_SUMS =
  "This sign could mean thousands or decimals. Write the sum without a sign for thousands, such as 24500 or 24500.50.";

/** Why a typed sum was not taken, and how to write it. */
export function whyNoSum(text: string | undefined, currency: string): string {
  return text !== undefined && isCurrency(currency) && isTwoSums(text, currency) ? TWO_SUMS : NO_SUM;
}
