import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import type { AssignPayeeForm } from "./payee-form";
import { readReleasable } from "./read-releasable";

/**
 * Names which of several suppliers who served one line is paid for it, and why; what is owed between them is theirs to settle.
 * Its release still needs two people. Finance reaches no ride: the system reads who served, the audit row
 * names the person.
 */
export async function assignPayee(
  finance: Finance,
  { serviceId, supplierId, reason }: AssignPayeeForm,
): Promise<Outcome<{ id: string }, "not_found" | "release_stale">> {
  return asPerson(systemActor("releases"), async (tx) => {
    const named = await tx.bookingService.findUnique({
      where: { id: serviceId },
      select: { bookingId: true, caseId: true },
    });
    if (!named || !(await claimTrip(tx, named.bookingId))) return refused("not_found");
    const { waiting } = await readReleasable(tx, [named.bookingId]);
    const line = waiting.find((one) => one.serviceId === serviceId && one.reason === "several_suppliers");
    if (!line?.suppliers?.some((supplier) => supplier.id === supplierId)) return refused("release_stale");
    const { count } = await tx.bookingService.updateMany({
      where: { id: serviceId, supplierId: null },
      data: { supplierId, payeeReason: reason, payeeNamedById: finance.personId },
    });
    if (count === 0) return refused("release_stale");
    await writeAudit(tx, finance, "release.payee_named", {
      ...{ caseId: named.caseId, objectType: "booking_service", objectId: serviceId },
      facts: { supplierId },
    });
    return done({ id: serviceId });
  });
}
