import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { type Outcome, type Refused, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { isSignature } from "@/lib/bookings/booking";
import { afterEvent, isAboveCeiling, mayChange } from "@/lib/bookings/price-change";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { type BookingFacts, readBooking } from "@/lib/bookings/queries";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { claimCase, type ClaimedCase, decidesFor } from "@/lib/estimates/claim-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { enqueue } from "@/lib/infra/jobs";
import { blocksTravel } from "@/lib/reviews/review";
import { announceToCentre } from "./announce-change";
import { applyChange } from "./apply-change-order";
import { closeTasks } from "./expire-change-orders";
import type { AcceptChangeForm } from "./forms";
import {
  type ChangeOrderFacts,
  type ChangeOrderRead,
  readChangeOrder,
  withEffect,
} from "./read-change-orders";

type Refusal =
  | "not_found"
  | "forbidden"
  | "not_proposed"
  | "change_expired"
  | "change_differs"
  | "invalid_typed_name"
  | "invalid_above_ceiling"
  | "change_stale"
  | "change_overtaken"
  | "payment_disputed"
  | "change_being_paid"
  | "travel_blocked"
  | "illegal_transition";

/**
 * The patient, or who decides for them, agrees to a change: exactly what was read, named by its hash, with a typed name.
 * Of two answers at once one wins; time is the database's. The accepted estimate stays as it is.
 */
export async function acceptChange(
  patient: Patient,
  id: string,
  form: AcceptChangeForm,
  now: Date,
): Promise<Outcome<ChangeOrderRead, Refusal>> {
  return asPerson(patient, async (tx) => {
    const seen = await readChangeOrder(tx, patient, id);
    const taken = seen && (await claimCase(tx, seen.caseId));
    if (!seen || !taken) return refused("not_found");
    if (!(await decidesFor(tx, patient.personId, taken))) return refused("forbidden");
    await claimTrip(tx, seen.bookingId);
    const order = await readChangeOrder(tx, patient, id);
    const booking = order && (await readBooking(tx, patient, order.bookingId));
    if (!order || !booking) return refused("not_found");
    const reason =
      (await whyNot(tx, order, booking, taken)) ??
      whyNotAgreed(order, form, [patient.name, taken.contactName]);
    if (reason) return reason;
    const applied = await applyChange(tx, patient, order, booking, taken.stage, now);
    if (!applied.ok) return applied;
    const { count } = await tx.changeOrder.updateMany({
      where: { id, state: "proposed" },
      data: {
        ...{ state: "accepted", answeredAt: now, answeredById: patient.personId, answeredRole: "patient" },
        ...{ typedName: form.typedName, agreedAboveCeiling: form.aboveCeiling, ...applied.value },
      },
    });
    if (count === 0) throw new Error("The change was answered while its booking was locked.");
    await trace(tx, patient, order, now);
    const accepted = await readChangeOrder(tx, patient, id);
    return accepted ? done(await withEffect(tx, patient, accepted)) : refused("not_found");
  });
}

async function whyNot(
  tx: Tx,
  order: ChangeOrderFacts,
  booking: BookingFacts,
  taken: ClaimedCase,
): Promise<Refused<Refusal> | null> {
  const isOver = order.state === "expired";
  if (!isOver && !afterEvent(order.state, "accept").ok)
    return refused("not_proposed", { state: order.state });
  // What ended its time is said first: nobody was too late then.
  const isEnded = order.contract === "B" && booking.contracts.some((one) => one.withdrawnAt);
  if (!mayChange(booking.state, taken.stage) || isEnded)
    return refused("illegal_transition", { from: booking.state, stage: taken.stage });
  if (isOver) return refused("change_expired");
  const [clock] = await tx.$queryRaw<{ over: boolean }[]>`
    SELECT "expiresAt" <= now() AS over FROM "ChangeOrder" WHERE id = ${order.id}::uuid`;
  if (clock?.over !== false) return refused("change_expired");
  if (taken.stage !== "preparing") return null;
  const estimate = await tx.estimate.findUnique({
    where: { id: booking.estimateId },
    select: { review: { select: { answer: true } } },
  });
  return blocksTravel(estimate?.review.answer ?? null) ? refused("travel_blocked") : null;
}

function whyNotAgreed(
  order: ChangeOrderFacts,
  { hash, typedName, aboveCeiling }: AcceptChangeForm,
  names: readonly (string | null)[],
): Refused<Refusal> | null {
  if (order.hash !== hash.toLowerCase()) return refused("change_differs");
  if (!isSignature(typedName, names)) return refused("invalid_typed_name", { path: "typedName" });
  return isAboveCeiling(order) && !aboveCeiling
    ? refused("invalid_above_ceiling", { path: "aboveCeiling" })
    : null;
}

async function trace(tx: Tx, patient: Patient, order: ChangeOrderFacts, now: Date): Promise<void> {
  const { id, caseId, bookingId, hash, version } = order;
  const about = { caseId, objectType: "change_order", objectId: id, facts: { hash, version } };
  await writeAudit(tx, patient, "change.accepted", about);
  await noteCaseEvent(tx, patient, { caseId, kind: "change_accepted" });
  await closeTasks(tx, caseId, "follow_change", now);
  await enqueue(tx, "document.change", { changeOrderId: id });
  await notify(tx, { kind: "booking", caseId, bookingId });
  if (order.contract === "A") await announceToCentre(tx, order, "change_answered");
}
