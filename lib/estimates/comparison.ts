import { convert, type Currency, isCurrency, type Money, money, sumMinor } from "@/lib/kernel/money";
import { LINE_KINDS, type Range } from "./estimate";

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

export interface RateUsed {
  /** One unit of the first currency in the second. */
  rate: number;
  sources: string[];
  /** The older of the two rates to the euro. */
  at: Date;
}

/** The rate a sum is shown at in another currency, with who said so and when; null without one, or between the same. */
export function rateBetween(from: string, to: Currency, rates: EuroRates): RateUsed | null {
  const [source, target] = [rateOf(from, rates), rateOf(to, rates)];
  if (from === to || source === null || target === null || source <= 0) return null;
  const said = [from, to].flatMap((currency) => (currency === "EUR" ? [] : (rates.get(currency) ?? [])));
  const [oldest] = said.toSorted((one, other) => one.at.getTime() - other.at.getTime());
  if (!oldest) return null;
  return { rate: target / source, sources: [...new Set(said.map((one) => one.source))], at: oldest.at };
}

function rateOf(currency: string, rates: EuroRates): number | null {
  if (currency === "EUR") return 1;
  const found = rates.get(currency);
  return found ? Number(found.rate) : null;
}

/** What one estimate asks for one kind of line; what is needed and what may be chosen apart, in its own currency. */
export interface ComparedCell {
  needed: Range | null;
  chosen: Range | null;
}

export interface ComparedRow {
  kind: string;
  /** The line's own name where its kind says too little. */
  label: string | null;
  /** One for each estimate, in their order; null where it has no such line. */
  cells: (ComparedCell | null)[];
}

interface ComparedLine extends Range {
  kind: string;
  label: string | null;
  optional: boolean;
}

/** The lines of several estimates beside each other by their kind, in the order of a care plan. Every line is in one row. */
export function comparedLines(estimates: readonly (readonly ComparedLine[])[]): ComparedRow[] {
  const rows = new Map<string, Pick<ComparedRow, "kind" | "label">>();
  for (const line of estimates.flat()) rows.set(keyOf(line), { kind: line.kind, label: nameOf(line) });
  return [...rows]
    .toSorted(([, one], [, other]) => placeOf(one.kind) - placeOf(other.kind))
    .map(([key, row]) => ({
      ...row,
      cells: estimates.map((lines) => cellOf(lines.filter((line) => keyOf(line) === key))),
    }));
}

/** "Other" and words nobody knows say nothing: two such lines are the same only by their name. */
function nameOf({ kind, label }: ComparedLine): string | null {
  return kind !== "other" && isKnown(kind) ? null : label;
}

function keyOf(line: ComparedLine): string {
  return `${line.kind} ${nameOf(line) ?? ""}`;
}

function isKnown(kind: string): boolean {
  return (LINE_KINDS as readonly string[]).includes(kind);
}

function placeOf(kind: string): number {
  return isKnown(kind) ? (LINE_KINDS as readonly string[]).indexOf(kind) : LINE_KINDS.length;
}

function cellOf(lines: readonly ComparedLine[]): ComparedCell | null {
  if (lines.length === 0) return null;
  const [needed, chosen] = [false, true].map((optional) =>
    added(lines.filter((line) => line.optional === optional)),
  );
  return { needed: needed ?? null, chosen: chosen ?? null };
}

function added(lines: readonly Range[]): Range | null {
  if (lines.length === 0) return null;
  return {
    lowMinor: sumMinor(lines.map((line) => line.lowMinor)),
    expectedMinor: sumMinor(lines.map((line) => line.expectedMinor)),
    highMinor: sumMinor(lines.map((line) => line.highMinor)),
  };
}
