import "server-only";
import { type Asked, askProvider } from "./stripe";

/** One movement of money in our account at the provider. */
export interface ProviderMovement {
  id: string;
  type: string;
  /** The charge, refund or dispute behind it. */
  sourceId: string | null;
  currency: string;
  /** Positive when it came in; before the fee. */
  amountMinor: bigint;
  feeMinor: bigint;
  movedAt: Date;
}

/** More than this a run does not read; the next goes on where it ended. */
const MOVEMENTS_MAX = 5_000;

/** Every movement since a moment, the newest first. */
export function readMovements(since: Date | null): Promise<Asked<ProviderMovement[]>> {
  return askProvider(async (stripe) => {
    const created = since ? { created: { gte: Math.floor(since.getTime() / 1000) } } : {};
    const list = stripe.balanceTransactions.list({ ...created, limit: 100 });
    return (await list.autoPagingToArray({ limit: MOVEMENTS_MAX })).map((row) => ({
      ...{ id: row.id, type: row.type, currency: row.currency.toUpperCase() },
      sourceId: typeof row.source === "string" ? row.source : (row.source?.id ?? null),
      amountMinor: BigInt(row.amount),
      feeMinor: BigInt(row.fee),
      movedAt: new Date(row.created * 1000),
    }));
  });
}

/** The payment a charge was made for: the provider's name of it, and ours as it was sent along. */
export function readChargeOrigin(
  chargeId: string,
): Promise<Asked<{ paymentIntentId: string | null; paymentId: string | null }>> {
  return askProvider(async (stripe) => {
    const { payment_intent: intent, metadata } = await stripe.charges.retrieve(chargeId);
    const paymentIntentId = typeof intent === "string" ? intent : (intent?.id ?? null);
    return { paymentIntentId, paymentId: metadata["payment"] ?? null };
  });
}

/** What the provider says lies with it, by currency, in minor units. */
export function readProviderBalance(): Promise<Asked<Map<string, bigint>>> {
  return askProvider(async (stripe) => {
    const { available, pending } = await stripe.balance.retrieve();
    const sums = new Map<string, bigint>();
    for (const { amount, currency } of [...available, ...pending]) {
      const key = currency.toUpperCase();
      sums.set(key, (sums.get(key) ?? 0n) + BigInt(amount));
    }
    return sums;
  });
}
