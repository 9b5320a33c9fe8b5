import "server-only";
import type { System } from "@/lib/kernel/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { noteCaseEvent } from "@/lib/cases/move-case";
import type { Tx } from "@/lib/infra/db";
import { queueMail } from "@/lib/infra/mailer";
import { claimPayment } from "./claim-payment";
import { endTakenRefunds } from "./end-taken-refunds";
import { bouncedRefundPostings, settledRefundPostings } from "./ledger";
import { openMoneyTask } from "./open-money-task";
import { postLedger } from "./post-ledger";
import { proposeAnew } from "./propose-anew";

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
  const where = { OR: [{ stripeRefundId: told.id }, ...(told.refundId ? [{ id: told.refundId }] : [])] };
  const named = await tx.refund.findFirst({ where, select: { paymentId: true } });
  if (!named) return "unmatched";
  // Whoever hears meanwhile that the payer's bank took the payment waits here, or was before us.
  await claimPayment(tx, named.paymentId);
  const refund = await tx.refund.findFirst({
    where,
    select: {
      ...{ id: true, caseId: true, bookingId: true, paymentId: true, currency: true, amountMinor: true },
      ...{ idempotencyKey: true, stripeRefundId: true },
      payment: { select: { opinionId: true } },
    },
  });
  if (!refund) return "unmatched";
  if (await isFormerTry(tx, refund, told)) return "former_try";
  await keepName(tx, refund.idempotencyKey, told.id);
  const fits = told.amountMinor === refund.amountMinor && told.currency.toUpperCase() === refund.currency;
  if (!fits) {
    await openMoneyTask(
      tx,
      { caseId: refund.caseId, kind: "refund_failed", title: `${refund.id} amount` },
      now,
    );
    return "mismatch";
  }
  if (told.status === "succeeded") return bookSettledRefund(tx, system, refund, told.id, now);
  if (told.status === "failed" || told.status === "canceled")
    return markFailed(tx, system, refund, told, now);
  await tx.refund.updateMany({
    where: { id: refund.id, state: "approved" },
    data: { state: "sent", stripeRefundId: told.id, sentAt: now },
  });
  return "sent";
}

/**
 * News of a try that failed and was replaced since: told late or again, it says nothing about the try that runs now.
 * One refund may be sent several times, each under a key of its own.
 */
async function isFormerTry(
  tx: Tx,
  refund: { id: string; idempotencyKey: string; stripeRefundId: string | null },
  told: RefundFacts,
): Promise<boolean> {
  if (refund.stripeRefundId === told.id) return false;
  const former = await tx.providerIntent.findFirst({
    where: {
      ...{ purpose: "refund", objectId: refund.id, idempotencyKey: { not: refund.idempotencyKey } },
      result: { path: ["refund"], equals: told.id },
    },
    select: { id: true },
  });
  return former !== null;
}

/**
 * The try that runs now goes by this name at the provider. Also one whose answer never came is a former try by it once
 * another is made.
 */
async function keepName(tx: Tx, idempotencyKey: string, stripeRefundId: string): Promise<void> {
  await tx.providerIntent.updateMany({
    where: { idempotencyKey, finishedAt: null },
    data: { result: { refund: stripeRefundId } },
  });
}

export interface RefundRow {
  id: string;
  caseId: string;
  bookingId: string | null;
  paymentId: string;
  currency: string;
  amountMinor: bigint;
  /** What the bank calls it, where it goes that way. */
  bankReference?: string | null | undefined;
  payment: { opinionId: string | null };
}

