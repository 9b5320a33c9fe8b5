import { CURRENCIES, type Currency } from "@/lib/kernel/money";

/** Every rate says what one euro is worth in another currency. */
export const RATE_BASE = "EUR";
export const QUOTES = CURRENCIES.filter((currency) => currency !== RATE_BASE) as [Currency, ...Currency[]];

/** A rate this old is told as old wherever rates are looked after. */
const STALE_DAYS = 7;
const DAY_MS = 86_400_000;

export function isStaleRate(at: Date, now: Date): boolean {
  return now.getTime() - at.getTime() > STALE_DAYS * DAY_MS;
}

/** A rate moves slowly: one this far from the last is most often a slip, such as the rate turned round. */
const JUMP = 1.25;

export function isRateJump(last: string, next: string): boolean {
  const ratio = Number(next) / Number(last);
  return ratio > JUMP || ratio * JUMP < 1;
}
