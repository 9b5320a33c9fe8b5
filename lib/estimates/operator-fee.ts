import { convert, type Currency, isCurrency, money, sumMinor } from "@/lib/kernel/money";

/**
 * The operator's one fixed fee, whichever centre or treatment: `{amount, currency: "EUR", sums}` in cents; `sums` are the minor
 * units of other currencies in which it does not move with the rate.
 */
export const FEE_SETTING = "operator_fee";

const FEE_EURO_CENTS = 240_000n;
/** In another currency the rate of the day moves the sum a little. */
const RATE_TOLERANCE_BP = 100n;

/** The fee in euro cents; where nothing or nonsense is set, what the operator began with. */
export function feeOf(value: unknown): bigint {
  if (typeof value !== "object" || value === null) return FEE_EURO_CENTS;
  const { amount, currency } = value as Record<string, unknown>;
  const isSum = typeof amount === "number" && Number.isSafeInteger(amount) && amount >= 0;
  return isSum && currency === "EUR" ? BigInt(amount) : FEE_EURO_CENTS;
}

/** The fee as it is set in this very currency; null where it is reckoned by the rate. */
export function setFeeOf(value: unknown, currency: string): bigint | null {
  if (typeof value !== "object" || value === null || !("sums" in value)) return null;
  const { sums } = value;
  if (typeof sums !== "object" || sums === null) return null;
  const sum = (sums as Record<string, unknown>)[currency];
  return typeof sum === "number" && Number.isSafeInteger(sum) && sum >= 0 ? BigInt(sum) : null;
}

/** The fee in another currency; `rate` is one euro in it. Null without a rate. */
export function feeIn(currency: string, feeEuroCents: bigint, rate: string | null): bigint | null {
  if (currency === "EUR") return feeEuroCents;
  if (rate === null || !isCurrency(currency)) return null;
  return convert(money(feeEuroCents, "EUR"), currency satisfies Currency, rate).amountMinor;
}

/** Whether the fee lines of an estimate ask for something else than the fee. To be told, never refused: a person decides. */
export function differsFromFee(
  lines: readonly { kind: string; expectedMinor: bigint }[],
  currency: string,
  feeMinor: bigint,
): boolean {
  const asked = sumMinor(
    lines.filter((line) => line.kind === "operator_fee").map((line) => line.expectedMinor),
  );
  const difference = asked > feeMinor ? asked - feeMinor : feeMinor - asked;
  return currency === "EUR" ? difference !== 0n : difference * 10_000n > feeMinor * RATE_TOLERANCE_BP;
}
