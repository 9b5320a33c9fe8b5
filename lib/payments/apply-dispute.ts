import "server-only";
import type { System } from "@/lib/kernel/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/infra/db";
import { lostDisputePostings, takenSurplusPostings } from "./ledger";
import { openMoneyTask } from "./open-money-task";
import { postLedger } from "./post-ledger";

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
    select: { id: true, caseId: true, bookingId: true, currency: true, isSurplus: true },
  });
  if (!payment) return { outcome: "unmatched" };
  const { id, caseId, bookingId, currency } = payment;
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
        paymentId: id,
        currency,
        memo: dispute.id,
      },
      payment.isSurplus
        ? takenSurplusPostings(dispute.amountMinor)
        : lostDisputePostings(dispute.amountMinor),
    );
  }
  return { outcome: dispute.status };
}
