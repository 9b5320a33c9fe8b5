import { chargeStep } from "@/lib/bookings/chargeable";
import { ceilingOf } from "@/lib/bookings/price-change";
import { type Instalment, instalmentsOf, type PlanFacts } from "@/lib/bookings/payment-plan";
import { type CountedLine, type Totals, totalsOf } from "@/lib/estimates/estimate";
import type { Currency } from "@/lib/kernel/money";
import { minorOf } from "@/lib/kernel/typed-sum";

/** How the centre is paid: what the plan of an estimate follows. */
export type TallyTerms = Pick<PlanFacts, "contractAMode" | "prepaymentBp" | "depositBp" | "stepMinor">;

/** What the lines of an estimate come to. */
export interface EstimateTally {
  totals: Totals;
  /** What even an emergency may not pass, in each contract, without a yes of its own. */
  ceilings: Record<"A" | "B", bigint>;
  plan: TallyPlan;
}

/** The instalments, and what the hospital is paid on its own invoice: together they are the expected total. */
export interface TallyPlan {
  instalments: readonly Instalment[];
  toHospitalMinor: bigint;
}

/** Totals, ceilings and plan of an estimate's needed lines, reckoned with what a booking reckons with. */
export function tallyOf(lines: readonly CountedLine[], terms: TallyTerms): EstimateTally {
  const totals = totalsOf(lines);
  const needed = lines.filter((line) => !line.optional);
  const priced = needed.map(({ contract, expectedMinor }) => ({ contract, amountMinor: expectedMinor }));
  const ceiling = (contract: "A" | "B") =>
    ceilingOf(
      needed
        .filter((line) => line.contract === contract)
        .map(({ expectedMinor, highMinor }) => ({ amountMinor: expectedMinor, highMinor })),
    );
  return {
    totals,
    ceilings: { A: ceiling("A"), B: ceiling("B") },
    plan: {
      instalments: instalmentsOf({ ...terms, lines: priced }),
      toHospitalMinor: terms.contractAMode === "direct" ? totals.contracts.A.expectedMinor : 0n,
    },
  };
}

/** What stands in one line of the builder, as far as its sums go. */
export interface SummedLine {
  contract: string;
  low: string;
  expected: string;
  high: string;
  optional: boolean;
}

export interface TypedTally extends EstimateTally {
  /** The lines that are not counted, because their sums are none yet or cannot be read; the first line is 1. */
  uncounted: readonly number[];
  /** Those whose low, expected and high do not rise. */
  falling: readonly number[];
}

/** The same of lines while they are typed, read as the form reads them: without low or high a line is fixed. */
export function typedTally(lines: readonly SummedLine[], currency: Currency, terms: TallyTerms): TypedTally {
  const counted: CountedLine[] = [];
  const uncounted: number[] = [];
  const falling: number[] = [];
  for (const [index, line] of lines.entries()) {
    const [low, expected, high] = [line.low || line.expected, line.expected, line.high || line.expected].map(
      (text) => minorOf(text, currency),
    );
    if (low == null || expected == null || high == null) {
      uncounted.push(index + 1);
      continue;
    }
    if (low > expected || expected > high) falling.push(index + 1);
    counted.push({
      ...{ contract: line.contract === "A" ? "A" : "B", optional: line.optional },
      ...{ lowMinor: BigInt(low), expectedMinor: BigInt(expected), highMinor: BigInt(high) },
    });
  }
  return { ...tallyOf(counted, { ...terms, stepMinor: chargeStep(currency) }), uncounted, falling };
}

/** The lines of a form by its dotted names, in the order they stand: "lines.3.low" is the low of place 3. */
export function summedLines(fields: Iterable<readonly [string, unknown]>): SummedLine[] {
  const places = new Map<number, SummedLine>();
  for (const [name, value] of fields) {
    const [, place, field] = /^lines\.(\d+)\.(\w+)$/.exec(name) ?? [];
    if (place === undefined || typeof value !== "string") continue;
    const line = places.get(Number(place)) ?? EMPTY;
    const isSum = field === "contract" || field === "low" || field === "expected" || field === "high";
    places.set(Number(place), {
      ...line,
      ...(isSum ? { [field]: value.trim() } : {}),
      ...(field === "optional" ? { optional: true } : {}),
    });
  }
  return [...places.entries()].toSorted(([one], [other]) => one - other).map(([, line]) => line);
}

const EMPTY: SummedLine = { contract: "B", low: "", expected: "", high: "", optional: false };
