import "server-only";
import type { System } from "@/lib/kernel/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { readBooking } from "@/lib/bookings/queries";
import { CANCEL_CAUSES } from "@/lib/bookings/refund-policy";
import type { Tx } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { claimOpinion } from "@/lib/reviews/claim-opinion";
import { lostDisputePostings, type Posting, takenOpinionPostings, takenSurplusPostings } from "./ledger";
import { openMoneyTask } from "./open-money-task";
import { postLedger } from "./post-ledger";
import { proposeRefunds } from "./propose-refunds";
import { readSurplus } from "./read-surplus";
import { noteEnd } from "./settle-opinion";

export interface DisputeFacts {
  id: string;
  status: string;
  amountMinor: bigint;
  paymentIntentId: string | null;
}

/** A payer's bank asks for the money back: the payment is marked, finance is told, a lost one is booked as a loss. */
export async function applyDispute(
  tx: Tx,
  system: System,
  dispute: DisputeFacts,
  now: Date,
): Promise<{ outcome: string }> {
  if (!dispute.paymentIntentId) return { outcome: "unmatched" };
  const payment = await tx.payment.findUnique({
    where: { paymentIntentId: dispute.paymentIntentId },
    select: {
      ...{ id: true, caseId: true, bookingId: true, opinionId: true, currency: true },
      ...{ isSurplus: true, refundedMinor: true },
    },
  });
  if (!payment) return { outcome: "unmatched" };
  const { id, caseId, bookingId, opinionId, currency } = payment;
  // Whoever gives this money back meanwhile waits here, or was before us.
  if (opinionId) await claimOpinion(tx, opinionId);
  else if (bookingId) await claimTrip(tx, bookingId);
  const audit = { caseId, objectType: "payment", objectId: id };
  const opened = await tx.payment.updateMany({
    where: { id, state: "succeeded" },
    data: { state: "disputed" },
  });
  if (opened.count === 1) {
    await openMoneyTask(tx, { caseId, kind: "payment_disputed", title: dispute.id }, now);
    await writeAudit(tx, system, "payment.disputed", audit);
  }
  if (dispute.status !== "won" && dispute.status !== "lost") return { outcome: "disputed" };
  const ended = await tx.payment.updateMany({
    where: { id, state: "disputed" },
    data: { state: dispute.status },
  });
  if (ended.count === 1) await writeAudit(tx, system, `payment.dispute_${dispute.status}`, audit);
  if (ended.count === 1 && dispute.status === "won") await goOnWithRefund(tx, system, payment, now);
  if (dispute.status === "lost") {
    await postLedger(
      tx,
      {
        kind: "dispute_lost",
        reference: `dispute:${dispute.id}`,
        bookingId,
        opinionId,
        paymentId: id,
        currency,
        memo: dispute.id,
      },
      opinionId
        ? await lostOpinionPostings(tx, system, { ...payment, opinionId }, dispute.amountMinor, now)
        : payment.isSurplus
          ? takenSurplusPostings(dispute.amountMinor)
          : lostDisputePostings(dispute.amountMinor),
    );
  }
  return { outcome: dispute.status };
}

/**
 * The money stayed here. What nobody could give back while the bank asked for it goes its way now: by the rules of the cause
 * where its booking is gone, as a whole where the day was given away unpaid, and by the final account settled again.
 */
async function goOnWithRefund(
  tx: Tx,
  system: System,
  { id, bookingId, isSurplus }: { id: string; bookingId: string | null; isSurplus: boolean },
  now: Date,
): Promise<void> {
  // A second opinion whose time is over is settled by the next look at it.
  if (isSurplus || bookingId === null) return;
  const booking = await readBooking(tx, system, bookingId);
  if (!booking) return;
  if (booking.state !== "cancelled") {
    const task = { caseId: booking.caseId, kind: "settle_bill", title: booking.number } as const;
    if ((await readSurplus(tx, bookingId)) === "not_asked") await openMoneyTask(tx, task, now);
    return;
  }
  const cause = CANCEL_CAUSES.find((one) => one === booking.cancelCause);
  if (cause) await proposeRefunds(tx, system, booking, cause, now);
  else await enqueue(tx, "payment.settle", { paymentId: id });
}

/**
 * The fee of a second opinion taken back before anything was delivered is simply gone from what is held, and the opinion with
 * it. Delivered, it stays owed to the centre; on its way back already, it left the held money before: ours to bear.
 */
async function lostOpinionPostings(
  tx: Tx,
  system: System,
  payment: { caseId: string; opinionId: string; isSurplus: boolean; refundedMinor: bigint },
  amountMinor: bigint,
  now: Date,
): Promise<Posting[]> {
  const { caseId, opinionId: id, isSurplus, refundedMinor } = payment;
  if (isSurplus || refundedMinor > 0n) return lostDisputePostings(amountMinor);
  const { count } = await tx.secondOpinion.updateMany({
    where: { id, state: "paid" },
    data: { state: "returned", endCause: "disputed", endedAt: now },
  });
  if (count === 0) return lostDisputePostings(amountMinor);
  await noteEnd(tx, system, { id, caseId }, "opinion_returned", "disputed", now);
  return takenOpinionPostings(amountMinor);
}
