import "server-only";
import type Stripe from "stripe";
import { type Asked, askProvider } from "./stripe";

export interface ProviderRefund {
  id: string;
  /** pending, requires_action, succeeded, failed or canceled. */
  status: string | null;
  amountMinor: bigint;
  currency: string;
  refundId: string | null;
  failureCode: string | null;
}

export interface RefundWish {
  refundId: string;
  paymentIntentId: string;
  amountMinor: string;
}

export function createProviderRefund(
  wish: RefundWish,
  idempotencyKey: string,
): Promise<Asked<ProviderRefund>> {
  return askProvider(async (stripe) =>
    refundOf(
      await stripe.refunds.create(
        {
          payment_intent: wish.paymentIntentId,
          amount: Number(wish.amountMinor),
          metadata: { refund: wish.refundId },
        },
        { idempotencyKey },
      ),
    ),
  );
}

export function readProviderRefund(stripeRefundId: string): Promise<Asked<ProviderRefund>> {
  return askProvider(async (stripe) => refundOf(await stripe.refunds.retrieve(stripeRefundId)));
}

/** What an earlier try of this wish has sent, if it arrived: the provider forgets a key after a day, and the refund never. */
export function findProviderRefund({
  refundId,
  paymentIntentId,
}: RefundWish): Promise<Asked<ProviderRefund | null>> {
  return askProvider(async (stripe) => {
    const list = await stripe.refunds.list({ payment_intent: paymentIntentId, limit: 100 });
    const isOut = ({ status }: ProviderRefund) => status !== "failed" && status !== "canceled";
    return list.data.map(refundOf).find((one) => one.refundId === refundId && isOut(one)) ?? null;
  });
}

export function readRefundsOfCharge(chargeId: string): Promise<Asked<ProviderRefund[]>> {
  return askProvider(async (stripe) => {
    const list = await stripe.refunds.list({ charge: chargeId, limit: 100 });
    return list.data.map(refundOf);
  });
}

export interface ProviderDispute {
  id: string;
  status: string;
  /** What the payer's bank asks for; once it is lost, what the bank has kept of that. */
  amountMinor: bigint;
  /** What it asked for in the first place. */
  askedMinor: bigint;
  paymentIntentId: string | null;
  /** Why, in the provider's word. */
  reason: string;
  openedAt: Date;
  /** Until when the bank reads an answer; null where none is asked for. */
  answerBy: Date | null;
}

export function readDispute(disputeId: string): Promise<Asked<ProviderDispute>> {
  return askProvider(async (stripe) => {
    const dispute = await stripe.disputes.retrieve(disputeId);
    const intent = dispute.payment_intent;
    return {
      id: dispute.id,
      status: statusOf(dispute),
      amountMinor: keptOf(dispute),
      askedMinor: BigInt(dispute.amount),
      paymentIntentId: typeof intent === "string" ? intent : (intent?.id ?? null),
      reason: dispute.reason,
      openedAt: secondsAt(dispute.created),
      answerBy: dispute.evidence_details.due_by ? secondsAt(dispute.evidence_details.due_by) : null,
    };
  });
}

const secondsAt = (seconds: number) => new Date(seconds * 1_000);

/**
 * An inquiry that was closed took nothing. What was settled before it became a dispute may have been paid to the payer by the
 * card's network, and of a lost one all may have come back: what moved at the provider tells.
 */
function statusOf({ status, balance_transactions: moved }: Stripe.Dispute): string {
  if (status === "warning_closed") return "won";
  if (status !== "prevented" && (status !== "lost" || moved.length === 0)) return status;
  return moved.reduce((sum, { amount }) => sum + amount, 0) < 0 ? "lost" : "won";
}

/**
 * A lost dispute may give a part back, such as what had been refunded before: what moved at the provider tells, unless it moved
 * in another currency.
 */
function keptOf({ status, amount, currency, balance_transactions: moved }: Stripe.Dispute): bigint {
  const isTold = moved.length > 0 && moved.every((one) => one.currency === currency);
  const keptMinor = moved.reduce((sum, one) => sum - one.amount, 0);
  const isLost = status === "lost" || status === "prevented";
  return BigInt(isLost && isTold && keptMinor > 0 && keptMinor < amount ? keptMinor : amount);
}

export interface UntoldEvent {
  id: string;
  type: string;
  objectId: string;
  createdAt: Date;
  isLive: boolean;
  /** What the event says was paid, for comparison with the object itself. */
  claimed: { amount: number | null; currency: string | null };
}

/** They stay on the provider's list for 30 days, fetched or not: a bad day must not hide the day before. */
const UNTOLD_MAX = 2_000;

/** Events the provider could not deliver, or has not tried to. */
export function readUndeliveredEvents(): Promise<Asked<UntoldEvent[]>> {
  return askProvider(async (stripe) => {
    const untold = stripe.events.list({ delivery_success: false, limit: 100 });
    return (await untold.autoPagingToArray({ limit: UNTOLD_MAX })).map(eventFacts);
  });
}

export function eventFacts(event: Stripe.Event): UntoldEvent {
  const object = event.data.object as { id?: string; amount_total?: number | null; currency?: string | null };
  return {
    id: event.id,
    type: event.type,
    objectId: object.id ?? "",
    createdAt: new Date(event.created * 1000),
    isLive: event.livemode,
    claimed: { amount: object.amount_total ?? null, currency: object.currency ?? null },
  };
}

function refundOf(refund: Stripe.Refund): ProviderRefund {
  return {
    id: refund.id,
    status: refund.status,
    amountMinor: BigInt(refund.amount),
    currency: refund.currency,
    refundId: refund.metadata?.refund ?? null,
    failureCode: refund.failure_reason ?? null,
  };
}
