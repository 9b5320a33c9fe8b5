import "server-only";
import type { System } from "@/lib/kernel/actor";
import { isUuid } from "@/lib/kernel/ids";
import { asPerson } from "@/lib/infra/db";
import type { Asked } from "@/lib/infra/stripe";
import { readChargeOrigin } from "@/lib/infra/stripe-balance";
import { readDispute, readProviderRefund } from "@/lib/infra/stripe-refunds";
import type { KnownSource, Movement } from "./movement";
import { type DisputedPayment, hasEnded, hasNoNames } from "./payment";
import { readBookedSum, readSent } from "./read-booked";

const paymentSelect = {
  ...{ id: true, caseId: true, bookingId: true, currency: true, amountMinor: true, state: true },
  ...{ succeededAt: true, openDisputes: true, endedDisputes: true },
} as const;

/** The payment, refund or dispute of ours behind a movement; null when there is none. Throws when nobody answers. */
export async function findSource(system: System, movement: Movement): Promise<KnownSource | null> {
  const { sourceId, type, amountMinor } = movement;
  if (sourceId === null) return null;
  if (type === "charge" || type === "payment") return ofCharge(system, sourceId);
  if (type.includes("refund")) return ofRefund(system, sourceId, amountMinor > 0n);
  return type === "adjustment" ? ofDispute(system, sourceId, amountMinor) : null;
}

async function ofCharge(system: System, chargeId: string): Promise<KnownSource | null> {
  const origin = answerOf(await readChargeOrigin(chargeId));
  if (!origin) return null;
  const { paymentIntentId, paymentId } = origin;
  const payment =
    (paymentIntentId && (await paymentOf(system, { paymentIntentId }))) ||
    // We may not have heard yet what the provider calls it.
    (isUuid(paymentId ?? "") && (await paymentOf(system, { id: paymentId ?? "" })));
  if (!payment) return null;
  return { ...named(payment), expectedMinor: payment.amountMinor, isBooked: payment.succeededAt !== null };
}

async function ofRefund(system: System, sourceId: string, isReturned: boolean): Promise<KnownSource | null> {
  const told = answerOf(await readProviderRefund(sourceId));
  if (!told?.refundId) return null;
  const { refundId } = told;
  const found = await asPerson(system, async (tx) => {
    const refund = await tx.refund.findUnique({
      where: { id: refundId },
      select: {
        ...{ id: true, amountMinor: true, state: true, stripeRefundId: true },
        payment: { select: paymentSelect },
      },
    });
    return refund && { refund, amountMinor: (await readSent(tx, refundId, sourceId)) ?? refund.amountMinor };
  });
  if (!found) return null;
  const { amountMinor } = found;
  const { id, state, stripeRefundId, payment } = found.refund;
  const isSettled = state === "settled" && stripeRefundId === sourceId;
  return {
    ...named(payment),
    refundId: id,
    expectedMinor: isReturned ? amountMinor : -amountMinor,
    // What came back to us must not stand as arrived; what left must not stand as still to be sent.
    isBooked: isReturned ? !isSettled : state !== "calculated",
  };
}

async function ofDispute(system: System, disputeId: string, movedMinor: bigint): Promise<KnownSource | null> {
  const dispute = answerOf(await readDispute(disputeId));
  const payment =
    dispute?.paymentIntentId && (await paymentOf(system, { paymentIntentId: dispute.paymentIntentId }));
  if (!dispute || !payment) return null;
  const { askedMinor } = dispute;
  if (movedMinor <= 0n)
    return { ...named(payment), expectedMinor: -askedMinor, isBooked: isKnown(payment, disputeId) };
  // How much was to come back is known once the dispute has ended here: what the books do not hold as lost.
  if (!hasEnded(payment, disputeId)) return { ...named(payment), expectedMinor: movedMinor, isBooked: false };
  const loss = await asPerson(system, (tx) => readBookedSum(tx, [`dispute:${disputeId}`]));
  return { ...named(payment), expectedMinor: askedMinor + (loss?.amountMinor ?? 0n), isBooked: true };
}

const isKnown = (payment: DisputedPayment, disputeId: string) =>
  payment.openDisputes.includes(disputeId) ||
  hasEnded(payment, disputeId) ||
  (hasNoNames(payment) && ["disputed", "lost"].includes(payment.state));

function paymentOf(system: System, where: { id: string } | { paymentIntentId: string }) {
  return asPerson(system, (tx) => tx.payment.findUnique({ where, select: paymentSelect }));
}

function named(payment: { id: string; caseId: string; bookingId: string | null; currency: string }) {
  const { id: paymentId, caseId, bookingId, currency } = payment;
  return { paymentId, refundId: null, caseId, bookingId, currency };
}

/** Null when the provider knows no such object. */
function answerOf<T>(asked: Asked<T>): T | null {
  if (asked.kind === "unknown") throw new Error("The payment provider did not answer.");
  return asked.kind === "answered" ? asked.value : null;
}
