import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { decided } from "./create-shipment";
import { createShipmentForm, type LogisticsEventForm } from "./forms";
import { edgeFor } from "./machine";
import { decideSupply } from "@/lib/guides/medicine-rules";
import type { ShipmentRow } from "./queries";
import { markDelivered } from "./read-part";
import { SHIPMENT_EDGES, type ShipmentState } from "./shipment";

type MoveRefusal =
  | "not_found"
  | "forbidden"
  | "illegal_transition"
  | "pharmacy_missing"
  | "booking_cancelled";

const SENDING: readonly ShipmentState[] = ["packed", "in_transit"];

/** Something happened to a parcel. `check` asks the rules and ends in `cleared` or `blocked`. */
export async function moveShipment(
  coordinator: Coordinator,
  id: string,
  word: string,
  form: LogisticsEventForm,
  now: Date,
): Promise<Outcome<ShipmentRow, MoveRefusal>> {
  return asPerson(coordinator, async (tx) => {
    const named = await tx.shipment.findUnique({ where: { id }, select: { bookingId: true } });
    if (!named || !(await claimTrip(tx, named.bookingId))) return refused("not_found");
    const row = await tx.shipment.findUnique({ where: { id } });
    if (!row) return refused("not_found");
    const edge = edgeFor(SHIPMENT_EDGES, row.state, word, "coordinator");
    if (!edge.ok) return edge;
    if (SENDING.includes(edge.value.to) && (await isOver(tx, row.bookingId)))
      return refused("booking_cancelled");
    // Only a licensed pharmacy dispenses and sends.
    if (edge.value.to === "packed" && row.mode === "post" && !row.supplierId)
      return refused("pharmacy_missing");
    const change = edge.value.to === "rule_check" ? ruleCheck(row, now) : { state: edge.value.to };
    const { carrier, tracking } = form;
    const to = change.state;
    await tx.shipment.updateMany({
      where: { id, state: row.state },
      data: {
        ...change,
        ...(carrier ? { carrier } : {}),
        ...(tracking ? { tracking } : {}),
        ...(to === "delivered" ? { deliveredAt: now } : {}),
      },
    });
    const { caseId, bookingId } = row;
    if (to === "delivered") await markDelivered(tx, coordinator, bookingId, "medicine_supply", now);
    await writeAudit(tx, coordinator, `shipment.${to}`, { caseId, objectType: "shipment", objectId: id });
    await noteCaseEvent(tx, coordinator, { caseId, kind: `shipment_${to}` });
    await notify(tx, { kind: "booking", caseId, bookingId });
    const moved = await tx.shipment.findUnique({ where: { id } });
    return moved ? done(moved) : refused("not_found");
  });
}

/** Nothing is packed or sent for a trip that was called off, nor for a patient who died. */
async function isOver(tx: Tx, bookingId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ over: boolean }[]>`
    SELECT b.state = 'cancelled' OR c.stage = 'deceased' AS over
      FROM "Booking" b JOIN "Case" c ON c.id = b."caseId" WHERE b.id = ${bookingId}::uuid`;
  return rows[0]?.over === true;
}

function ruleCheck(row: ShipmentRow, now: Date): { state: ShipmentState; blockReason: string | null } {
  const known = createShipmentForm
    .pick({ mode: true, items: true })
    .safeParse({ mode: row.mode, items: row.items });
  if (!known.success) return { state: "blocked", blockReason: "items_missing" };
  const decision = decideSupply(known.data.mode, known.data.items, row.destination, now);
  return decision.ok
    ? { state: "cleared", ...decided(decision.value) }
    : { state: "blocked", blockReason: decision.reason };
}
