import { dateOf, type Day } from "@/lib/kernel/day";
import type { Currency } from "@/lib/kernel/money";
import lineKinds from "@/locales/en/lineKinds.json";
import treatments from "@/locales/en/treatments.json";
import type { OwnRule } from "@/lib/estimates/line-rule";
import { amountText } from "./contract-text";

export interface ContractLine {
  kind: string;
  label: string | null;
  cause: string;
  /** Name of the device the line is about. */
  device: string | null;
  quantity: number;
  unit: string;
  lowMinor: bigint;
  expectedMinor: bigint;
  highMinor: bigint;
  /** What it says comes back of it; null where the refund rules say it. */
  ownRule: OwnRule | null;
}

const LONG_DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** "4 May 2026": contracts are in English whatever the reader's language, so are their days. */
export function contractDay(day: Day): string {
  return LONG_DAY.format(dateOf(day));
}

/** A treatment by its slug, as the patient knows it from the catalogue. */
export function treatmentName(slug: string): string {
  return slug in treatments ? treatments[slug as keyof typeof treatments] : slug;
}

/** One line of a contract: what, how much of it, the price, and where it is not fixed the range and its cause. */
export function lineSentence(line: ContractLine, treatment: string, currency: Currency): string {
  const named = line.kind in lineKinds ? lineKinds[line.kind as keyof typeof lineKinds] : line.kind;
  const about = line.kind === "treatment" ? `${named}: ${treatmentName(treatment)}` : named;
  const what = [line.label ?? about, line.device === null ? null : `with ${line.device}`]
    .filter((part) => part !== null)
    .join(" ");
  const amount = line.quantity === 1 ? "" : ` (${line.quantity} × ${line.unit})`;
  const expected = amountText(line.expectedMinor, currency);
  const back = line.ownRule === null ? "" : `. If you cancel or do not come: ${OWN_RULE_WORDS[line.ownRule]}`;
  if (line.lowMinor === line.highMinor) return `${what}${amount}: ${expected}, fixed${back}`;
  const range = `${amountText(line.lowMinor, currency)} to ${amountText(line.highMinor, currency)}`;
  return `${what}${amount}: ${expected} expected, ${range} (${line.cause})${back}`;
}

/** A service that says itself what comes back of it, in the place of the days of the refund rules. */
const OWN_RULE_WORDS: Readonly<Record<OwnRule, string>> = {
  whole: "all of it comes back until it was delivered",
  less_proven_cost: "all of it comes back but what the supplier proves it is owed",
  half: "half of it comes back",
  supplier_rule: "nothing of it comes back until the supplier has said what it keeps; then the rest does",
};
