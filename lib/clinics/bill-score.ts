/** Below this many settled bookings nothing is published: a few bills say little, and whose they are could be guessed. */
export const BILLS_LEAST = 5;

export interface SettledBill {
  /** The hospital's final bill, and what the accepted estimate expected of it, in minor units of one currency. */
  billedMinor: bigint;
  estimateMinor: bigint;
}

/** Basis points of the estimate: 10,000 is a bill as estimated. Nulls while there are too few. */
export interface BillScore {
  cases: number;
  medianBp: number | null;
  lowBp: number | null;
  highBp: number | null;
}

/** Quoted versus paid: the median of final bill by accepted estimate, and the quarters around it. */
export function billScore(bills: readonly SettledBill[]): BillScore {
  const ratios = bills
    .filter((bill) => bill.estimateMinor > 0n)
    .map(ratioBp)
    .toSorted((one, other) => one - other);
  const cases = ratios.length;
  if (cases < BILLS_LEAST) return { cases, medianBp: null, lowBp: null, highBp: null };
  return { cases, medianBp: at(ratios, 0.5), lowBp: at(ratios, 0.25), highBp: at(ratios, 0.75) };
}

function ratioBp({ billedMinor, estimateMinor }: SettledBill): number {
  return Number((billedMinor * 20_000n + estimateMinor) / (2n * estimateMinor));
}

/** Between the two neighbours of a place, as far as it lies between them. */
function at(sorted: readonly number[], part: number): number {
  const place = (sorted.length - 1) * part;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return Math.round(below + (above - below) * (place - Math.floor(place)));
}
