import { exponentOf, isCurrency, type MoneyView } from "@/lib/kernel/money";

/** A converted sum without false exactness: three figures, whole units ("about $38,300"). */
export function roundedAbout(sum: MoneyView): MoneyView {
  const unit = 10 ** (isCurrency(sum.currency) ? exponentOf(sum.currency) : 2);
  const digits = Math.max(0, String(Math.trunc(sum.amount)).length - 3);
  const step = Math.max(unit, 10 ** digits);
  return { ...sum, amount: Math.round(sum.amount / step) * step };
}
