import "server-only";
import type { System } from "@/lib/kernel/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { endedUnpaid } from "@/lib/bookings/cause-of-end";
import type { Tx } from "@/lib/infra/db";
import { isLiveMode } from "@/lib/infra/stripe";
import type { PageSession } from "@/lib/infra/stripe-checkout";
import { claimPayment } from "./claim-payment";
import { endKeptDay, keepDayForDebit } from "./keep-day";
import { openMoneyTask } from "./open-money-task";
import { judgeSession, OPEN_STATES, type PaymentState, STANDING_STATES } from "./payment";
import { readDueBack } from "./read-due-back";
import { recordPayment } from "./record-payment";

export interface SettledPayment {
  paymentId: string;
  state: PaymentState;
  outcome: string;
  /** `reclaim`: the money is here and its date is gone; take the date again or send the money back. */
  follow: "reclaim" | null;
}

/** Books what a payment page says right now. The order and number of calls do not matter. */
export async function applyPage(
  tx: Tx,
  system: System,
  paymentId: string,
  page: PageSession,
  now: Date,
): Promise<SettledPayment> {
  await claimPayment(tx, paymentId);
  const payment = await tx.payment.findUniqueOrThrow({
    where: { id: paymentId },
    select: { id: true, state: true, caseId: true, amountMinor: true, currency: true, sessionId: true },
  });
  const verdict = judgeSession(payment, page, isLiveMode());
  switch (verdict.kind) {
    case "paid": {
      const refs = { sessionId: page.id, paymentIntentId: verdict.paymentIntentId };
      return settledPayment(tx, paymentId, await recordPayment(tx, system, paymentId, refs, now));
    }
    case "mismatch":
      await refusePage(tx, system, payment, verdict.field, now);
      return settledPayment(tx, paymentId, "mismatch");
    case "open":
      await keepOpenPage(tx, paymentId, page);
      return settledPayment(tx, paymentId, "open");
    case "processing":
      await beginDebit(tx, system, paymentId, page, now);
      return settledPayment(tx, paymentId, "processing");
    default:
      await endPayment(tx, system, payment, verdict.kind, now);
      return settledPayment(tx, paymentId, verdict.kind);
  }
}

async function keepOpenPage(tx: Tx, paymentId: string, page: PageSession): Promise<void> {
  await tx.payment.updateMany({
    where: { id: paymentId, state: "created" },
    data: { state: "requires_action", sessionId: page.id, checkoutUrl: page.url, expiresAt: page.expiresAt },
  });
}

async function beginDebit(
  tx: Tx,
  system: System,
  paymentId: string,
  page: PageSession,
  now: Date,
): Promise<void> {
  const { count } = await tx.payment.updateMany({
    where: { id: paymentId, state: { in: ["created", "requires_action"] } },
    data: { state: "processing", sessionId: page.id },
  });
  if (count === 1) await keepDayForDebit(tx, system, paymentId, now);
}

async function endPayment(
  tx: Tx,
  system: System,
  payment: { id: string; caseId: string; state: PaymentState },
  state: "failed" | "expired",
  now: Date,
): Promise<void> {
  const { id, caseId } = payment;
  const from = state === "expired" ? (["created", "requires_action"] as const) : OPEN_STATES;
  const { count } = await tx.payment.updateMany({
    where: { id, state: { in: [...from] } },
    data: { state, endedAt: now },
  });
  if (count === 0) return;
  await writeAudit(tx, system, `payment.${state}`, { caseId, objectType: "payment", objectId: id });
  if (payment.state === "processing") await endKeptDay(tx, system, id, now);
}

/** Money that does not fit what we asked for changes no booking; a person looks at it. */
export async function refusePage(
  tx: Tx,
  system: System,
  payment: { id: string; caseId: string },
  field: string,
  now: Date,
): Promise<void> {
  const { id, caseId } = payment;
  await openMoneyTask(tx, { caseId, kind: "unmatched_payment", title: `${id} ${field}` }, now);
  await writeAudit(tx, system, "payment.mismatch", {
    caseId,
    objectType: "payment",
    objectId: id,
    facts: { field },
  });
}

/** How a payment stands, and whether its date must be won back. */
export async function settledPayment(tx: Tx, paymentId: string, outcome: string): Promise<SettledPayment> {
  const payment = await tx.payment.findUniqueOrThrow({
    where: { id: paymentId },
    select: {
      state: true,
      openDisputes: true,
      isSurplus: true,
      planItem: { select: { kind: true, booking: { select: { state: true, paidAt: true } } } },
    },
  });
  // A second opinion has no date to win back: what comes too late for it goes back at once.
  const { kind, booking } = payment.planItem ?? {};
  const mayFollow =
    booking !== undefined &&
    [...STANDING_STATES, "lost"].includes(payment.state) &&
    payment.openDisputes.length === 0 &&
    !payment.isSurplus &&
    kind === "deposit" &&
    endedUnpaid(booking);
  const settled = { paymentId, state: payment.state, outcome };
  if (!mayFollow) return { ...settled, follow: null };
  // Where somebody gave a part of it back before, or its bank took one, the rest has no other way.
  const { leftMinor, takenMinor } = await readDueBack(tx, paymentId);
  return { ...settled, follow: leftMinor + takenMinor > 0n ? "reclaim" : null };
}
