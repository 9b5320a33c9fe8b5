import "server-only";
import type { Coordinator, System } from "@/lib/kernel/actor";
import { addHours } from "@/lib/kernel/day";
import { newToken } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { expireHoldsOn } from "@/lib/bookings/expire-holds";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { systemActor } from "@/lib/infra/session";
import { notify } from "@/lib/infra/events";
import { claimResource, isServedAs, releaseClaim } from "./claim-resource";
import { demandOfRide, type Place } from "./fitness";
import type { LogisticsEventForm } from "./forms";
import { edgeFor } from "./machine";
import type { TransferRow } from "./queries";
import { markDelivered } from "./read-part";
import { RIDE_HOURS, TRANSFER_EDGES } from "./transfer";

export type MoveRefusal =
  | "not_found"
  | "forbidden"
  | "illegal_transition"
  | "resource_busy"
  | "invalid_resource"
  | "resource_unfit"
  | "terms_missing"
  | "booking_cancelled";

export interface Moved<Row> {
  row: Row;
  /** The secret part of the link for whoever drives or interprets: told once, kept as a hash. */
  linkToken: string | null;
}

/** Something happened to a ride: assigned, waiting, picked up, done, missed, failed, cancelled. */
export async function moveTransfer(
  actor: Coordinator | System,
  id: string,
  word: string,
  form: LogisticsEventForm,
  now: Date,
): Promise<Outcome<Moved<TransferRow>, MoveRefusal>> {
  const answer = await tryToMove(actor, id, word, form, now);
  if (answer.ok || answer.reason !== "resource_busy" || !form.resourceId) return answer;
  // Whoever is only kept by a hold past its time is free.
  const ended = await expireHoldsOn(systemActor("hold"), form.resourceId);
  return ended > 0 ? tryToMove(actor, id, word, form, now) : answer;
}

async function tryToMove(
  actor: Coordinator | System,
  id: string,
  word: string,
  form: LogisticsEventForm,
  now: Date,
): Promise<Outcome<Moved<TransferRow>, MoveRefusal>> {
  return asPerson(actor, async (tx) => {
    const named = await tx.transfer.findUnique({ where: { id }, select: { bookingId: true } });
    if (!named || !(await claimTrip(tx, named.bookingId))) return refused("not_found");
    const row = await tx.transfer.findUnique({ where: { id } });
    if (!row) return refused("not_found");
    const edge = edgeFor(
      TRANSFER_EDGES,
      row.state,
      word,
      actor.role === "system" ? "supplier" : "coordinator",
    );
    if (!edge.ok) return edge;
    const { to } = edge.value;
    let linkToken: string | null = null;
    let more: Partial<Pick<TransferRow, "resourceId" | "claimId" | "linkHash">> = {};
    if (to === "assigned") {
      const driver = await assign(tx, row, form.resourceId ?? row.resourceId);
      if (!driver.ok) return driver;
      linkToken = newToken();
      more = { ...driver.value, linkHash: sha256(linkToken) };
    }
    if (to === "cancelled" || to === "failed") await releaseClaim(tx, row.claimId);
    await tx.transfer.updateMany({ where: { id, state: row.state }, data: { state: to, ...more } });
    await trace(tx, actor, row, to, now);
    const moved = await tx.transfer.findUnique({ where: { id } });
    return moved ? done({ row: moved, linkToken }) : refused("not_found");
  });
}

async function assign(tx: Tx, row: TransferRow, resourceId: string | null) {
  if (!resourceId) return refused("invalid_resource", { path: "resourceId" });
  const demandAt = (place: Place) => demandOfRide(row, place);
  if (resourceId === row.resourceId && row.claimId)
    return (await isServedAs(tx, row, demandAt))
      ? done({})
      : refused("resource_unfit", { path: "resourceId" });
  return claimResource(tx, {
    bookingId: row.bookingId,
    resourceId,
    purpose: row.direction,
    startsAt: row.pickupAt,
    endsAt: addHours(row.pickupAt, RIDE_HOURS),
    formerClaimId: row.claimId,
    demandAt,
  });
}

async function trace(
  tx: Tx,
  actor: Coordinator | System,
  row: TransferRow,
  to: string,
  now: Date,
): Promise<void> {
  const { id, caseId, bookingId } = row;
  if (to === "done") await markDelivered(tx, actor, bookingId, `transfer_${row.direction}`, now);
  await writeAudit(tx, actor, `transfer.${to}`, { caseId, objectType: "transfer", objectId: id });
  await noteCaseEvent(tx, actor, { caseId, kind: `transfer_${to}` });
  await notify(tx, { kind: "booking", caseId, bookingId });
}
