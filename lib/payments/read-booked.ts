import "server-only";
import type { Tx } from "@/lib/infra/db";
import type { Moved } from "./explanation";
import { type DisputedPayment, hasEnded } from "./payment";

interface Told {
  type: string;
  sourceId: string | null;
  paymentId: string | null;
  refundId: string | null;
  currency: string;
  amountMinor: bigint;
}

/** What of a movement stands in our books, of another sum or in another currency; null when nothing of ours is behind it. */
export async function readBooked(tx: Tx, movement: Told): Promise<Moved | null | "not_yet"> {
  const { type, sourceId, paymentId, refundId } = movement;
  const signed = (minor: bigint) => (movement.amountMinor < 0n ? -minor : minor);
  if (refundId) {
    const refund = await tx.refund.findUniqueOrThrow({ where: { id: refundId } });
    if (refund.state === "calculated") return "not_yet";
    const sentMinor = sourceId ? await readSent(tx, refundId, sourceId) : null;
    return { currency: refund.currency, amountMinor: signed(sentMinor ?? refund.amountMinor) };
  }
  if (!paymentId) return null;
  const payment = await tx.payment.findUniqueOrThrow({ where: { id: paymentId } });
  if (type === "adjustment" && sourceId) return readDisputed(tx, movement, sourceId, payment);
  if (!payment.succeededAt) return "not_yet";
  return { currency: payment.currency, amountMinor: signed(payment.amountMinor) };
}

/**
 * What left us by the try of a refund that goes by this name at the provider. One that failed may have become less since: the
 * payer's bank took the rest of it.
 */
export async function readSent(tx: Tx, refundId: string, stripeRefundId: string): Promise<bigint | null> {
  const sent = await tx.providerIntent.findFirst({
    where: {
      ...{ purpose: "refund", objectId: refundId },
      result: { path: ["refund"], equals: stripeRefundId },
    },
    select: { params: true },
  });
  const amount = (sent?.params as { amountMinor?: unknown } | null | undefined)?.amountMinor;
  return typeof amount === "string" && /^\d+$/.test(amount) ? BigInt(amount) : null;
}

/**
 * Of a dispute the books hold what was lost, once that is booked, and nothing of one that was won: its movements answer each
 * other. What they and the books leave over is this movement's, so nothing of one dispute is booked twice.
 */
async function readDisputed(
  tx: Tx,
  movement: Told,
  sourceId: string,
  payment: DisputedPayment,
): Promise<Moved | "not_yet"> {
  const { currency, amountMinor } = movement;
  const moved = await tx.balanceMovement.findMany({
    where: { type: "adjustment", sourceId, currency },
    select: { id: true, amountMinor: true },
  });
  const loss = await readBookedSum(tx, [`dispute:${sourceId}`]);
  const hasReturned = hasEnded(payment, sourceId) && moved.some((one) => one.amountMinor > 0n);
  if (!loss && !hasReturned) return "not_yet";
  if (loss && loss.currency !== currency) return loss;
  const said = await readBookedSum(
    tx,
    moved.map(({ id }) => `movement:${id}:${currency}`),
  );
  const others = moved.reduce((sum, one) => sum + one.amountMinor, -amountMinor);
  return { currency, amountMinor: (loss?.amountMinor ?? 0n) + (said?.amountMinor ?? 0n) - others };
}

/** What these transactions of one currency say lies at the provider; null when none of them is booked. */
export async function readBookedSum(tx: Tx, references: readonly string[]): Promise<Moved | null> {
  const entries = await tx.ledgerEntry.findMany({
    where: { account: "psp_clearing", tx: { reference: { in: [...references] } } },
    select: { currency: true, amountMinor: true },
  });
  const [first] = entries;
  if (!first) return null;
  return { currency: first.currency, amountMinor: entries.reduce((sum, one) => sum + one.amountMinor, 0n) };
}
