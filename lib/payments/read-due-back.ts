import "server-only";
import { TAKEN_BY_BANK } from "@/lib/bookings/taken";
import { least, most, sumMinor } from "@/lib/kernel/money";
import type { Tx } from "@/lib/infra/db";
import { mayGoBack } from "./payment";
import { readItemLoss } from "./read-loss";
import { leftOf } from "./refund";

export interface DueBack {
  /** What of it is here and not on its way. */
  leftMinor: bigint;
  /** What its payer's bank took and nobody has counted as given back. */
  takenMinor: bigint;
}

/** What of a payment is to reach its payer where nothing of it is kept: by us, or as its bank did in our place. */
export async function readDueBack(tx: Tx, paymentId: string): Promise<DueBack> {
  const payment = await tx.payment.findUniqueOrThrow({
    where: { id: paymentId },
    select: {
      ...{ bookingId: true, planItemId: true, amountMinor: true, refundedMinor: true, lostMinor: true },
      refunds: {
        // What was only proposed has left no pocket.
        where: { state: "refused", refusedReason: TAKEN_BY_BANK, approvedAt: { not: null } },
        select: { amountMinor: true },
      },
    },
  });
  const { bookingId, planItemId, amountMinor, refundedMinor, lostMinor, refunds } = payment;
  const leftMinor = leftOf(payment);
  if (lostMinor === 0n || !planItemId) return { leftMinor, takenMinor: 0n };
  const countedMinor = refundedMinor + leftMinor + sumMinor(refunds.map((refund) => refund.amountMinor));
  const lossMinor = await readItemLoss(tx, bookingId, planItemId);
  return { leftMinor, takenMinor: most(0n, least(lossMinor, amountMinor - countedMinor)) };
}

/** Whether what is here of an instalment's payments, and nobody's bank asks for, is all that it asks for. */
export async function isCovered(tx: Tx, planItemId: string): Promise<boolean> {
  const item = await tx.planItem.findUniqueOrThrow({
    where: { id: planItemId },
    select: {
      amountMinor: true,
      payments: {
        where: { isSurplus: false, ...mayGoBack() },
        select: { amountMinor: true, refundedMinor: true, lostMinor: true },
      },
    },
  });
  return sumMinor(item.payments.map(leftOf)) >= item.amountMinor;
}
