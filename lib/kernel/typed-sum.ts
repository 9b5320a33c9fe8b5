import { type Currency, exponentOf } from "./money";

/** Groups of thousands by commas: nothing else may stand before or between them. */
const COMMA_GROUPED = /^[1-9]\d{0,2}(,\d{3})+(\.|$)/;
/** By dots, only where a comma or another dot tells that the first is no decimal point: "1.234,56", "1.234.567". */
const DOT_GROUPED = /^[1-9]\d{0,2}(\.\d{3})+(\.\d{3}$|,)/;
/** By spaces or apostrophes, the same one throughout; they can be nothing else. */
const SPACE_GROUPED = /^[1-9]\d{0,2}([\s'’])\d{3}(\1\d{3})*([.,]|$)/;
/** In a currency of three decimals this is a thousand times more or less, as one reads the comma. */
const AMBIGUOUS = /^\d+,\d{3}$/;

/** Zero to nine of the two Arabic rows: what an Arabic or a Persian keyboard types. */
const ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹";

/** Thousands by the Arabic sign for them, which can be nothing else; out of place it stays, and the sum is refused. */
const ARABIC_GROUPED = /^[1-9]\d{0,2}(٬\d{3})+([.,]|$)/;

/** Marks of direction, which stand around what was copied out of Arabic text and are nothing to read. */
const DIRECTIONS = /[\u200e\u200f\u061c\u2066-\u2069]/g;

/** The same sum in Western digits and signs. */
function westernOf(text: string): string {
  const digits = text
    .replaceAll(/[٠-٩۰-۹]/g, (digit) => `${ARABIC_DIGITS.indexOf(digit) % 10}`)
    .replaceAll("٫", ".")
    .replaceAll("،", ",");
  return ARABIC_GROUPED.test(digits) ? digits.replaceAll("٬", "") : digits;
}

/** A sum a person typed, "24500", "24,500.50" or "24.500,50", in minor units; null when it is none, or could be two. */
export function minorOf(text: string, currency: Currency): number | null {
  const bare = bareOf(text);
  const exponent = exponentOf(currency);
  if (exponent === 3 && AMBIGUOUS.test(bare) && COMMA_GROUPED.test(bare)) return null;
  const found = /^(\d{1,10})(?:[.,](\d+))?$/.exec(ungrouped(bare));
  const fraction = found?.[2] ?? "";
  if (!found || fraction.length > exponent) return null;
  return Number(`${found[1]}${fraction.padEnd(exponent, "0")}`);
}

/** Whether a sum was refused because one dot or comma before three digits may stand for thousands or for decimals. */
export function isTwoSums(text: string, currency: Currency): boolean {
  return minorOf(text, currency) === null && /^[1-9]\d{0,2}[.,]\d{3}$/.test(bareOf(text));
}

const bareOf = (text: string) => westernOf(text.replaceAll(DIRECTIONS, "").trim());

/** The same without what stands between thousands, where that is certain. */
function ungrouped(bare: string): string {
  if (SPACE_GROUPED.test(bare)) return bare.replaceAll(/[\s'’]/g, "");
  if (COMMA_GROUPED.test(bare)) return bare.replaceAll(",", "");
  return DOT_GROUPED.test(bare) ? bare.replaceAll(".", "") : bare;
}

/** The same where less than nothing may stand, "-120.5"; the minus of a keyboard or of a printed bill. */
export function signedMinorOf(text: string, currency: Currency): number | null {
  const [, sign, rest = ""] = /^([-−–]?)(.*)$/su.exec(text.replaceAll(DIRECTIONS, "").trim()) ?? [];
  const size = minorOf(rest, currency);
  return sign && size ? -size : size;
}

/** Minor units as a person types them, without a currency sign: 2450000 EUR is "24500", 2450050 is "24500.50". */
export function typedSum(amountMinor: bigint, currency: Currency): string {
  const exponent = exponentOf(currency);
  const digits = amountMinor.toString().padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = digits.slice(digits.length - exponent);
  return /^0*$/.test(fraction) ? whole : `${whole}.${fraction}`;
}
