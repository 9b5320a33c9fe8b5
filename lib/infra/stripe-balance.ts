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

export interface MovementPage {
  /** The newest first. */
  movements: ProviderMovement[];
  hasMore: boolean;
}

/** The provider gives out no more at once. */
const PAGE_MAX = 100;

/** The movements since a moment that came before a known one, or the newest: one page. */
export function readMovements(
  since: Date | null,
  beforeId: string | null,
  limit = PAGE_MAX,
): Promise<Asked<MovementPage>> {
  return askProvider(async (stripe) => {
    const { data, has_more: hasMore } = await stripe.balanceTransactions.list({
      ...(since ? { created: { gte: Math.floor(since.getTime() / 1000) } } : {}),
      ...(beforeId ? { starting_after: beforeId } : {}),
      limit,
    });
    const movements = data.map((row) => ({
      ...{ id: row.id, type: row.type, currency: row.currency.toUpperCase() },
      sourceId: typeof row.source === "string" ? row.source : (row.source?.id ?? null),
      amountMinor: BigInt(row.amount),
      feeMinor: BigInt(row.fee),
      movedAt: new Date(row.created * 1000),
    }));
    return { movements, hasMore };
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
