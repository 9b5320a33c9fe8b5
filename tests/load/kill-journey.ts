import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { newId } from "@/lib/kernel/ids";
import type { People } from "@/tests/support/money-model/world";

/** A step the server said yes to, and the row that must show it ever after. */
export interface Acknowledged {
  step: keyof typeof STANDS;
  id: string;
  contract?: string;
}

interface Answer {
  ok?: boolean;
  reason?: string;
  value?: { id?: string; url?: string; paymentId?: string };
}

/** Money on its way back. */
interface Back {
  id: string;
  state: string;
  payment: { method: string };
}

const PATIENCE_MS = 120_000;

/** Asks until somebody answers: a dead server, or one whose database is away, is asked again as a person would. */
async function ask<T = Answer>(url: string, door: string, asked: object): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    const answer = await fetch(`${url}/${door}`, {
      method: "POST",
      body: JSON.stringify(asked),
      signal: AbortSignal.timeout(20_000),
    }).catch(() => null);
    if (answer?.status === 200) return (await answer.json()) as T;
    await pause(50);
  }
  throw new Error(`Nobody answered to ${door}.`);
}

async function waitFor(url: string, isThere: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (let turn = 1; Date.now() < until; turn += 1) {
    if (await isThere()) return;
    await pause(100);
    // A job that died with its worker is found by the reconciliation, here sooner than by its own clock.
    if (turn % 20 === 0) await ask(url, "reconcile", {});
  }
  throw new Error("The journey came to a halt.");
}

/**
 * From the hold, over a deposit by card, a balance by bank and a delivery, to the refunds of both. Tells each step that was
 * acknowledged.
 */
export async function goThrough(url: string, people: People, index: number): Promise<Acknowledged[]> {
  const done: Acknowledged[] = [];
  const one = people.patients[index];
  if (!one) throw new Error("There is no such patient.");
  const { caseId, estimateId } = one;
  const { personId } = one.patient;
  // Each on a day of their own.
  const slotId = people.slotIds[index + 1];
  const bookings = () => ask<{ id: string; state: string }[]>(url, "bookings", { personId, caseId });
  const held = await ask(url, "hold", { personId, estimateId, slotId });
  const bookingId = held.value?.id ?? (await bookings())[0]?.id ?? "";
  if (held.ok) done.push({ step: "held", id: bookingId });
  for (const contract of ["A", "B"] as const) {
    const signed = await ask(url, "sign", { personId, bookingId, contract });
    if (signed.ok) done.push({ step: "signed", id: bookingId, contract });
  }
  const page = await ask(url, "start", { personId, bookingId });
  if (page.ok) done.push({ step: "started", id: page.value?.paymentId ?? "" });
  await pay(page.value?.url ?? "");
  const stateNow = async () => (await bookings()).find(({ id }) => id === bookingId)?.state;
  await waitFor(url, async () => (await stateNow()) === "awaiting_centre");
  const confirmed = await ask(url, "confirm", { personId: people.manager.personId, bookingId });
  if (confirmed.ok) done.push({ step: "confirmed", id: bookingId });
  const transferId = newId();
  const finances = people.finances.map((finance) => finance.personId);
  const entered = await ask(url, "transfer", { personId: finances[0], bookingId, transferId });
  if (entered.ok) done.push({ step: "transferred", id: transferId });
  const delivered = await ask(url, "deliver", { personId: people.owner.personId, bookingId });
  if (delivered.ok) done.push({ step: "delivered", id: bookingId });
  const ended = await ask(url, "cancel", { personId: people.owner.personId, bookingId });
  if (ended.ok) done.push({ step: "cancelled", id: bookingId });
  const refunds = () => ask<Back[]>(url, "refunds", { bookingId });
  for (const { id, payment } of await refunds()) {
    const approved = await ask(url, "approve", { personId: finances[0], refundId: id });
    if (approved.ok) done.push({ step: "approved", id });
    if (payment.method !== "bank_transfer") continue;
    const sent = await ask(url, "sent", { personId: finances[1], refundId: id });
    if (sent.ok) done.push({ step: "sent", id });
  }
  await waitFor(url, async () => {
    const rows = await refunds();
    return rows.length > 0 && rows.every(({ state }) => state === "settled");
  });
  return done;
}

/** The provider's own page does not die here; its webhook may find nobody and comes again. */
async function pay(url: string): Promise<void> {
  const body = new URLSearchParams({ card: "4242424242424242" });
  await (await fetch(url, { method: "POST", body, redirect: "manual" })).text();
}

const STANDS = {
  held: `SELECT 1 FROM "Booking" WHERE id = $1`,
  signed: `SELECT 1 FROM "Contract" WHERE "bookingId" = $1 AND kind = $2::"ContractKind" AND "signedAt" IS NOT NULL`,
  started: `SELECT 1 FROM "Payment" WHERE id = $1`,
  confirmed: `SELECT 1 FROM "Booking" WHERE id = $1 AND "confirmedAt" IS NOT NULL`,
  transferred: `SELECT 1 FROM "BankTransfer" t JOIN "Payment" p ON p.id = t."paymentId" WHERE t.id = $1 AND p.state = 'succeeded'`,
  delivered: `SELECT 1 FROM "BookingService" WHERE "bookingId" = $1 AND kind = 'translation' AND "deliveredAt" IS NOT NULL`,
  cancelled: `SELECT 1 FROM "Booking" WHERE id = $1 AND "cancelledAt" IS NOT NULL`,
  approved: `SELECT 1 FROM "Refund" WHERE id = $1 AND "approvedAt" IS NOT NULL`,
  sent: `SELECT 1 FROM "Refund" WHERE id = $1 AND state = 'settled'`,
};

/** Steps that somebody was not told yes to, though nothing stood in the way. */
export function stepsMissing(journeys: readonly (readonly Acknowledged[])[]): string[] {
  return journeys.flatMap((done, index) =>
    Object.keys(STANDS)
      .filter((step) => done.every((one) => one.step !== step))
      .map((step) => `patient ${index + 1} was not told yes to ${step}`),
  );
}

/** Steps that were acknowledged and stand nowhere. */
export async function lostSteps(owner: pg.Client, done: readonly Acknowledged[]): Promise<string[]> {
  const lost: string[] = [];
  for (const { step, id, contract } of done) {
    const { rowCount } = await owner.query(STANDS[step], contract ? [id, contract] : [id]);
    if (rowCount !== 1) lost.push(`${step} ${id} was acknowledged and is lost`);
  }
  return lost;
}
