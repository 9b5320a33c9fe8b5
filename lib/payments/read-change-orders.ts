import "server-only";
import type { ClinicMember, Coordinator, Finance, Patient, System } from "@/lib/kernel/actor";
import { dayOf } from "@/lib/kernel/day";
import { least, sumMinor } from "@/lib/kernel/money";
import { type PlanEffect, planEffect } from "@/lib/bookings/plan-effect";
import { readTaken } from "@/lib/bookings/read-refund-quote";
import { hereOf, type TakenMoney } from "@/lib/bookings/taken";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import type { ChangeListForm } from "./forms";
import { OPEN_STATES } from "./payment";
import { readAsked } from "./read-asked";
import { readLostSum } from "./read-loss";
import { changeOrdersOf } from "./scope";

const changeSelect = {
  ...{ id: true, bookingId: true, caseId: true, clinicId: true, version: true, contract: true, state: true },
  ...{ reason: true, explanation: true, currency: true, fromMinor: true, toMinor: true, ceilingMinor: true },
  ...{ hash: true, authorId: true, authorRole: true, authorName: true },
  ...{ emergencyDoctor: true, emergencyReason: true, happenedAt: true, provenAt: true, proofRecordId: true },
  ...{ answeredAt: true, answeredRole: true, typedName: true, declineReason: true },
  ...{ instalmentMinor: true, loweredMinor: true, refundMinor: true, proposedAt: true, expiresAt: true },
  lines: {
    select: {
      ...{ id: true, position: true, serviceId: true, kind: true, label: true, quantity: true, unit: true },
      ...{ device: true, fromMinor: true, toMinor: true, cause: true },
      service: { select: { lineId: true, changeLineId: true } },
    },
    orderBy: { position: "asc" },
  },
  booking: { select: { number: true, state: true, contractAMode: true, treatmentOn: true, patientId: true } },
} satisfies Prisma.ChangeOrderSelect;

export type ChangeOrderFacts = Prisma.ChangeOrderGetPayload<{ select: typeof changeSelect }>;

/** A change with what it does, or did, to the payment plan; null where the reader learns nothing of the plan. */
export type ChangeOrderRead = ChangeOrderFacts & { effect: ChangeSumsOfPlan | null };
export type ChangeSumsOfPlan = Pick<PlanEffect, "instalmentMinor" | "loweredMinor" | "refundMinor">;

export type ChangeReader = Patient | ClinicMember | Coordinator | Finance | System;

export function readChangeOrder(tx: Tx, actor: ChangeReader, id: string): Promise<ChangeOrderFacts | null> {
  return tx.changeOrder.findFirst({ where: { AND: [{ id }, changeOrdersOf(actor)] }, select: changeSelect });
}

/** One change; null for a stranger and for no row. */
export function changeOrderFor(actor: ChangeReader, id: string): Promise<ChangeOrderRead | null> {
  return asPerson(actor, async (tx) => {
    const found = await readChangeOrder(tx, actor, id);
    return found && withEffect(tx, actor, found);
  });
}

/** The changes of a booking or a case, the newest first. */
export function changeOrdersFor(actor: ChangeReader, form: ChangeListForm): Promise<ChangeOrderRead[]> {
  const { bookingId, caseId } = form;
  return asPerson(actor, async (tx) => {
    const named = { ...(bookingId ? { bookingId } : {}), ...(caseId ? { caseId } : {}) };
    const rows = await tx.changeOrder.findMany({
      where: { AND: [named, changeOrdersOf(actor)] },
      orderBy: { id: "desc" },
      take: 100,
      select: changeSelect,
    });
    const read: ChangeOrderRead[] = [];
    for (const row of rows) read.push(await withEffect(tx, actor, row));
    return read;
  });
}

/** The same inside a transaction, after a change of it. */
export async function withEffect(
  tx: Tx,
  actor: ChangeReader,
  order: ChangeOrderFacts,
): Promise<ChangeOrderRead> {
  if (actor.role === "clinic_manager" || actor.role === "clinic_reviewer") return { ...order, effect: null };
  const { instalmentMinor, loweredMinor, refundMinor } = order;
  if (instalmentMinor !== null && loweredMinor !== null && refundMinor !== null)
    return { ...order, effect: { instalmentMinor, loweredMinor, refundMinor } };
  if (order.state !== "proposed" && order.state !== "emergency_applied") return { ...order, effect: null };
  const items = (await readPlan(tx, order.bookingId)).map((item) => ({ ...item, isBeingPaid: false }));
  const effect = planEffect({ contract: order.contract, deltaMinor: portalDelta(order), items });
  if (!effect.ok) return { ...order, effect: null };
  const { bookingId, contract } = order;
  const taken = (await readTaken(tx, bookingId))[contract];
  const backMinor = await readBack(tx, order, { refundMinor: effect.value.refundMinor, items, taken });
  // What is not here is asked for again, and is less now.
  const lostMinor = await readLostSum(tx, bookingId, contract);
  const lessMinor = least(effect.value.refundMinor - backMinor, lostMinor);
  return {
    ...order,
    effect: {
      ...effect.value,
      ...{ loweredMinor: effect.value.loweredMinor + lessMinor, refundMinor: backMinor },
    },
  };
}

interface PaidTooMuch {
  refundMinor: bigint;
  items: readonly { paidMinor: bigint; paidAMinor: bigint }[];
  taken: TakenMoney;
}

/**
 * What of a sum paid too much goes back: no more than is here, and was not asked back before as due, beyond what is agreed now. A
 * loss counts once, whatever number of changes follow it, and what was given besides lowers nothing.
 */
export async function readBack(
  tx: Tx,
  { bookingId, contract, toMinor }: Pick<ChangeOrderFacts, "bookingId" | "contract" | "toMinor">,
  { refundMinor, items, taken }: PaidTooMuch,
): Promise<bigint> {
  if (refundMinor === 0n) return 0n;
  const paid = items.map((item) => (contract === "A" ? item.paidAMinor : item.paidMinor - item.paidAMinor));
  const asked = await readAsked(tx, bookingId, { ends: [contract], isDue: true });
  const beyondMinor = hereOf(sumMinor(paid), taken) - asked[contract] - toMinor;
  if (beyondMinor <= 0n) return 0n;
  return beyondMinor < refundMinor ? beyondMinor : refundMinor;
}

type ChangeMoney = Pick<ChangeOrderFacts, "contract" | "fromMinor" | "toMinor" | "booking">;

/** How much more, or less, goes through the portal: nothing of a treatment the hospital bills itself. */
export function portalDelta({ contract, fromMinor, toMinor, booking }: ChangeMoney): bigint {
  return contract === "A" && booking.contractAMode === "direct" ? 0n : toMinor - fromMinor;
}

/** The instalments as a change finds them, with those somebody is paying at this moment. */
export async function readPlan(tx: Tx, bookingId: string) {
  const items = await tx.planItem.findMany({
    where: { bookingId },
    select: {
      ...{ id: true, position: true, amountMinor: true, contractAMinor: true, state: true, dueOn: true },
      ...{ paidMinor: true, paidAMinor: true },
      payments: { where: { state: { in: [...OPEN_STATES] } }, select: { id: true } },
    },
  });
  return items.map(({ payments, dueOn, ...item }) => ({
    ...item,
    dueOn: dayOf(dueOn),
    isBeingPaid: payments.length > 0,
  }));
}
