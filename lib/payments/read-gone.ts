import "server-only";
import { CHANGE_ORDER } from "@/lib/bookings/price-change";
import { partFields } from "@/lib/bookings/read-refund-quote";
import { lostHere } from "@/lib/bookings/taken";
import { allocate } from "@/lib/kernel/money";
import type { Tx } from "@/lib/infra/db";
import type { GoneSum } from "./invoice";
import { wishedSplit } from "./refund";

export interface GoneOfB {
  /** What was captured for contract B, whatever became of it since. */
  paidMinor: bigint;
  /** What of it went back to the payer, the oldest first. */
  gone: GoneSum[];
  /** The newest refund that arrived. */
  refundId: string | null;
}

type DatedSum = GoneSum & { at: Date };

/** What was paid for contract B of a booking and what of it went back since, by us or by the payer's bank. */
export async function readGone(tx: Tx, bookingId: string): Promise<GoneOfB> {
  const payments = await tx.payment.findMany({
    where: { bookingId, isSurplus: false, succeededAt: { not: null } },
    select: { id: true, ...partFields() },
  });
  const refunds = await readGivenBack(tx, bookingId);
  const losses = await readLosses(tx, bookingId, payments);
  const gone = [...refunds, ...losses].toSorted((one, other) => one.at.getTime() - other.at.getTime());
  return {
    paidMinor: payments.reduce((sum, one) => sum + one.amountMinor - one.contractAMinor, 0n),
    gone: gone.map(({ by, amountMinor }) => ({ by, amountMinor })),
    refundId: refunds[0]?.id ?? null,
  };
}

/**
 * Refunds that arrived and the part of each that came out of contract B, the newest first. What an agreed change gave
 * back lowered the price itself, and money paid twice was never in any price.
 */
async function readGivenBack(tx: Tx, bookingId: string): Promise<(DatedSum & { id: string })[]> {
  const refunds = await tx.refund.findMany({
    where: { bookingId, state: "settled", cause: { not: CHANGE_ORDER }, payment: { isSurplus: false } },
    orderBy: { settledAt: "desc" },
    select: {
      ...{ id: true, amountMinor: true, quote: true, createdAt: true, approvedAt: true },
      payment: { select: { amountMinor: true, contractAMinor: true } },
    },
  });
  return refunds.map(({ id, amountMinor, quote, createdAt, approvedAt, payment }) => {
    const held = { treatmentMinor: 0n, servicesMinor: 0n, feeMinor: 0n };
    const { contractAMinor } = payment;
    const split = wishedSplit(quote, { amountMinor, contractAMinor, paidMinor: payment.amountMinor, held });
    // Set aside when it was approved: a loss that came while it was on its way was counted after it.
    return { id, by: "refund", amountMinor: amountMinor - split.treatmentMinor, at: approvedAt ?? createdAt };
  });
}

type LostPayment = Parameters<typeof lostHere>[0] & { id: string };

/** What payers' banks took of contract B while it was here; one payment may be taken in several parts. */
async function readLosses(tx: Tx, bookingId: string, payments: readonly LostPayment[]): Promise<DatedSum[]> {
  const told = await tx.ledgerTx.findMany({
    where: { bookingId, kind: "dispute_lost", paymentId: { in: payments.map(({ id }) => id) } },
    orderBy: { at: "asc" },
    select: { at: true, paymentId: true, entries: { where: { account: "psp_clearing" } } },
  });
  return payments.flatMap((payment) => {
    const own = told.filter(({ paymentId }) => paymentId === payment.id);
    if (own.length === 0) return [];
    const { amountMinor, contractAMinor } = lostHere(payment);
    const weights = own.map(({ entries: [taken] }) => -Number(taken?.amountMinor ?? 0n));
    const parts = allocate(amountMinor - contractAMinor, weights);
    return own.map(({ at }, index) => ({ by: "bank" as const, at, amountMinor: parts[index] ?? 0n }));
  });
}
