import { type Currency, exponentOf, isCurrency } from "@/lib/kernel/money";

/** Eight digits at most, in minor units. */
export const CHARGE_MOST = 99_999_999n;

/**
 * The least a card is charged, in minor units, as the provider publishes it ("Minimum and maximum charge amounts",
 * docs.stripe.com/currencies). It names none for the others.
 */
const LEAST: Partial<Record<Currency, bigint>> = {
  EUR: 50n,
  USD: 50n,
  GBP: 30n,
  CHF: 50n,
  INR: 50n,
  SGD: 50n,
  JPY: 50n,
  AED: 200n,
  PLN: 200n,
  MYR: 200n,
  SEK: 300n,
  THB: 1_000n,
  CZK: 1_500n,
};

export function chargeLeast(currency: Currency): bigint {
  return LEAST[currency] ?? chargeStep(currency);
}

/** Card schemes round currencies of three decimals to two: the last digit must be zero. */
export function chargeStep(currency: Currency): bigint {
  return exponentOf(currency) === 3 ? 10n : 1n;
}

/** The same of any currency's name; of one nobody knows every sum is a step. */
export function stepOf(currency: string): bigint {
  return isCurrency(currency) ? chargeStep(currency) : 1n;
}

/** A sum that goes back, as a card takes it: rounded in the payer's favour as far as there is room. */
export function refundInSteps(amountMinor: bigint, stepMinor: bigint, roomMinor: bigint): bigint {
  const oddMinor = amountMinor % stepMinor;
  const roundMinor = oddMinor === 0n ? amountMinor : amountMinor + stepMinor - oddMinor;
  return roundMinor <= roomMinor ? roundMinor : amountMinor;
}

export function isChargeable(amountMinor: bigint, currency: string): boolean {
  if (!isCurrency(currency) || amountMinor > CHARGE_MOST) return false;
  return amountMinor >= chargeLeast(currency) && amountMinor % chargeStep(currency) === 0n;
}

/** What is open and so little that no card takes it: not worth a reminder, nor a second transfer. */
export function isTrifle(openMinor: bigint, currency: string): boolean {
  return isCurrency(currency) && openMinor < chargeLeast(currency);
}
