import "server-only";
import type { System } from "@/lib/kernel/actor";
import type { Tx } from "@/lib/infra/db";
import { announceDispute } from "./announce-dispute";
import { sendRest } from "./begin-full-refund";
import { lostDisputePostings, type Posting, takenOpinionPostings, takenSurplusPostings } from "./ledger";
import { postLedger } from "./post-ledger";
import { settleLoss, settleOldLoss } from "./settle-losses";
import { noteEnd, settleClaimed } from "./settle-opinion";

interface LostPayment {
  id: string;
  caseId: string;
  payerId: string;
  bookingId: string | null;
  opinionId: string | null;
  currency: string;
  isSurplus: boolean;
  amountMinor: bigint;
  refundedMinor: bigint;
  lostMinor: bigint;
  lossSettledMinor: bigint;
}

/** The payer's bank took the money, or a part of it; told twice, booked once. What was to go back of it ends with that. */
export async function applyDisputeLoss(
  tx: Tx,
  system: System,
  payment: LostPayment,
  dispute: { id: string; amountMinor: bigint },
  now: Date,
): Promise<void> {
  const { id: paymentId, caseId, bookingId, opinionId, currency } = payment;
  const { amountMinor } = dispute;
  await settleOldLoss(tx, system, payment, now);
  const isTaken =
    opinionId !== null && !payment.isSurplus && (await endOpinion(tx, system, payment, opinionId, now));
  const event = {
    ...{ kind: "dispute_lost", reference: `dispute:${dispute.id}`, memo: dispute.id },
    ...{ bookingId, opinionId, paymentId, currency },
  };
  const postings = isTaken ? takenOpinionPostings(amountMinor) : await lossOf(tx, payment, amountMinor);
  // Told again, it has taken nothing more: what was set aside since counts with it.
  if (!(await postLedger(tx, event, postings))) return;
  await announceDispute(tx, payment, "payment_taken_back");
  await tx.payment.update({ where: { id: paymentId }, data: { lostMinor: { increment: amountMinor } } });
  if (opinionId !== null && !payment.isSurplus) await askToLook(tx, opinionId);
  await settleLoss(tx, system, payment, { isOld: false }, now);
  if (!isTaken) return;
  await noteEnd(tx, system, { id: opinionId, caseId }, "opinion_returned", "disputed", now);
  // What the bank left belongs to nobody here any more.
  const leftMinor = payment.amountMinor - amountMinor;
  if (leftMinor > 0n) await sendRest(tx, system, payment, leftMinor, "opinion_disputed", now);
}

/** Of money that pays nothing what is still held is simply gone; all else the operator has lost. */
async function lossOf(
  tx: Tx,
  { id: paymentId, bookingId, opinionId, isSurplus }: LostPayment,
  amountMinor: bigint,
): Promise<Posting[]> {
  if (!isSurplus || opinionId !== null) return lostDisputePostings(amountMinor);
  const held = await tx.ledgerEntry.aggregate({
    where: { account: "client_funds_held", contract: null, tx: { bookingId, paymentId } },
    _sum: { amountMinor: true },
  });
  return takenSurplusPostings(amountMinor, -(held._sum.amountMinor ?? 0n));
}

/**
 * The fee of a second opinion taken back before anything was delivered is simply gone from what is held, and the opinion with
 * it. Delivered, or signed in time, it stays owed to the centre; on its way back already, it left the held money before: ours
 * to bear.
 */
async function endOpinion(
  tx: Tx,
  system: System,
  { refundedMinor }: LostPayment,
  id: string,
  now: Date,
): Promise<boolean> {
  await settleClaimed(tx, system, id, now);
  if (refundedMinor > 0n) return false;
  const { count } = await tx.secondOpinion.updateMany({
    where: { id, state: "paid" },
    data: { state: "returned", endCause: "disputed", endedAt: now },
  });
  return count === 1;
}

/** Somebody has looked at another loss of this fee, not at this one. */
async function askToLook(tx: Tx, id: string): Promise<void> {
  await tx.secondOpinion.updateMany({
    where: { id, lossNotedAt: { not: null } },
    data: { lossNotedAt: null, lossNotedById: null },
  });
}
