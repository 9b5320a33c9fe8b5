import { convert, type Currency, isCurrency, type Money, money } from "@/lib/kernel/money";

/** How many units of each currency one euro was worth, with where and when that was said. */
export type EuroRates = ReadonlyMap<string, { rate: string; source: string; at: Date }>;

/** Enough digits that going through the euro loses less than a unit of the last shown figure. */
const RATE_DIGITS = 12;

/** A sum in another currency, through the euro; null where one of the two has no rate. For display only. */
export function aboutIn(amountMinor: bigint, from: string, to: Currency, rates: EuroRates): Money | null {
  if (!isCurrency(from)) return null;
  if (from === to) return money(amountMinor, to);
  const [source, target] = [rateOf(from, rates), rateOf(to, rates)];
  if (source === null || target === null || source <= 0) return null;
  return convert(money(amountMinor, from), to, (target / source).toFixed(RATE_DIGITS));
}

function rateOf(currency: string, rates: EuroRates): number | null {
  if (currency === "EUR") return 1;
  const found = rates.get(currency);
  return found ? Number(found.rate) : null;
}
