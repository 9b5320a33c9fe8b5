import "server-only";
import type { System } from "@/lib/kernel/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { noteCaseEvent } from "@/lib/cases/move-case";
import type { Tx } from "@/lib/infra/db";
import { queueMail } from "@/lib/infra/mailer";
import { settledRefundPostings } from "./ledger";
import { openMoneyTask } from "./open-money-task";
import { postLedger } from "./post-ledger";

export interface RefundFacts {
  id: string;
  status: string | null;
  amountMinor: bigint;
  currency: string;
  /** Our own id of it, as the provider kept it. */
  refundId: string | null;
  failureCode: string | null;
}

/** Books what the provider says about a refund right now; told twice, booked once. */
export async function settleRefund(tx: Tx, system: System, told: RefundFacts, now: Date): Promise<string> {
  const refund = await tx.refund.findFirst({
    where: { OR: [{ stripeRefundId: told.id }, ...(told.refundId ? [{ id: told.refundId }] : [])] },
    select: { id: true, caseId: true, bookingId: true, paymentId: true, currency: true, amountMinor: true },
  });
  if (!refund) return "unmatched";
  const fits = told.amountMinor === refund.amountMinor && told.currency.toUpperCase() === refund.currency;
  if (!fits) {
    await openMoneyTask(
      tx,
      { caseId: refund.caseId, kind: "refund_failed", title: `${refund.id} amount` },
      now,
    );
    return "mismatch";
  }
  if (told.status === "succeeded") return markSettled(tx, system, refund, told.id, now);
  if (told.status === "failed" || told.status === "canceled")
    return markFailed(tx, system, refund, told, now);
  await tx.refund.updateMany({
    where: { id: refund.id, state: "approved" },
    data: { state: "sent", stripeRefundId: told.id, sentAt: now },
  });
  return "sent";
}

type Row = {
  id: string;
  caseId: string;
  bookingId: string;
  paymentId: string;
  currency: string;
  amountMinor: bigint;
};

async function markSettled(
  tx: Tx,
  system: System,
  refund: Row,
  stripeRefundId: string,
  now: Date,
): Promise<string> {
  const { id, caseId, bookingId, paymentId, currency, amountMinor } = refund;
  const { count } = await tx.refund.updateMany({
    where: { id, state: { in: ["approved", "sent"] } },
    data: { state: "settled", stripeRefundId, settledAt: now, sentAt: now },
  });
  if (count === 0) return "already";
  await postLedger(
    tx,
    {
      kind: "refund_settled",
      reference: `refund:${id}:settled`,
      bookingId,
      paymentId,
      refundId: id,
      currency,
      memo: "refund settled",
    },
    settledRefundPostings(amountMinor),
  );
  await noteCaseEvent(tx, system, { caseId, kind: "refund_settled" });
  await writeAudit(tx, system, "refund.settled", { caseId, objectType: "refund", objectId: id });
  await tellPayer(tx, refund);
  return "settled";
}

async function tellPayer(tx: Tx, refund: Row): Promise<void> {
  const payment = await tx.payment.findUniqueOrThrow({
    where: { id: refund.paymentId },
    select: { payerId: true },
  });
  const payer = await tx.person.findUnique({
    where: { id: payment.payerId },
    select: { email: true, locale: true, erasedAt: true },
  });
  if (!payer || payer.erasedAt) return;
  const path = `/${payer.locale}/my/cases/${refund.caseId}/payment`;
  await queueMail(tx, { to: payer.email, locale: payer.locale, template: "refund_sent", path });
}

/** The money stays owed to the payer: finance finds another way and approves it again. */
async function markFailed(
  tx: Tx,
  system: System,
  refund: Row,
  told: RefundFacts,
  now: Date,
): Promise<string> {
  const { id, caseId } = refund;
  const { count } = await tx.refund.updateMany({
    where: { id, state: { in: ["approved", "sent"] } },
    data: { state: "failed", failureCode: told.failureCode ?? told.status, stripeRefundId: told.id },
  });
  if (count === 0) return "already";
  await openMoneyTask(tx, { caseId, kind: "refund_failed", title: id }, now);
  await writeAudit(tx, system, "refund.failed", { caseId, objectType: "refund", objectId: id });
  return "failed";
}
