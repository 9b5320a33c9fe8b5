import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { asPerson } from "@/lib/infra/db";
import { isServedAs, releaseClaim } from "./claim-resource";
import { demandOfRide } from "./fitness";
import type { EditTransferForm } from "./forms";
import type { TransferRow } from "./queries";

const BEFORE_PICK_UP = ["requested", "assigned", "driver_waiting"] as const;

/**
 * Corrects places, flight and needs of a ride until the patient sits in the car. A driver who was only kept free and cannot do it
 * is let go; one who was told of the ride stays, and another is assigned first.
 */
export async function editTransfer(
  coordinator: Coordinator,
  id: string,
  form: EditTransferForm,
): Promise<Outcome<TransferRow, "not_found" | "illegal_transition" | "resource_unfit">> {
  const data = Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined));
  return asPerson(coordinator, async (tx) => {
    const named = await tx.transfer.findUnique({ where: { id }, select: { bookingId: true } });
    if (!named || !(await claimTrip(tx, named.bookingId))) return refused("not_found");
    const before = await tx.transfer.findUniqueOrThrow({ where: { id } });
    const isServed = await isServedAs(tx, before, (place) => demandOfRide({ ...before, ...data }, place));
    const isOpen = BEFORE_PICK_UP.some((state) => state === before.state);
    if (isOpen && !isServed && before.state !== "requested") return refused("resource_unfit");
    const { count } = await tx.transfer.updateMany({
      where: { id, state: { in: [...BEFORE_PICK_UP] } },
      data: isServed ? data : { ...data, resourceId: null, claimId: null },
    });
    if (count > 0 && !isServed) await releaseClaim(tx, before.claimId);
    const row = await tx.transfer.findUniqueOrThrow({ where: { id } });
    if (count === 0) return refused("illegal_transition", { from: row.state, event: "edit" });
    await writeAudit(tx, coordinator, "transfer.edited", {
      caseId: row.caseId,
      objectType: "transfer",
      objectId: id,
    });
    return done(row);
  });
}
