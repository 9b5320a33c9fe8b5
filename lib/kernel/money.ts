/** An amount in whole minor units of an ISO 4217 currency: 12.50 EUR is `{ amountMinor: 1250n, currency: "EUR" }`. */
export interface Money {
  readonly amountMinor: bigint;
  readonly currency: Currency;
}

/** ISO 4217 exponents that are not 2, and the currencies the portal knows. */
const EXPONENTS = {
  EUR: 2,
  USD: 2,
  GBP: 2,
  CHF: 2,
  CNY: 2,
  TRY: 2,
  INR: 2,
  ILS: 2,
  THB: 2,
  RUB: 2,
  KZT: 2,
  AED: 2,
  SAR: 2,
  PLN: 2,
  CZK: 2,
  SEK: 2,
  SGD: 2,
  MYR: 2,
  UAH: 2,
  EGP: 2,
  JPY: 0,
  KRW: 0,
  KWD: 3,
  BHD: 3,
  OMR: 3,
  JOD: 3,
} as const;

export type Currency = keyof typeof EXPONENTS;

export const CURRENCIES = Object.keys(EXPONENTS) as [Currency, ...Currency[]];

export function isCurrency(text: string): text is Currency {
  return Object.hasOwn(EXPONENTS, text);
}

/** How many decimals one major unit has: EUR 2, JPY 0, KWD 3. */
export function exponentOf(currency: Currency): number {
  return EXPONENTS[currency];
}

export function money(amountMinor: bigint, currency: Currency): Money {
  return { amountMinor, currency };
}

/** The smaller of two sums of one currency. */
export function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

/** The larger of two sums of one currency. */
export function most(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}

export function sumMinor(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

/** A part of an amount in basis points, rounded half away from zero: the one place that rounds. */
export function share(amountMinor: bigint, basisPoints: number): bigint {
  const scaled = amountMinor * BigInt(basisPoints);
  const half = scaled < 0n ? -5_000n : 5_000n;
  return (scaled + half) / 10_000n;
}

/** The tax within a sum that already holds it: 11.90 at 1,900 basis points hold 1.90, rounded half away from zero. */
export function taxWithin(grossMinor: bigint, basisPoints: number): bigint {
  const whole = 10_000n + BigInt(basisPoints);
  const scaled = grossMinor * BigInt(basisPoints) * 2n;
  return (scaled + (scaled < 0n ? -whole : whole)) / (2n * whole);
}

/** Splits an amount by weights so that the parts always add up to the whole; earlier parts take the remainder. */
export function allocate(amountMinor: bigint, weights: readonly number[]): bigint[] {
  const whole = weights.reduce((total, weight) => total + weight, 0);
  if (whole <= 0) throw new RangeError("The weights must add up to more than zero.");
  const parts = weights.map((weight) => (amountMinor * BigInt(weight)) / BigInt(whole));
  let rest = amountMinor - sumMinor(parts);
  const step = rest < 0n ? -1n : 1n;
  for (let index = 0; rest !== 0n; index = (index + 1) % parts.length, rest -= step) {
    parts[index] = (parts[index] ?? 0n) + step;
  }
  return parts;
}

/**
 * Converts between currencies by a decimal rate ("1.0834": one major unit of the source in units of the target),
 * rounded half up. Only for display; charges stay in the currency of the booking.
 */
export function convert(source: Money, target: Currency, rate: string): Money {
  const [whole = "0", fraction = ""] = rate.split(".");
  const scaledRate = BigInt(whole + fraction);
  const shift = exponentOf(target) - exponentOf(source.currency) - fraction.length;
  const raw = source.amountMinor * scaledRate;
  if (shift >= 0) return money(raw * 10n ** BigInt(shift), target);
  const divisor = 10n ** BigInt(-shift);
  return money((raw + divisor / 2n) / divisor, target);
}

/** The shape money has in the API: `{"amount": 1234500, "currency": "EUR"}`, refused beyond 2^53. */
export interface MoneyView {
  amount: number;
  currency: string;
}

export function moneyView(amountMinor: bigint, currency: string): MoneyView {
  const amount = Number(amountMinor);
  if (!Number.isSafeInteger(amount)) throw new RangeError("The amount is too large to be shown as JSON.");
  return { amount, currency };
}

/** A converted sum without false exactness: three figures, whole units ("about $38,300"). */
export function roundedAbout(sum: MoneyView): MoneyView {
  const unit = 10 ** (isCurrency(sum.currency) ? exponentOf(sum.currency) : 2);
  const digits = Math.max(0, String(Math.trunc(sum.amount)).length - 3);
  const step = Math.max(unit, 10 ** digits);
  return { ...sum, amount: Math.round(sum.amount / step) * step };
}
