import "server-only";
import type { System } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { asPerson, openDb, type Tx } from "@/lib/infra/db";
import type { Asked } from "@/lib/infra/stripe";
import { readPaymentPage } from "@/lib/infra/stripe-checkout";
import { readDispute, readProviderRefund, readRefundsOfCharge } from "@/lib/infra/stripe-refunds";
import { applyDispute } from "./apply-dispute";
import { applyPage, refusePage, settledPayment } from "./apply-page";
import { keepDispute } from "./keep-dispute";
import { settleRefund } from "./settle-refund";

export interface AppliedEvent {
  outcome: string;
  paymentId: string | null;
  /** `reclaim`: hand the payment to whoever books dates. Told again when the event is worked again. */
  follow: "reclaim" | null;
}

type Found = { outcome: string; paymentId?: string | null };
type Work = (tx: Tx) => Promise<Found>;

/**
 * Works one event of the payment provider. The event only says where to look: the object is asked for again, so
 * neither the order nor the number of events matters. Throws when the provider does not answer; the job tries again.
 */
export async function applyProviderEvent(
  system: System,
  eventId: string,
  now: Date,
): Promise<Outcome<AppliedEvent, "not_found">> {
  const event = await openDb().providerEvent.findUnique({ where: { id: eventId } });
  if (!event) return refused("not_found");
  if (event.appliedAt) return done(await followOf(system, event.outcome ?? "applied"));
  await openDb().providerEvent.updateMany({ where: { id: eventId }, data: { attempts: { increment: 1 } } });
  const work = await workOf(system, event, now);
  return done(
    await asPerson(system, async (tx) => {
      const found = await work(tx);
      const outcome = found.paymentId ? `${found.outcome}:${found.paymentId}` : found.outcome;
      await tx.providerEvent.updateMany({
        where: { id: eventId, appliedAt: null },
        data: { outcome, appliedAt: now },
      });
      if (!found.paymentId) return { outcome: found.outcome, paymentId: null, follow: null };
      const { follow } = await settledPayment(tx, found.paymentId, found.outcome);
      return { outcome: found.outcome, paymentId: found.paymentId, follow };
    }),
  );
}

async function followOf(system: System, kept: string): Promise<AppliedEvent> {
  const [outcome = "applied", paymentId] = kept.split(":");
  if (!paymentId) return { outcome, paymentId: null, follow: null };
  const settled = await asPerson(system, (tx) => settledPayment(tx, paymentId, outcome));
  return { outcome, paymentId, follow: settled.follow };
}

interface KeptEvent {
  type: string;
  objectId: string;
  payload: unknown;
}

async function workOf(system: System, event: KeptEvent, now: Date): Promise<Work> {
  const { type, objectId } = event;
  if (type.startsWith("checkout.session.")) return pageWork(system, event, now);
  if (type.startsWith("charge.dispute.")) {
    const dispute = answerOf(await readDispute(objectId));
    return async (tx) => {
      if (!dispute) return { outcome: "gone" };
      const found = await applyDispute(tx, system, dispute, now);
      await keepDispute(tx, dispute, now);
      return found;
    };
  }
  if (type.startsWith("refund.") || type === "charge.refund.updated") {
    const refund = answerOf(await readProviderRefund(objectId));
    return async (tx) => ({ outcome: refund ? await settleRefund(tx, system, refund, now) : "gone" });
  }
  if (type === "charge.refunded") {
    const refunds = answerOf(await readRefundsOfCharge(objectId)) ?? [];
    return async (tx) => {
      for (const refund of refunds) await settleRefund(tx, system, refund, now);
      return { outcome: "refunds" };
    };
  }
  return async () => ({ outcome: "ignored" });
}

async function pageWork(system: System, event: KeptEvent, now: Date): Promise<Work> {
  const sessionId = event.objectId;
  const page = answerOf(await readPaymentPage(sessionId));
  if (!page) return async () => ({ outcome: "gone" });
  return async (tx) => {
    const payment = await tx.payment.findFirst({
      // Our own reference, or the page we opened: whichever a forged or broken page left intact.
      where: { OR: [{ sessionId }, ...(isPaymentId(page.paymentId) ? [{ id: page.paymentId }] : [])] },
      select: { id: true, caseId: true },
    });
    if (!payment) return { outcome: "unmatched" };
    if (!isAsClaimed(event.payload, page)) {
      await refusePage(tx, system, payment, "event", now);
      return { outcome: "mismatch", paymentId: payment.id };
    }
    const settled = await applyPage(tx, system, payment.id, page, now);
    return { outcome: settled.outcome, paymentId: payment.id };
  };
}

/** An event that contradicts the page it speaks of is not believed; the page itself is asked again later. */
function isAsClaimed(
  payload: unknown,
  page: { amountMinor: bigint | null; currency: string | null },
): boolean {
  const { claimed } = payload as { claimed?: { amount: number | null; currency: string | null } };
  if (!claimed || claimed.amount === null) return true;
  return BigInt(claimed.amount) === page.amountMinor && claimed.currency === page.currency;
}

function isPaymentId(text: string | null): text is string {
  return text !== null && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** Null when the provider knows no such object: it belongs to another account, or is gone. */
function answerOf<T>(asked: Asked<T>): T | null {
  if (asked.kind === "unknown") throw new Error("The payment provider did not answer.");
  return asked.kind === "answered" ? asked.value : null;
}
