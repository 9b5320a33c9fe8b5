import "server-only";
import type { System } from "@/lib/kernel/actor";
import { addMinutes } from "@/lib/kernel/day";
import { asPerson, openDb } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { log } from "@/lib/infra/log";
import { readUndeliveredEvents } from "@/lib/infra/stripe-refunds";
import { acceptProviderEvent } from "./accept-provider-event";
import { openMoneyTask } from "./open-money-task";
import { OPEN_STATES } from "./payment";
import { ProviderSilent, sendRefund } from "./send-refund";
import { settlePayment } from "./settle-payment";

export interface Reconciled {
  /** Payments whose money arrived without anybody telling us. */
  settled: number;
  /** Events fetched because they were never delivered, or put to work again. */
  events: number;
  refunds: number;
}

const AT_ONCE_MAX = 200;
const ATTEMPTS_ALARM = 8;
/** What goes wrong with a payment younger than that may pass: the next runs ask again before anybody is asked to look. */
const STUCK_AFTER_MINUTES = 10;
/** So many questions in a row without an answer, and the provider counts as away. */
const AWAY_AFTER = 3;

/**
 * Asks the provider about everything that should have been told by now: open payments, undelivered events, events
 * whose work was lost, refunds on their way. Safe to run at any time, also beside itself.
 */
export async function reconcilePayments(system: System, now: Date): Promise<Reconciled> {
  const before = addMinutes(now, -1);
  const settled = await settleOpen(system, before, now);
  const events = (await fetchUndelivered(system)) + (await wakeEvents(system, before));
  const refunds = await askAboutRefunds(system, before, now);
  return { settled, events, refunds };
}

async function settleOpen(system: System, before: Date, now: Date): Promise<number> {
  await endSettled(system, now);
  const open = await asPerson(system, (tx) =>
    tx.payment.findMany({
      where: { state: { in: [...OPEN_STATES] }, method: "card", createdAt: { lt: before } },
      // A page the provider has forgotten is asked about for ever: it must not stand before those somebody waits for.
      orderBy: { createdAt: "desc" },
      take: AT_ONCE_MAX,
      select: { id: true, caseId: true, createdAt: true },
    }),
  );
  let settled = 0;
  let silent = 0;
  for (const payment of open) {
    const outcome = await settleOne(system, payment, now);
    silent = outcome === "silent" ? silent + 1 : 0;
    // The provider is away: the next run asks about the others too.
    if (silent === AWAY_AFTER) break;
    if (outcome === "recorded") settled += 1;
  }
  return settled;
}

/** Of what was settled another way nobody has to look at anything. */
async function endSettled(system: System, now: Date): Promise<void> {
  await asPerson(system, async (tx) => {
    const stuck = { kind: "payment_stuck", state: "open" } as const;
    const titles = (await tx.task.findMany({ where: stuck, select: { title: true } })).map(
      (one) => one.title,
    );
    const open = await tx.payment.findMany({
      where: { id: { in: titles }, state: { in: [...OPEN_STATES] } },
      select: { id: true },
    });
    const settled = titles.filter((title) => !open.some(({ id }) => id === title));
    await tx.task.updateMany({
      where: { ...stuck, title: { in: settled } },
      data: { state: "done", doneAt: now },
    });
  });
}

/** What goes wrong with one payment is no reason to leave those after it: somebody of finance is asked to look at it. */
async function settleOne(
  system: System,
  { id, caseId, createdAt }: { id: string; caseId: string; createdAt: Date },
  now: Date,
): Promise<string> {
  const task = { caseId, kind: "payment_stuck", title: id } as const;
  try {
    const answer = await settlePayment(system, id, now);
    if (!answer.ok) return answer.reason === "payment_provider_unavailable" ? "silent" : answer.reason;
    await asPerson(system, (tx) =>
      tx.task.updateMany({ where: { ...task, state: "open" }, data: { state: "done", doneAt: now } }),
    );
    return answer.value.outcome;
  } catch (error) {
    log.error({ error, kind: "payment", id }, "reconcile");
    if (addMinutes(createdAt, STUCK_AFTER_MINUTES) <= now)
      await asPerson(system, (tx) => openMoneyTask(tx, task, now));
    return "stuck";
  }
}

async function fetchUndelivered(system: System): Promise<number> {
  const asked = await readUndeliveredEvents();
  if (asked.kind !== "answered") return 0;
  let fresh = 0;
  for (const event of asked.value) {
    if ((await acceptProviderEvent(system, event)) === "new") fresh += 1;
  }
  return fresh;
}

/** Events that came in but were not worked: their job may have been lost with a worker. None is ever given up. */
async function wakeEvents(system: System, before: Date): Promise<number> {
  const waiting = await openDb().providerEvent.findMany({
    where: { appliedAt: null, receivedAt: { lt: before } },
    // One that never works stands behind those that may.
    orderBy: [{ attempts: "asc" }, { receivedAt: "asc" }],
    take: AT_ONCE_MAX,
    select: { id: true, type: true, attempts: true },
  });
  for (const { id, type, attempts } of waiting) {
    if (attempts >= ATTEMPTS_ALARM)
      log.error({ id, kind: type, attempts }, "an event of the payment provider is stuck");
  }
  await asPerson(system, async (tx) => {
    for (const { id } of waiting) await enqueue(tx, "provider.apply", { eventId: id });
  });
  return waiting.length;
}

async function askAboutRefunds(system: System, before: Date, now: Date): Promise<number> {
  const moving = await asPerson(system, (tx) =>
    tx.refund.findMany({
      where: { state: { in: ["approved", "sent"] }, approvedAt: { lt: before }, payment: { method: "card" } },
      orderBy: { approvedAt: "asc" },
      take: AT_ONCE_MAX,
      select: { id: true },
    }),
  );
  let settled = 0;
  let silent = 0;
  for (const { id } of moving) {
    try {
      const answer = await sendRefund(system, id, now);
      silent = 0;
      if (answer.ok && answer.value.outcome === "settled") settled += 1;
    } catch (error) {
      log.error({ error, kind: "refund", id }, "reconcile");
      // What goes wrong with one refund is no reason to leave those after it.
      silent = error instanceof ProviderSilent ? silent + 1 : 0;
      if (silent === AWAY_AFTER) break;
    }
  }
  return settled;
}
