import { type Currency, exponentOf } from "@/lib/kernel/money";

/** A sum a person typed, "24500" or "24,500.50", in minor units; null when it is none. */
export function minorOf(text: string, currency: Currency): number | null {
  const plain = text.replaceAll(/[\s'’]/g, "").replaceAll(/,(?=\d{3}(\D|$))/g, "");
  const found = /^(\d{1,10})(?:[.,](\d+))?$/.exec(plain);
  const exponent = exponentOf(currency);
  const fraction = found?.[2] ?? "";
  if (!found || fraction.length > exponent) return null;
  return Number(`${found[1]}${fraction.padEnd(exponent, "0")}`);
}

/** Minor units as a person types them, without a currency sign: 2450000 EUR is "24500", 2450050 is "24500.50". */
export function typedSum(amountMinor: bigint, currency: Currency): string {
  const exponent = exponentOf(currency);
  const digits = amountMinor.toString().padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = digits.slice(digits.length - exponent);
  return /^0*$/.test(fraction) ? whole : `${whole}.${fraction}`;
}
