import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { openPaymentPage } from "@/lib/infra/stripe-checkout";
import type { CheckoutRequest, StartedCheckout } from "./checkout";
import { closeOpenPayment } from "./close-payment";
import { openOpinionPayment, type OpinionNotStarted } from "./open-opinion-payment";
import { openPayment, type NotStarted, type OpenedPayment } from "./open-payment";
import { settlePayment } from "./settle-payment";

/** A page that went stale is settled first, one that never opened is replaced: each once. */
const ROUNDS_MAX = 3;

/**
 * Opens the provider's payment page for what is open of an instalment, or a part of it, or shows the one that is open
 * already: two clicks, one page. A page of another sum is closed first. The payment is written before the call, so a lost
 * answer is asked for again under the same key, in the words it was asked for first. It leads back in the language it is
 * started in; whoever calls the API is led back in their own.
 */
export function startCheckout(
  payer: Patient,
  planItemId: string,
  now: Date,
  partMinor: bigint | null = null,
  locale: string = payer.locale,
): Promise<Outcome<StartedCheckout, NotStarted | "payment_provider_unavailable">> {
  return openPage(payer, () => openPayment(payer, planItemId, { partMinor, locale }, now), now);
}

/** The same for the fee of a second opinion. */
export function startOpinionCheckout(
  payer: Patient,
  opinionId: string,
  now: Date,
  locale: string = payer.locale,
): Promise<Outcome<StartedCheckout, OpinionNotStarted | "payment_provider_unavailable" | "already_paid">> {
  return openPage(payer, () => openOpinionPayment(payer, opinionId, locale, now), now);
}

async function openPage<Reason extends string>(
  payer: Patient,
  open: () => Promise<Outcome<OpenedPayment, Reason>>,
  now: Date,
): Promise<
  Outcome<StartedCheckout, Reason | "payment_provider_unavailable" | "payment_in_progress" | "already_paid">
> {
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const opened = await open();
    if (!opened.ok) return opened;
    const { value } = opened;
    if (value.kind === "show") return done(value.checkout);
    if (value.kind === "settle_first") {
      const settled = await settlePayment(systemActor("checkout"), value.paymentId, now);
      if (!settled.ok) return refused("payment_provider_unavailable");
      continue;
    }
    if (value.kind === "close_first") {
      const closed = await closeOpenPayment(systemActor("checkout"), value.open, now);
      if (!closed.ok) return closed;
      continue;
    }
    const answer = await openPaymentPage(value.request, value.idempotencyKey);
    if (answer.kind === "answered") return keepPage(payer, value.request, answer.value, now);
    if (answer.kind === "unknown") return refused("payment_provider_unavailable");
    await giveUp(payer, value.request.paymentId, answer.code, now);
    if (value.isFirstCall) return refused("payment_provider_unavailable");
  }
  return refused("payment_provider_unavailable");
}

async function keepPage(
  payer: Patient,
  request: CheckoutRequest,
  page: { id: string; url: string | null; expiresAt: Date; paymentIntentId: string | null },
  now: Date,
): Promise<Outcome<StartedCheckout, "payment_provider_unavailable" | "already_paid">> {
  const { paymentId } = request;
  const kept = await asPerson(payer, async (tx) => {
    await tx.payment.updateMany({
      where: { id: paymentId, state: { in: ["created", "requires_action"] } },
      data: {
        state: "requires_action",
        sessionId: page.id,
        checkoutUrl: page.url,
        expiresAt: page.expiresAt,
      },
    });
    await tx.providerIntent.updateMany({
      where: { objectId: paymentId, purpose: "checkout", finishedAt: null },
      data: { outcome: "answered", result: { session: page.id }, finishedAt: now },
    });
    return tx.payment.findUnique({ where: { id: paymentId }, select: { state: true, sessionId: true } });
  });
  // A retry of the call may be answered by a page that was paid in the meantime.
  if (kept?.state === "succeeded" || page.url === null) return refused("already_paid");
  return done({
    paymentId,
    url: page.url,
    expiresAt: page.expiresAt,
    amountMinor: BigInt(request.amountMinor),
    currency: request.currency,
  });
}

/** The provider said no before anything was opened: this try is over and the next click makes a new one. */
async function giveUp(payer: Patient, paymentId: string, code: string, now: Date): Promise<void> {
  await asPerson(payer, async (tx) => {
    await tx.payment.updateMany({
      where: { id: paymentId, state: "created" },
      data: { state: "failed", failureCode: code, endedAt: now },
    });
    await tx.providerIntent.updateMany({
      where: { objectId: paymentId, purpose: "checkout", finishedAt: null },
      data: { outcome: "refused", result: { code }, finishedAt: now },
    });
  });
}