/** The money is with the payer again: through the provider, or by hand through the bank where it knows no such refund. */
export async function bookSettledRefund(
  tx: Tx,
  system: System,
  refund: RefundRow,
  stripeRefundId: string | null,
  now: Date,
): Promise<string> {
  const { id, caseId, bookingId, paymentId, currency, amountMinor } = refund;
  const bankReference = refund.bankReference ?? null;
  const onItsWay = { state: { in: ["approved" as const, "sent" as const] } };
  // What the card gets through the provider goes by hand only once that failed, and not while it is tried again.
  const byHand = [
    { state: "failed" as const },
    { ...onItsWay, payment: { method: "bank_transfer" as const } },
  ];
  const { count } = await tx.refund.updateMany({
    where: { id, ...(stripeRefundId ? onItsWay : { OR: byHand }) },
    // By hand it leaves the provider's name behind: news of a try that failed before takes nothing back.
    data: { state: "settled", settledAt: now, sentAt: now, stripeRefundId, bankReference },
  });
  if (count === 0) return "already";
  await postLedger(
    tx,
    {
      kind: "refund_settled",
      // A refund that bounced settles a second time, by another try.
      reference: `refund:${id}:settled:${stripeRefundId ?? "bank"}`,
      bookingId,
      opinionId: refund.payment.opinionId,
      paymentId,
      refundId: id,
      currency,
      memo: bankReference ?? "refund settled",
    },
    settledRefundPostings(amountMinor),
  );
  await noteCaseEvent(tx, system, { caseId, kind: "refund_settled" });
  await writeAudit(tx, system, "refund.settled", { caseId, objectType: "refund", objectId: id });
  await tellPayer(tx, refund);
  return "settled";
}

async function tellPayer(tx: Tx, refund: RefundRow): Promise<void> {
  const payment = await tx.payment.findUniqueOrThrow({
    where: { id: refund.paymentId },
    select: { payerId: true },
  });
  const payer = await tx.person.findUnique({
    where: { id: payment.payerId },
    select: { email: true, locale: true, erasedAt: true },
  });
  if (!payer || payer.erasedAt) return;
  // A statement is of a booking; the fee of a second opinion stands with its order.
  const place = refund.payment.opinionId ? "orders" : "statement";
  const path = `/${payer.locale}/my/cases/${refund.caseId}/${place}`;
  await queueMail(tx, { to: payer.email, locale: payer.locale, template: "refund_sent", path });
}

/** The money stays owed to the payer: finance finds another way and approves it again. */
async function markFailed(
  tx: Tx,
  system: System,
  refund: RefundRow,
  told: RefundFacts,
  now: Date,
): Promise<string> {
  const { id, caseId } = refund;
  const { count } = await tx.refund.updateMany({
    where: { id, state: { in: ["approved", "sent"] } },
    data: { state: "failed", failureCode: told.failureCode ?? told.status, stripeRefundId: told.id },
  });
  const isBounced = count === 0 && (await takeBack(tx, refund, told));
  if (count === 0 && !isBounced) return "already";
  await openMoneyTask(tx, { caseId, kind: "refund_failed", title: id }, now);
  await writeAudit(tx, system, isBounced ? "refund.bounced" : "refund.failed", {
    caseId,
    objectType: "refund",
    objectId: id,
  });
  const endedMinor = await endTakenRefunds(tx, system, refund.paymentId, now);
  // What the rules gave back beside it was counted with the same loss.
  if (endedMinor > 0n && refund.bookingId) await proposeAnew(tx, system, refund.bookingId, now);
  return isBounced ? "bounced" : "failed";
}

/** The payer's bank sent a settled refund back to us: it is owed again, and somebody has to find another way. */
async function takeBack(tx: Tx, refund: RefundRow, told: RefundFacts): Promise<boolean> {
  const { id, bookingId, paymentId, currency, amountMinor } = refund;
  const { count } = await tx.refund.updateMany({
    where: { id, state: "settled", stripeRefundId: told.id },
    data: { state: "failed", failureCode: told.failureCode ?? told.status, settledAt: null },
  });
  if (count === 0) return false;
  const event = {
    ...{ kind: "refund_bounced", reference: `refund:${id}:bounced:${told.id}`, memo: "refund bounced" },
    ...{ bookingId, opinionId: refund.payment.opinionId, paymentId, refundId: id, currency },
  };
  return postLedger(tx, event, bouncedRefundPostings(amountMinor));
}
