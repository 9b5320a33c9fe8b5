import "server-only";
import type { System } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { asPerson } from "@/lib/infra/db";
import type { Asked } from "@/lib/infra/stripe";
import {
  closePaymentPage,
  openPaymentPage,
  type PageSession,
  readPaymentPage,
} from "@/lib/infra/stripe-checkout";
import { applyPage, type SettledPayment, settledPayment } from "./apply-page";
import type { CheckoutRequest } from "./checkout";
import { isOpen, type PaymentState } from "./payment";

interface AskedPayment {
  id: string;
  state: PaymentState;
  method: string;
  sessionId: string | null;
  expiresAt: Date | null;
  idempotencyKey: string;
  planItem: { booking: { state: string } } | null;
  opinion: { state: string } | null;
}

/**
 * Asks the provider how a payment stands and books the answer. Safe at any time and any number of times: for a
 * webhook that never came, for the return from the payment page, for a lost answer.
 */
export async function settlePayment(
  system: System,
  paymentId: string,
  now: Date,
): Promise<Outcome<SettledPayment, "not_found" | "payment_provider_unavailable">> {
  const payment = await asPerson(system, (tx) =>
    tx.payment.findUnique({
      where: { id: paymentId },
      select: {
        ...{ id: true, state: true, method: true, sessionId: true, expiresAt: true, idempotencyKey: true },
        planItem: { select: { booking: { select: { state: true } } } },
        opinion: { select: { state: true } },
      },
    }),
  );
  if (!payment) return refused("not_found");
  if (payment.method !== "card" || !(isOpen(payment.state) || payment.sessionId))
    return known(system, paymentId);
  const asked = await askAbout(system, payment, now);
  if (asked.kind === "unknown") return refused("payment_provider_unavailable");
  if (asked.kind === "refused") return neverOpened(system, payment, asked.code, now);
  return done(await asPerson(system, (tx) => applyPage(tx, system, paymentId, asked.value, now)));
}

async function known(system: System, paymentId: string): Promise<Outcome<SettledPayment, never>> {
  return done(await asPerson(system, (tx) => settledPayment(tx, paymentId, "unchanged")));
}

async function askAbout(system: System, payment: AskedPayment, now: Date): Promise<Asked<PageSession>> {
  if (payment.sessionId === null) return askForLostAnswer(system, payment.idempotencyKey);
  const page = await readPaymentPage(payment.sessionId);
  const { planItem, opinion } = payment;
  const isGone = planItem?.booking.state === "cancelled" || (opinion && opinion.state !== "awaiting_payment");
  const isOver = isGone || (payment.expiresAt !== null && payment.expiresAt <= now);
  if (page.kind !== "answered" || page.value.status !== "open" || !isOver) return page;
  const closed = await closePaymentPage(payment.sessionId);
  // Refused: somebody paid at the last moment. What counts is what the page says now.
  return closed.kind === "refused" ? readPaymentPage(payment.sessionId) : closed;
}

/** The call was made, its answer never arrived: the same key gives the same page, if there is one. */
async function askForLostAnswer(system: System, idempotencyKey: string): Promise<Asked<PageSession>> {
  const intent = await asPerson(system, (tx) => tx.providerIntent.findUnique({ where: { idempotencyKey } }));
  if (!intent) throw new Error("A payment without its call.");
  const opened = await openPaymentPage(intent.params as unknown as CheckoutRequest, idempotencyKey);
  // The kept answer shows the page as it was when it opened, not as it is.
  return opened.kind === "answered" ? readPaymentPage(opened.value.id) : opened;
}

async function neverOpened(
  system: System,
  payment: AskedPayment,
  code: string,
  now: Date,
): Promise<Outcome<SettledPayment, "payment_provider_unavailable">> {
  // A page we know of cannot be refused for good; that is the provider's trouble, not the payment's end.
  if (payment.sessionId !== null) return refused("payment_provider_unavailable");
  return asPerson(system, async (tx) => {
    await tx.payment.updateMany({
      where: { id: payment.id, state: "created", sessionId: null },
      data: { state: "failed", failureCode: code, endedAt: now },
    });
    await tx.providerIntent.updateMany({
      where: { idempotencyKey: payment.idempotencyKey, finishedAt: null },
      data: { outcome: "refused", result: { code }, finishedAt: now },
    });
    return done(await settledPayment(tx, payment.id, "failed"));
  });
}
