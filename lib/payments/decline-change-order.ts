import "server-only";
import type { ClinicMember, Coordinator, Patient } from "@/lib/kernel/actor";
import { addHours } from "@/lib/kernel/day";
import { type Outcome, type Refused, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { afterEvent } from "@/lib/bookings/price-change";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { addTask } from "@/lib/cases/add-task";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { claimCase, type ClaimedCase, decidesFor } from "@/lib/estimates/claim-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { announceToCentre, announceToFamily } from "./announce-change";
import { closeTasks } from "./expire-change-orders";
import type { DeclineChangeForm } from "./forms";
import {
  type ChangeOrderFacts,
  type ChangeOrderRead,
  readChangeOrder,
  withEffect,
} from "./read-change-orders";

type Decliner = Patient | ClinicMember | Coordinator;
type Refusal = "not_found" | "forbidden" | "not_proposed";

/** With a patient in the house the two sides are brought together sooner. */
const TALK_HOURS = { away: 24, on_site: 4 } as const;

/**
 * The patient says no, or whoever proposed it takes it back: what was agreed stands at its price. After a patient's no
 * the owner of the case speaks with both sides: as agreed, another proposal, or the refund of what is not done. An
 * emergency is refused by the owner alone, when its proof never came.
 */
export async function declineChange(
  actor: Decliner,
  id: string,
  form: DeclineChangeForm,
  now: Date,
): Promise<Outcome<ChangeOrderRead, Refusal>> {
  return asPerson(actor, async (tx) => {
    const seen = await readChangeOrder(tx, actor, id);
    if (!seen) return refused("not_found");
    const taken = await claimCase(tx, seen.caseId);
    if (!taken) return refused("forbidden");
    await claimTrip(tx, seen.bookingId);
    const order = await readChangeOrder(tx, actor, id);
    if (!order) return refused("not_found");
    const reason = await whyNot(tx, actor, order, taken);
    if (reason) return reason;
    const { count } = await tx.changeOrder.updateMany({
      where: { id, OR: [{ state: "proposed" }, { state: "emergency_applied", provenAt: null }] },
      data: {
        ...{ state: "declined", answeredAt: now, answeredById: actor.personId, answeredRole: actor.role },
        declineReason: form.reason ?? null,
      },
    });
    if (count === 0) return refused("not_proposed", { state: order.state });
    await goOn(tx, actor, order, taken, now);
    const declined = await readChangeOrder(tx, actor, id);
    return declined ? done(await withEffect(tx, actor, declined)) : refused("not_found");
  });
}

async function whyNot(
  tx: Tx,
  actor: Decliner,
  order: ChangeOrderFacts,
  taken: ClaimedCase,
): Promise<Refused<Refusal> | null> {
  if (actor.role === "patient" && !(await decidesFor(tx, actor.personId, taken))) return refused("forbidden");
  if (actor.role === "coordinator" && taken.ownerId !== actor.personId) return refused("forbidden");
  const isEmergency = order.state === "emergency_applied";
  if (!afterEvent(order.state, "decline").ok || (isEmergency && order.provenAt))
    return refused("not_proposed", { state: order.state });
  return isEmergency && actor.role !== "coordinator" ? refused("forbidden") : null;
}

async function goOn(
  tx: Tx,
  actor: Decliner,
  order: ChangeOrderFacts,
  taken: ClaimedCase,
  now: Date,
): Promise<void> {
  const { id, caseId, bookingId, version, state } = order;
  const about = { caseId, objectType: "change_order", objectId: id, facts: { version, from: state } };
  await writeAudit(tx, actor, "change.declined", about);
  await noteCaseEvent(tx, actor, { caseId, kind: "change_declined" });
  await closeTasks(tx, caseId, state === "proposed" ? "follow_change" : "prove_emergency", now);
  await notify(tx, { kind: "booking", caseId, bookingId });
  if (actor.role !== "patient") await announceToFamily(tx, order, "change_withdrawn", ["owner"], now);
  if (order.contract === "A") await announceToCentre(tx, order, "change_answered");
  if (actor.role !== "patient") return;
  const hours = taken.stage === "on_site" ? TALK_HOURS.on_site : TALK_HOURS.away;
  await addTask(tx, { caseId, kind: "change_declined", ownerId: taken.ownerId, dueAt: addHours(now, hours) });
}
