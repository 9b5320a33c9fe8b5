import { type Currency, exponentOf, sumMinor } from "@/lib/kernel/money";
import { aboutIn, type ComparedCell, type EuroRates } from "./comparison";

/** One estimate in the reader's currency: its cells, what is needed, and all of it with everything of one's choice. */
export interface ComparedColumn {
  cells: { needed: bigint | null; chosen: bigint | null }[];
  neededMinor: bigint;
  allMinor: bigint;
}

/** A sum in another currency in whole units; in its own as it stands, and null where a rate is missing. */
export function wholeAbout(amountMinor: bigint, own: string, to: Currency, rates: EuroRates): bigint | null {
  const sum = aboutIn(amountMinor, own, to, rates);
  if (sum === null || own === to) return sum && sum.amountMinor;
  const unit = unitOf(to);
  return ((sum.amountMinor + unit / 2n) / unit) * unit;
}

/** The cells of one estimate in another currency: what is needed adds up to its total, and with the choices to theirs. */
export function comparedColumn(
  cells: readonly (ComparedCell | null)[],
  own: string,
  to: Currency,
  rates: EuroRates,
): ComparedColumn | null {
  const needed = cells.map((cell) => cell?.needed?.expectedMinor ?? null);
  const chosen = cells.map((cell) => cell?.chosen?.expectedMinor ?? null);
  const [ownNeeded, ownChosen] = [needed, chosen].map((sums) => sumMinor(sums.map((sum) => sum ?? 0n)));
  const neededMinor = wholeAbout(ownNeeded ?? 0n, own, to, rates);
  const allMinor = wholeAbout((ownNeeded ?? 0n) + (ownChosen ?? 0n), own, to, rates);
  if (neededMinor === null || allMinor === null) return null;
  const unit = own === to ? 1n : unitOf(to);
  const parts = spread(neededMinor / unit, needed);
  const choices = spread((allMinor - neededMinor) / unit, chosen);
  const inMinor = (units: bigint | null | undefined) =>
    units === null || units === undefined ? null : units * unit;
  return {
    ...{ neededMinor, allMinor },
    cells: cells.map((_, at) => ({ needed: inMinor(parts[at]), chosen: inMinor(choices[at]) })),
  };
}

const unitOf = (currency: Currency) => 10n ** BigInt(exponentOf(currency));

/** A whole in parts of the same shares; what rounding leaves goes where it is missed most, so that they add up. */
function spread(whole: bigint, shares: readonly (bigint | null)[]): (bigint | null)[] {
  const total = sumMinor(shares.map((share) => share ?? 0n));
  if (total === 0n) return shares.map((share) => share);
  const parts = shares.map((share) => (share === null ? null : (whole * share) / total));
  const missed = shares
    .map((share, at) => ({ at, rest: ((share ?? 0n) * whole) % total }))
    .toSorted((one, other) => (one.rest < other.rest ? 1 : one.rest > other.rest ? -1 : one.at - other.at));
  const left = Number(whole - sumMinor(parts.map((part) => part ?? 0n)));
  const lifted = new Set(missed.slice(0, left).map(({ at }) => at));
  return parts.map((part, at) => (part !== null && lifted.has(at) ? part + 1n : part));
}
