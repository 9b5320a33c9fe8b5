import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { opinionsOf } from "@/lib/reviews/scope";
import { paymentsOf } from "./scope";
import type { RecordedTransfer } from "./write-transfer";

export interface TransferPaid {
  /** Of the booking or the order. */
  number: string;
  /** The instalment; null for the fee of an order. */
  kind: string | null;
  /** It came in place of what the payer's bank took. */
  isAgain: boolean;
}

/** What a recorded transfer paid; null where it pays nothing. */
export async function readTransferPaid(
  finance: Finance,
  { state, paymentId, opinionId }: RecordedTransfer,
): Promise<TransferPaid | null> {
  if (state !== "matched") return null;
  return asPerson(finance, async (tx) => {
    if (opinionId) {
      const order = await tx.secondOpinion.findFirst({
        where: { AND: [{ id: opinionId }, opinionsOf(finance)] },
        select: { number: true },
      });
      return order && { number: order.number, kind: null, isAgain: false };
    }
    if (!paymentId) return null;
    const payment = await tx.payment.findFirst({
      where: { AND: [{ id: paymentId }, paymentsOf(finance)] },
      select: {
        planItem: {
          select: { id: true, kind: true, amountMinor: true, booking: { select: { number: true } } },
        },
      },
    });
    if (!payment?.planItem) return null;
    const { id, kind, amountMinor, booking } = payment.planItem;
    const came = await tx.payment.aggregate({
      where: { planItemId: id, succeededAt: { not: null } },
      _sum: { amountMinor: true, lostMinor: true },
    });
    const { amountMinor: broughtMinor, lostMinor } = came._sum;
    const isAgain = (lostMinor ?? 0n) > 0n && (broughtMinor ?? 0n) > amountMinor;
    return { number: booking.number, kind, isAgain };
  });
}
