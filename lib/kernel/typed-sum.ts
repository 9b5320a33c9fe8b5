import { type Currency, exponentOf } from "./money";

/** Groups of thousands: nothing else may stand before or between the commas. */
const GROUPED = /^[1-9]\d{0,2}(,\d{3})+(\.|$)/;
/** In a currency of three decimals this is a thousand times more or less, as one reads the comma. */
const AMBIGUOUS = /^\d+,\d{3}$/;

/** Zero to nine of the two Arabic rows: what an Arabic or a Persian keyboard types. */
const ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹";

/** Thousands by the Arabic sign for them, which can be nothing else; out of place it stays, and the sum is refused. */
const ARABIC_GROUPED = /^[1-9]\d{0,2}(٬\d{3})+(\.|$)/;

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

/** A sum a person typed, "24500" or "24,500.50", in minor units; null when it is none, or could be two. */
export function minorOf(text: string, currency: Currency): number | null {
  const bare = westernOf(text.replaceAll(DIRECTIONS, "").replaceAll(/[\s'’]/g, ""));
  const exponent = exponentOf(currency);
  const isGrouped = GROUPED.test(bare);
  if (isGrouped && exponent === 3 && AMBIGUOUS.test(bare)) return null;
  const found = /^(\d{1,10})(?:[.,](\d+))?$/.exec(isGrouped ? bare.replaceAll(",", "") : bare);
  const fraction = found?.[2] ?? "";
  if (!found || fraction.length > exponent) return null;
  return Number(`${found[1]}${fraction.padEnd(exponent, "0")}`);
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
