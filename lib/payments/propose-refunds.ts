import "server-only";
import { type Actor, personIdOf } from "@/lib/kernel/actor";
import { dayOf } from "@/lib/kernel/day";
import { newId, newToken } from "@/lib/kernel/ids";
import { sumMinor } from "@/lib/kernel/money";
import { writeAudit } from "@/lib/audit/write-audit";
import { stepOf } from "@/lib/bookings/chargeable";
import { endCausesOf } from "@/lib/bookings/cause-of-end";
import type { BookingFacts } from "@/lib/bookings/queries";
import { contractsQuoted, readRefundQuote } from "@/lib/bookings/read-refund-quote";
import type { EndCause } from "@/lib/bookings/refund-policy";
import type { Tx } from "@/lib/infra/db";
import { endWaitingChanges } from "./end-proposals";
import type { RefundSplit } from "./ledger";
import { openMoneyTask } from "./open-money-task";
import { mayGoBack, underDispute } from "./payment";
import { readEarnedFee } from "./post-fee";
import { readAsked } from "./read-asked";
import { readFreePockets } from "./read-free-money";
import { keptSplit, leftOf, type PaymentRefund, refundOfQuote, spreadRefund } from "./refund";

export interface ProposedRefund {
  id: string;
  paymentId: string;
  amountMinor: bigint;
}

/**
 * Proposes what the refund rules give back when a booking ends for this cause, payment by payment, inside the
 * transaction that ends it. The booking is as it was read in that transaction, after it ended. Nothing moves before
 * somebody of finance approves. Empty when nothing comes back.
 */
export async function proposeRefunds(
  tx: Tx,
  actor: Actor,
  booking: BookingFacts,
  cause: EndCause,
  now: Date,
): Promise<ProposedRefund[]> {
  const { id: bookingId } = booking;
  // What is proposed later counts from the day the booking ended, not from the day somebody got round to it.
  const { quote } = await readRefundQuote(tx, booking, cause, dayOf(booking.cancelledAt ?? now));
  const ends = contractsQuoted(booking, cause);
  if (endCausesOf(booking).includes(cause)) await endWaitingChanges(tx, actor, bookingId, ends, now);
  const asked = await readAsked(tx, bookingId, { ends });
  const free = await readFreePockets(tx, bookingId, cause);
  const gone = {
    earnedMinor: await readEarnedFee(tx, bookingId),
    passedOnMinor: await readPassedOn(tx, bookingId),
  };
  const total = refundOfQuote(quote, free, asked, gone);
  const refunds = spreadRefund(total, await readRefundable(tx, { bookingId }), stepOf(booking.currency));
  return writeProposals(
    tx,
    actor,
    { bookingId, caseId: booking.caseId, currency: booking.currency, cause },
    refunds,
    now,
  );
}

/** What of the services was passed on to those who delivered them. */
export async function readPassedOn(tx: Tx, bookingId: string): Promise<bigint> {
  const { _sum } = await tx.release.aggregate({
    where: { bookingId, contract: "B", state: { in: ["approved", "paid"] } },
    _sum: { amountMinor: true },
  });
  return _sum.amountMinor ?? 0n;
}

export interface RefundableRow {
  id: string;
  bookingId: string;
  caseId: string;
  currency: string;
  restMinor: bigint;
  /** The payment as a whole, and its part in contract A. */
  paidMinor: bigint;
  contractAMinor: bigint;
}

/** Payments of a booking that stand, or one of them, with what can still be asked back; the newest first. */
export async function readRefundable(
  tx: Tx,
  where: { bookingId: string } | { id: string },
): Promise<RefundableRow[]> {
  const payments = await tx.payment.findMany({
    // What was paid twice goes back by itself; the refund of a booking never takes from it.
    where: {
      ...where,
      ...("bookingId" in where ? { isSurplus: false } : {}),
      ...mayGoBack(),
    },
    orderBy: { succeededAt: "desc" },
    select: {
      ...{ id: true, bookingId: true, caseId: true, currency: true, amountMinor: true, refundedMinor: true },
      ...{ lostMinor: true, state: true, contractAMinor: true },
      refunds: { where: { state: "calculated" }, select: { amountMinor: true } },
    },
  });
  return payments.flatMap(({ id, bookingId, caseId, currency, refunds, ...payment }) => {
    // The fee of a second opinion goes back by its own rule, whole.
    if (bookingId === null) return [];
    const rest = leftOf(payment) - sumMinor(refunds.map((refund) => refund.amountMinor));
    if (payment.state === "lost" && rest <= 0n) return [];
    const { amountMinor: paidMinor, contractAMinor } = payment;
    return [{ id, bookingId, caseId, currency, restMinor: rest > 0n ? rest : 0n, paidMinor, contractAMinor }];
  });
}

/** Whether a payer's bank asks for money of this booking, or for this payment, and has not been answered. */
export async function isContested(tx: Tx, where: { bookingId: string } | { id: string }): Promise<boolean> {
  return (await tx.payment.count({ where: { ...where, isSurplus: false, ...underDispute() } })) > 0;
}

export interface RefundReason {
  bookingId: string;
  caseId: string;
  currency: string;
  cause: string;
}

interface ToPropose extends Omit<PaymentRefund, "split"> {
  split: RefundSplit | null;
  /** Somebody named the sum: no rule calculated it. */
  isNamed?: boolean;
}

export async function writeProposals(
  tx: Tx,
  actor: Actor,
  reason: RefundReason,
  refunds: readonly ToPropose[],
  now: Date,
): Promise<ProposedRefund[]> {
  const { bookingId, caseId, currency, cause } = reason;
  const proposed: ProposedRefund[] = [];
  for (const { paymentId, amountMinor, split, isNamed } of refunds) {
    const id = newId();
    const sequence = 1 + (await tx.refund.count({ where: { paymentId, cause } }));
    await tx.refund.createMany({
      data: [
        {
          ...{ id, paymentId, bookingId, caseId, sequence, cause, currency, amountMinor },
          ...(split ? { quote: { ...keptSplit(split, isNamed && "named") } } : {}),
          proposedById: personIdOf(actor),
          idempotencyKey: newToken("refund_"),
          createdAt: now,
        },
      ],
    });
    await writeAudit(tx, actor, "refund.proposed", {
      caseId,
      objectType: "refund",
      objectId: id,
      facts: { cause },
    });
    await openMoneyTask(tx, { caseId, kind: "approve_refund", title: id }, now);
    proposed.push({ id, paymentId, amountMinor });
  }
  return proposed;
}
