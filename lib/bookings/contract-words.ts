import { dateOf, type Day } from "@/lib/kernel/day";
import type { Currency } from "@/lib/kernel/money";
import lineKinds from "@/locales/en/lineKinds.json";
import treatments from "@/locales/en/treatments.json";
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
  if (line.lowMinor === line.highMinor) return `${what}${amount}: ${expected}, fixed`;
  const range = `${amountText(line.lowMinor, currency)} to ${amountText(line.highMinor, currency)}`;
  return `${what}${amount}: ${expected} expected, ${range} (${line.cause})`;
}
