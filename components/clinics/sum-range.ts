import type { SumRange } from "@/components/ui/range-axis";
import type { MoneyView } from "@/lib/kernel/money";

/** A price as the catalogue tells it, ready to be drawn. */
export function sumRange(price: { low: MoneyView; expected: MoneyView; high: MoneyView }): SumRange {
  return {
    lowMinor: BigInt(price.low.amount),
    expectedMinor: BigInt(price.expected.amount),
    highMinor: BigInt(price.high.amount),
    currency: price.expected.currency,
  };
}
