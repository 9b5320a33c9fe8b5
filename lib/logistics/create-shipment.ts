import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import type { CreateShipmentForm } from "./forms";
import { decideSupply, type MedicineItem } from "@/lib/guides/medicine-rules";
import type { ShipmentRow } from "./queries";
import { findLiveBooking } from "./read-part";

/** Plans medicines for the way home. The rules run first: a blocked way is refused, not stored. */
export async function createShipment(
  coordinator: Coordinator,
  form: CreateShipmentForm,
  now: Date,
): Promise<Outcome<ShipmentRow, "not_found" | "booking_cancelled" | "supply_blocked">> {
  return asPerson(coordinator, async (tx) => {
    const booking = await findLiveBooking(tx, form.bookingId);
    if (!booking.ok) return booking;
    const { id: bookingId, caseId, destination } = booking.value;
    const { mode } = form;
    const decision = decideSupply(mode, form.items, destination, now);
    if (!decision.ok) return refused("supply_blocked", { mode, why: decision.reason });
    const created = await tx.shipment.create({
      data: {
        id: newId(),
        bookingId,
        caseId,
        mode,
        destination,
        state: "cleared",
        items: storedItems(form.items),
        ...decided(decision.value),
      },
    });
    await writeAudit(tx, coordinator, "shipment.cleared", {
      caseId,
      objectType: "shipment",
      objectId: created.id,
    });
    return done(created);
  });
}

/** Items as JSON without what was not said. */
export function storedItems(items: readonly MedicineItem[]) {
  return items.map(({ inn, strength, quantity, perDay, class: kind }) => ({
    ...{ inn, strength, quantity, perDay },
    ...(kind ? { class: kind } : {}),
  }));
}

export function decided({
  ruleId,
  ruleVersion,
  papers,
}: {
  ruleId: string;
  ruleVersion: string;
  papers: string[];
}) {
  return { ruleId, ruleVersion, papers, blockReason: null };
}
