import { exponentOf, isCurrency } from "@/lib/kernel/money";
import { dateFormat, displayNames, numberFormat } from "./kept-intl";

const TAGS: Readonly<Record<string, string>> = {
  // Day before month, and a clock of 24 hours.
  en: "en-GB",
  // Arabic with the digits of price lists and laboratory papers.
  ar: "ar-u-nu-latn",
};

const COMMAS: Readonly<Record<string, string>> = { ar: "، ", zh: "、" };

function tagOf(locale: string): string {
  return TAGS[locale] ?? locale;
}

/** A sum of minor units as decimal text: 123450n with two decimals is "1234.50". */
function decimalOf(amountMinor: bigint, exponent: number): Intl.StringNumericLiteral {
  const digits = (amountMinor < 0n ? -amountMinor : amountMinor).toString().padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = digits.slice(digits.length - exponent);
  const sign = amountMinor < 0n ? "-" : "";
  return `${sign}${whole}${fraction === "" ? "" : `.${fraction}`}` as Intl.StringNumericLiteral;
}

/** Words that stand inside sentences elsewhere, as the beginning of their own. */
export function sentenceStart(words: string, locale: string): string {
  const [first = ""] = words;
  return first.toLocaleUpperCase(locale) + words.slice(first.length);
}

/** Whole minor units with their currency: (1234500n, "EUR", "de") is "12.345,00 €". */
export function formatMoney(amountMinor: bigint, currency: string, locale: string): string {
  return moneyFormat(amountMinor, currency, locale, {});
}

/** The same without decimals where there are none to tell, for ranges and cards. */
export function formatMoneyShort(amountMinor: bigint, currency: string, locale: string): string {
  return moneyFormat(amountMinor, currency, locale, { trailingZeroDisplay: "stripIfInteger" });
}

function moneyFormat(
  amountMinor: bigint,
  currency: string,
  locale: string,
  options: Intl.NumberFormatOptions,
): string {
  if (!isCurrency(currency)) throw new RangeError(`${currency} is not a currency the portal knows.`);
  const exponent = exponentOf(currency);
  const format = numberFormat(tagOf(locale), {
    style: "currency",
    currency,
    currencyDisplay: "symbol",
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
    ...options,
  });
  const parts = format.formatToParts(decimalOf(amountMinor, exponent));
  return parts.map(({ type, value }) => (type === "currency" ? symbolOf(value, locale) : value)).join("");
}

/** A symbol of letters and a sign, such as "US$", turns around in Arabic unless it stands apart. */
function symbolOf(symbol: string, locale: string): string {
  return locale === "ar" && /[A-Z]/.test(symbol) ? `\u2066${symbol}\u2069` : symbol;
}

export function formatNumber(value: number | bigint, locale: string): string {
  return numberFormat(tagOf(locale), {}).format(value);
}

/** The size of a file in the unit a person reads it in: (20480, "en") is "20 kB", 160692224 is "161 MB". */
export function formatBytes(sizeBytes: number, locale: string): string {
  const steps = ["kilobyte", "megabyte", "gigabyte"] as const;
  const step = sizeBytes < 999_500 ? 0 : sizeBytes < 999_500_000 ? 1 : 2;
  const value = sizeBytes / 1000 ** (step + 1);
  return numberFormat(tagOf(locale), {
    style: "unit",
    unit: steps[step] ?? "kilobyte",
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  }).format(step === 0 ? Math.max(1, Math.round(value)) : value);
}

/** A rate in basis points: (250, "en") is "2.5%". */
export function formatBasisPoints(basisPoints: number, locale: string): string {
  return numberFormat(tagOf(locale), { style: "percent", maximumFractionDigits: 2 }).format(
    basisPoints / 10_000,
  );
}

/** A calendar day, "2026-05-04", without a zone: "4 May 2026". */
export function formatDay(day: string, locale: string): string {
  return dateFormat(tagOf(locale), {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(`${day}T00:00:00Z`));
}

/** A calendar day with its weekday: "Mon, 4 May 2026". */
export function formatWeekday(day: string, locale: string): string {
  return dateFormat(tagOf(locale), {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(`${day}T00:00:00Z`));
}

/** "May 2026"; the month is written as "2026-05". */
export function formatMonth(month: string, locale: string): string {
  return dateFormat(tagOf(locale), { month: "long", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
}

/** A moment always names its zone: "4 May 2026, 10:00 CEST". `zone` is an IANA name. */
export function formatMoment(at: Date, zone: string, locale: string): string {
  return dateFormat(tagOf(locale), {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone,
    timeZoneName: "short",
  }).format(at);
}

/** The time of a moment whose day stands above it, with its zone: "10:00 CEST". */
export function formatTime(at: Date, zone: string, locale: string): string {
  return dateFormat(tagOf(locale), {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone,
    timeZoneName: "short",
  }).format(at);
}

/** The clock of a moment where its place is named beside it: "10:00". `zone` is an IANA name. */
export function formatClock(at: Date, zone: string, locale: string): string {
  return dateFormat(tagOf(locale), { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(at);
}

/** A time zone as people call it: "Germany Time", "توقيت الصين". `zone` is an IANA name. */
export function formatZone(zone: string, locale: string): string {
  // Plain "en": British English says "CET", which names no place.
  const parts = dateFormat(locale, {
    timeZone: zone,
    timeZoneName: "shortGeneric",
  }).formatToParts();
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}

/** An age in days as a person says it: (12, "en") is "12 days", 183 is "6 months". */
export function formatAge(days: number, locale: string): string {
  const [value, unit] = spanOf(days);
  return numberFormat(tagOf(locale), { style: "unit", unit, unitDisplay: "long" }).format(value);
}

/** From three years on nobody counts in months. */
const YEARS_FROM_DAYS = 1_096;
const YEAR_DAYS = 365.25;

function spanOf(days: number): [number, "day" | "month" | "year"] {
  if (days < 45) return [days, "day"];
  return days < YEARS_FROM_DAYS
    ? [Math.round(days / 30.44), "month"]
    : [Math.round(days / YEAR_DAYS), "year"];
}

/** Words side by side, with the comma of the reader's language: (["Köln", "Germany"], "en") is "Köln, Germany". */
export function formatList(words: readonly string[], locale: string): string {
  // A Latin name draws the number after it to its own side, unless it stands apart.
  const apart = locale === "ar" ? words.map((word) => `\u2068${word}\u2069`) : words;
  return apart.join(COMMAS[locale] ?? ", ");
}

/** Names of which one is enough: (["Amal", "Youssef"], "en") is "Amal or Youssef". */
export function formatChoice(names: readonly string[], locale: string): string {
  const apart = names.map((name) => `\u2068${name}\u2069`);
  return new Intl.ListFormat(tagOf(locale), { type: "disjunction" }).format(apart);
}

/** A country by its ISO code in the reader's language. */
export function formatCountry(code: string, locale: string): string {
  return displayNames(locale, { type: "region" }).of(code.toUpperCase()) ?? code;
}

/** A language by its code in the reader's language. */
export function formatLanguage(code: string, locale: string): string {
  return displayNames(locale, { type: "language" }).of(code) ?? code;
}
