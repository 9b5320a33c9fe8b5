import "server-only";
import type { System } from "@/lib/kernel/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/infra/db";
import { claimOpinion } from "@/lib/reviews/claim-opinion";
import { lostDisputePostings, type Posting, takenOpinionPostings, takenSurplusPostings } from "./ledger";
import { openMoneyTask } from "./open-money-task";
import { postLedger } from "./post-ledger";
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
  // A deadline that runs out just now decides about the same money.
  if (opinionId) await claimOpinion(tx, opinionId);
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
