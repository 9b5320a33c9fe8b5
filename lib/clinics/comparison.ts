import { type Currency, convert, isCurrency, money, type MoneyView, moneyView } from "@/lib/kernel/money";
import { isSlug } from "./slug";
import type { ClinicFacts, ProcedureFacts } from "./views/catalogue";

export const COMPARED_MAX = 4;

/** Slugs of an address: "a,b" or one after another, each once. */
export function comparedSlugs(given: string | string[] | undefined): string[] {
  const texts = given === undefined ? [] : Array.isArray(given) ? given : [given];
  const slugs = texts.flatMap((text) => text.split(",")).map((slug) => slug.trim());
  return [...new Set(slugs.filter(isSlug))];
}

/** The treatment whose prices stand side by side: the one wished, or the one most of the centres offer. */
export function comparedTreatment(
  clinics: readonly ClinicFacts[],
  wished: string | undefined,
): string | null {
  const offered = clinics.flatMap((clinic) => [...new Set(clinic.procedures.map((one) => one.treatment))]);
  if (wished !== undefined && offered.includes(wished)) return wished;
  const counted = [...new Set(offered)].map((treatment) => ({
    treatment,
    count: offered.filter((one) => one === treatment).length,
  }));
  return counted.toSorted((a, b) => b.count - a.count)[0]?.treatment ?? null;
}

/** The procedure a centre is compared by: of several prices that hold today the lowest expected one, whatever its currency. */
export function comparedProcedure(
  clinic: ClinicFacts,
  treatment: string | null,
  rates: DisplayRates | null,
): ProcedureFacts | null {
  const offered = clinic.procedures.filter((one) => one.treatment === treatment && one.holds);
  const euros = (one: ProcedureFacts) =>
    (rates && aboutIn(one.expected, "EUR", rates)?.amount) ?? Number.MAX_SAFE_INTEGER;
  return offered.toSorted((a, b) => euros(a) - euros(b) || a.expected.amount - b.expected.amount)[0] ?? null;
}

/** One piece of what a row says of a centre: a word, or a figure under its name. */
export interface Said {
  label?: string;
  text: string;
}

/** The same, and whether some other centre does not say it. */
export interface ComparedPart extends Said {
  apart: boolean;
}

/** What each centre says in one row, piece by piece: what all of them say alike is told from what sets them apart. */
export function toldApart(cells: readonly (readonly Said[])[]): ComparedPart[][] {
  const keyOf = ({ label = "", text }: Said) => `${label}\n${text}`;
  const isCommon = (said: Said) => cells.every((cell) => cell.some((other) => keyOf(other) === keyOf(said)));
  return cells.map((cell) => cell.map((said) => ({ ...said, apart: !isCommon(said) })));
}

/** The newest display rates: what one euro costs, with source and time. */
export interface DisplayRates {
  perEuro: ReadonlyMap<string, string>;
  source: string;
  at: string;
}

const RATE_DECIMALS = 12;

/** A sum in another currency by way of the euro; null where a rate is missing. */
export function aboutIn(sum: MoneyView, currency: Currency, rates: DisplayRates): MoneyView | null {
  const own = rates.perEuro.get(sum.currency);
  const wanted = rates.perEuro.get(currency);
  if (own === undefined || wanted === undefined || !isCurrency(sum.currency)) return null;
  const rate = (Number(wanted) / Number(own)).toFixed(RATE_DECIMALS);
  return moneyView(convert(money(BigInt(sum.amount), sum.currency), currency, rate).amountMinor, currency);
}

/** The range a centre is compared by, turned into the visitor's currency where there is a rate, else its own. */
export function comparedRange(
  clinic: ClinicFacts,
  {
    treatment,
    currency,
    rates,
  }: { treatment: string | null; currency: Currency; rates: DisplayRates | null },
): Record<"low" | "expected" | "high", MoneyView> | null {
  const procedure = comparedProcedure(clinic, treatment, rates);
  if (procedure === null) return null;
  const turned = (sum: MoneyView) => (rates && aboutIn(sum, currency, rates)) ?? sum;
  return { low: turned(procedure.low), expected: turned(procedure.expected), high: turned(procedure.high) };
}
