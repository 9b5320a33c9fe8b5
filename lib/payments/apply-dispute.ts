import "server-only";
import type { System } from "@/lib/kernel/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { endedUnpaid } from "@/lib/bookings/cause-of-end";
import { claimTrip } from "@/lib/bookings/claim-trip";
import type { Tx } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { claimOpinion } from "@/lib/reviews/claim-opinion";
import { announceDispute } from "./announce-dispute";
import { applyDisputeLoss } from "./apply-dispute-loss";
import { openMoneyTask } from "./open-money-task";
import { type PaymentState, STANDING_STATES } from "./payment";
import { proposeAnew } from "./propose-anew";
import { readSurplus } from "./read-surplus";

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
  const named = await tx.payment.findUnique({
    where: { paymentIntentId: dispute.paymentIntentId },
    select: { id: true, bookingId: true, opinionId: true },
  });
  if (!named) return { outcome: "unmatched" };
  // Whoever gives this money back meanwhile waits here, or was before us.
  if (named.opinionId) await claimOpinion(tx, named.opinionId);
  else if (named.bookingId) await claimTrip(tx, named.bookingId);
  const payment = await tx.payment.findUniqueOrThrow({ where: { id: named.id } });
  const end = dispute.status === "won" || dispute.status === "lost" ? dispute.status : null;
  const hasEnded = payment.endedDisputes.includes(dispute.id);
  // Of what has ended, news that was read before comes late; only a loss says more.
  if (hasEnded && end !== "lost") return { outcome: end ?? "disputed" };
  const isNews = await openDispute(tx, system, payment, dispute.id, now);
  if (!end) {
    if (isNews) await announceDispute(tx, payment, "payment_asked_back");
    return { outcome: "disputed" };
  }
  if (await endDispute(tx, system, payment, { id: dispute.id, end }))
    if (end === "won") await goOnWithRefund(tx, system, payment, now);
  if (end === "won") await endTask(tx, payment.caseId, dispute.id, now);
  if (end === "lost") {
    await applyDisputeLoss(tx, system, payment, dispute, now);
    await askToSettle(tx, payment, now);
  }
  await goOnLate(tx, payment);
  return { outcome: end };
}

interface Disputed {
  id: string;
  caseId: string;
  state: PaymentState;
  openDisputes: string[];
  endedDisputes: string[];
}

/**
 * What was refused once may be asked for again under another name, and two parts of it at the same time. Whether it was not
 * known before.
 */
async function openDispute(
  tx: Tx,
  system: System,
  { id, caseId, state, openDisputes, endedDisputes }: Disputed,
  disputeId: string,
  now: Date,
): Promise<boolean> {
  const isNew = !openDisputes.includes(disputeId);
  const named = isNew
    ? await tx.payment.updateMany({
        where: { id, succeededAt: { not: null } },
        data: { openDisputes: [...openDisputes, disputeId] },
      })
    : { count: 0 };
  const opened = await tx.payment.updateMany({
    where: { id, state: { in: [...STANDING_STATES] } },
    data: { state: "disputed" },
  });
  const isMore = isNew && !endedDisputes.includes(disputeId) && (state === "disputed" || state === "lost");
  if (opened.count === 1 || isMore)
    await openMoneyTask(tx, { caseId, kind: "payment_disputed", title: disputeId }, now);
  if (opened.count === 1)
    await writeAudit(tx, system, "payment.disputed", { caseId, objectType: "payment", objectId: id });
  return named.count === 1;
}

/** Of what was refused nobody has anything to do any more; after a loss somebody speaks with the patient. */
async function endTask(tx: Tx, caseId: string, title: string, now: Date): Promise<void> {
  await tx.task.updateMany({
    where: { caseId, kind: "payment_disputed", title, state: "open" },
    data: { state: "done", doneAt: now },
  });
}

/** Whether the payment has ended with it: refused, it is free again only once nothing else of it is asked for. */
async function endDispute(
  tx: Tx,
  system: System,
  { id, caseId, state, openDisputes, endedDisputes }: Disputed,
  dispute: { id: string; end: "won" | "lost" },
): Promise<boolean> {
  const others = openDisputes.filter((one) => one !== dispute.id);
  await tx.payment.updateMany({
    // Told before the money itself was: what is told again then still counts.
    where: { id, succeededAt: { not: null } },
    data: { openDisputes: others, endedDisputes: [...new Set([...endedDisputes, dispute.id])] },
  });
  if (dispute.end === "won" && others.length > 0) return false;
  const ended = await tx.payment.updateMany({
    where: { id, state: "disputed" },
    data: { state: dispute.end },
  });
  // Of what a bank took a part of, the rest is free again.
  const isFree = dispute.end === "won" && state === "lost";
  if (ended.count === 0 && !isFree) return false;
  const audit = { caseId, objectType: "payment", objectId: id };
  await writeAudit(tx, system, `payment.dispute_${dispute.end}`, audit);
  return true;
}

/** What is left of a deposit that came after its booking ended is followed once its payer's bank has said how much that is. */
async function goOnLate(
  tx: Tx,
  { id: paymentId, bookingId, isSurplus }: { id: string; bookingId: string | null; isSurplus: boolean },
): Promise<void> {
  if (isSurplus || bookingId === null) return;
  const booking = await tx.booking.findUniqueOrThrow({
    where: { id: bookingId },
    select: { state: true, paidAt: true },
  });
  if (endedUnpaid(booking)) await enqueue(tx, "payment.settle", { paymentId });
}

/**
 * The money stayed here. What nobody could give back while the bank asked for it goes its way now: by the rules of the cause
 * where its booking is gone, and by the final account settled again.
 */
async function goOnWithRefund(
  tx: Tx,
  system: System,
  { id, bookingId, isSurplus }: { id: string; bookingId: string | null; isSurplus: boolean },
  now: Date,
): Promise<void> {
  const waiting = await tx.refund.findMany({
    where: { paymentId: id, state: "approved" },
    select: { id: true },
  });
  for (const refund of waiting) await enqueue(tx, "refund.send", { refundId: refund.id });
  // A second opinion whose time is over is settled by the next look at it.
  if (isSurplus || bookingId === null) return;
  await proposeAnew(tx, system, bookingId, now);
  await askToSettle(tx, { bookingId, isSurplus }, now);
}

/** Where the last account gives back, or asks for, another sum since, somebody closes it again. */
async function askToSettle(
  tx: Tx,
  { bookingId, isSurplus }: { bookingId: string | null; isSurplus: boolean },
  now: Date,
): Promise<void> {
  if (isSurplus || bookingId === null) return;
  const booking = await tx.booking.findUniqueOrThrow({
    where: { id: bookingId },
    select: { caseId: true, number: true, state: true },
  });
  if (booking.state === "cancelled" || (await readSurplus(tx, bookingId)) !== "not_asked") return;
  await openMoneyTask(tx, { caseId: booking.caseId, kind: "settle_bill", title: booking.number }, now);
}
