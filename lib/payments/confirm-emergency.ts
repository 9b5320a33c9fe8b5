import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { afterEvent } from "@/lib/bookings/price-change";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { PROVING_STATES } from "@/lib/bookings/letter";
import { readBooking } from "@/lib/bookings/queries";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { claimCase } from "@/lib/estimates/claim-case";
import { asPerson } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { enqueue } from "@/lib/infra/jobs";
import { announceToFamily } from "./announce-change";
import { applyChange } from "./apply-change-order";
import { closeTasks } from "./expire-change-orders";
import type { ProveChangeForm } from "./forms";
import { type ChangeOrderRead, readChangeOrder, withEffect } from "./read-change-orders";

type Refusal =
  | "not_found"
  | "forbidden"
  | "own_work"
  | "not_emergency"
  | "invalid_record"
  | "change_stale"
  | "change_overtaken"
  | "payment_disputed"
  | "change_being_paid";

/**
 * The owner of the case has read the centre's letter or report of an emergency, and is not who wrote the emergency down:
 * from now on it counts in what is booked and in the plan. Twice changes nothing.
 */
export async function confirmEmergency(
  coordinator: Coordinator,
  id: string,
  { recordId }: ProveChangeForm,
  now: Date,
): Promise<Outcome<ChangeOrderRead, Refusal>> {
  return asPerson(coordinator, async (tx) => {
    const seen = await readChangeOrder(tx, coordinator, id);
    const taken = seen && (await claimCase(tx, seen.caseId));
    if (!seen || !taken) return refused("not_found");
    if (taken.ownerId !== coordinator.personId) return refused("forbidden");
    await claimTrip(tx, seen.bookingId);
    const order = await readChangeOrder(tx, coordinator, id);
    const booking = order && (await readBooking(tx, coordinator, order.bookingId));
    if (!order || !booking) return refused("not_found");
    if (order.provenAt) return done(await withEffect(tx, coordinator, order));
    if (!afterEvent(order.state, "prove").ok || booking.state === "cancelled")
      return refused("not_emergency", { state: order.state });
    if (order.authorId === coordinator.personId) return refused("own_work");
    const { caseId, bookingId } = order;
    const proof = await tx.record.count({
      where: { id: recordId, caseId, erasedAt: null, state: { in: [...PROVING_STATES] } },
    });
    if (proof === 0) return refused("invalid_record", { path: "recordId" });
    const applied = await applyChange(tx, coordinator, order, booking, taken.stage, now);
    if (!applied.ok) return applied;
    const { count } = await tx.changeOrder.updateMany({
      where: { id, state: "emergency_applied", provenAt: null },
      data: { proofRecordId: recordId, provenById: coordinator.personId, provenAt: now, ...applied.value },
    });
    if (count === 0) throw new Error("The emergency was judged while its booking was locked.");
    const about = { caseId, objectType: "change_order", objectId: id, facts: { record: recordId } };
    await writeAudit(tx, coordinator, "change.proven", about);
    await noteCaseEvent(tx, coordinator, { caseId, kind: "change_proven" });
    await closeTasks(tx, caseId, "prove_emergency", now);
    await enqueue(tx, "document.change", { changeOrderId: id });
    await notify(tx, { kind: "booking", caseId, bookingId });
    await announceToFamily(tx, order, "change_proven", ["owner"], now);
    const proven = await readChangeOrder(tx, coordinator, id);
    return proven ? done(await withEffect(tx, coordinator, proven)) : refused("not_found");
  });
}
