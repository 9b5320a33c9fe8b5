import "server-only";
import type { Tx } from "@/lib/infra/db";
import {
  approvedRefundPostings,
  approvedSurplusPostings,
  returnedOpinionPostings,
  splitRefund,
} from "./ledger";
import { postLedger, readHeldMoney } from "./post-ledger";
import { isByRules, wishedSplit } from "./refund";

export interface ApprovedRefund {
  id: string;
  paymentId: string;
  bookingId: string | null;
  currency: string;
  amountMinor: bigint;
  /** The split the calculator proposed, as it was kept. */
  quote: unknown;
}

/** Moves the money of an approved refund out of the pockets of its booking into what is owed to the payer. */
export async function postApprovedRefund(
  tx: Tx,
  refund: ApprovedRefund,
  actorId: string | null,
): Promise<void> {
  const { id, paymentId, bookingId, currency, amountMinor } = refund;
  const payment = await tx.payment.findUniqueOrThrow({
    where: { id: paymentId },
    select: { amountMinor: true, contractAMinor: true, isSurplus: true, opinionId: true },
  });
  const event = {
    kind: "refund_approved",
    reference: `refund:${id}:approved`,
    bookingId,
    opinionId: payment.opinionId,
    paymentId,
    refundId: id,
    actorId,
    currency,
    memo: "refund approved",
  };
  if (payment.isSurplus) {
    await postLedger(tx, event, approvedSurplusPostings(amountMinor));
    return;
  }
  if (payment.opinionId) {
    await postLedger(tx, event, returnedOpinionPostings(amountMinor));
    return;
  }
  if (!bookingId) throw new Error("A refund of a booking gives an instalment back.");
  const held = await readHeldMoney(tx, bookingId);
  const wish = wishedSplit(refund.quote, {
    amountMinor,
    contractAMinor: payment.contractAMinor,
    paidMinor: payment.amountMinor,
    held,
  });
  const split = splitRefund(amountMinor, wish, held, isByRules(refund.quote));
  await postLedger(tx, event, approvedRefundPostings(amountMinor, split));
}
