import "server-only";
import type { Coordinator, Patient } from "@/lib/kernel/actor";
import { dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { sumMinor } from "@/lib/kernel/money";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { stepOf } from "@/lib/bookings/chargeable";
import { CHANGE_ORDER } from "@/lib/bookings/price-change";
import { instalmentDay, type LoweredItem, planEffect, UNPAID } from "@/lib/bookings/plan-effect";
import type { BookingFacts } from "@/lib/bookings/queries";
import { readTaken } from "@/lib/bookings/read-refund-quote";
import type { CaseStage } from "@/lib/cases/case";
import type { Tx } from "@/lib/infra/db";
import { whyOvertaken } from "./check-change";
import { payByLoss } from "./pay-by-loss";
import { readRefundable, writeProposals } from "./propose-refunds";
import {
  type ChangeOrderFacts,
  type ChangeSumsOfPlan,
  portalDelta,
  readBack,
  readPlan,
} from "./read-change-orders";
import { spreadRefund } from "./refund";

const LEFT: readonly CaseStage[] = ["discharged", "settling", "aftercare"];

type NotApplied = "change_stale" | "change_overtaken" | "change_being_paid" | "payment_disputed";

/**
 * Makes an agreed or proven change count, in the transaction of the answer and with the booking taken: what is booked,
 * the payment plan, and the way back of what was paid too much, for somebody of finance to approve. No money moves here.
 * The caller keeps the answered sums beside the change.
 */
export async function applyChange(
  tx: Tx,
  actor: Patient | Coordinator,
  order: ChangeOrderFacts,
  booking: BookingFacts,
  stage: CaseStage,
  now: Date,
): Promise<Outcome<ChangeSumsOfPlan, NotApplied>> {
  if (isStale(order, booking)) return refused("change_stale");
  const overtaken = await whyOvertaken(tx, booking, order.lines);
  if (overtaken) return overtaken;
  const plan = await readPlan(tx, order.bookingId);
  const effect = planEffect({ contract: order.contract, deltaMinor: portalDelta(order), items: plan });
  if (!effect.ok) return effect;
  const { instalmentMinor, lowered, loweredMinor, refundMinor } = effect.value;
  const taken = (await readTaken(tx, order.bookingId))[order.contract];
  // What a payer's bank asks for cannot go back yet, and nobody would think of it again.
  if (refundMinor > 0n && taken.contestedMinor > 0n) return refused("payment_disputed");
  await changeServices(tx, order, LEFT.includes(stage) && order.contract === "A" ? now : null);
  await lowerPlan(tx, lowered, now);
  const position = 1 + Math.max(0, ...plan.map((item) => item.position));
  if (instalmentMinor > 0n) await addInstalment(tx, order, { instalmentMinor, position }, now);
  const here = await readBack(tx, order, { refundMinor, items: plan, taken });
  const backMinor = await giveBack(tx, actor, order, here, now);
  const { bookingId, caseId, contract, currency } = order;
  const reason = { bookingId, caseId, currency, cause: CHANGE_ORDER };
  const takenMinor = await payByLoss(tx, actor, { ...reason, contract }, refundMinor - here, now);
  return done({ instalmentMinor, loweredMinor: loweredMinor + takenMinor, refundMinor: backMinor });
}

/** Whether something else changed a sum since this was proposed: nobody agreed to what it would come to now. */
function isStale(order: ChangeOrderFacts, booking: BookingFacts): boolean {
  const services = booking.services.filter(({ line }) => line.contract === order.contract);
  if (sumMinor(services.map((service) => service.amountMinor)) !== order.fromMinor) return true;
  return order.lines.some(
    ({ serviceId, fromMinor }) =>
      serviceId !== null && services.find((service) => service.id === serviceId)?.amountMinor !== fromMinor,
  );
}

async function changeServices(tx: Tx, order: ChangeOrderFacts, deliveredAt: Date | null): Promise<void> {
  const { bookingId, caseId } = order;
  for (const { serviceId, fromMinor, toMinor } of order.lines) {
    if (serviceId === null) continue;
    const { count } = await tx.bookingService.updateMany({
      where: { id: serviceId, bookingId, amountMinor: fromMinor },
      data: { amountMinor: toMinor },
    });
    if (count === 0) throw new Error("A service changed while its booking was locked.");
  }
  await tx.bookingService.createMany({
    data: order.lines
      .filter((line) => line.serviceId === null)
      .map(({ id: changeLineId, kind, toMinor }) => ({
        ...{ id: newId(), bookingId, caseId, changeLineId, kind, amountMinor: toMinor, deliveredAt },
      })),
  });
}

/** Instalments that became smaller, fell away, or ask for no more than was paid of them. */
export async function lowerPlan(tx: Tx, lowered: readonly LoweredItem[], now: Date): Promise<void> {
  for (const { id, amountMinor, contractAMinor, isPaid } of lowered) {
    const sums = { amountMinor, contractAMinor, ...(isPaid ? { state: "paid" as const, paidAt: now } : {}) };
    const { count } = await tx.planItem.updateMany({
      where: { id, state: { in: [...UNPAID] } },
      data: amountMinor === 0n ? { state: "cancelled" } : sums,
    });
    if (count === 0) throw new Error("An instalment changed while its booking was locked.");
  }
}

async function addInstalment(
  tx: Tx,
  { id, bookingId, caseId, contract, currency, booking }: ChangeOrderFacts,
  { instalmentMinor, position }: { instalmentMinor: bigint; position: number },
  now: Date,
): Promise<void> {
  const dueOn = instalmentDay(dayOf(booking.treatmentOn), dayOf(now));
  await tx.planItem.createMany({
    data: [
      {
        ...{ id: newId(), bookingId, caseId, position, contract, currency, kind: "change" },
        amountMinor: instalmentMinor,
        contractAMinor: contract === "A" ? instalmentMinor : 0n,
        changeOrderId: id,
        dueOn: dateOf(dueOn),
        // Nothing sweeps the instalments of a trip that is over.
        state: booking.state === "completed" ? "due" : "planned",
      },
    ],
  });
}

/** What can be given back of what was paid too much; less where some of it went back before. */
async function giveBack(
  tx: Tx,
  actor: Patient | Coordinator,
  { bookingId, caseId, contract, currency }: ChangeOrderFacts,
  refundMinor: bigint,
  now: Date,
): Promise<bigint> {
  if (refundMinor === 0n) return 0n;
  const isA = contract === "A";
  const total = {
    ...{ treatmentMinor: isA ? refundMinor : 0n, servicesMinor: isA ? 0n : refundMinor },
    feeMinor: 0n,
  };
  const refunds = spreadRefund(total, await readRefundable(tx, { bookingId }), stepOf(currency));
  const reason = { bookingId, caseId, currency, cause: CHANGE_ORDER };
  const proposed = await writeProposals(tx, actor, reason, refunds, now);
  return sumMinor(proposed.map((refund) => refund.amountMinor));
}
