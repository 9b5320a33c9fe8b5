import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import type { CaseStage } from "./case";
import { noteCaseEvent } from "./move-case";

/** What the centre has delivered by then, as the estimate names it. */
const DELIVERED: Partial<Record<CaseStage, readonly string[]>> = {
  treated: ["treatment", "device", "workup"],
  discharged: ["treatment", "device", "workup", "stay"],
  // Who dies after the treatment has been treated and has lain there; what of the stay was not used the bill says.
  deceased: ["stay"],
};

const TREATED = { services: { some: { kind: "treatment", deliveredAt: { not: null } } } } as const;

/**
 * What a treatment that took place means for its booking, in the transaction that moves the case: what the centre has
 * delivered counts as delivered, and with the discharge the booking is completed. After a death it stays, so that its services end
 * by the refund rules. Other stages change nothing.
 */
export async function endTreatment(
  tx: Tx,
  actor: Actor,
  { caseId, to }: { caseId: string; to: CaseStage },
  now: Date,
): Promise<void> {
  const kinds = DELIVERED[to];
  const booking =
    kinds &&
    (await tx.booking.findFirst({
      where: { caseId, state: "confirmed", ...(to === "deceased" ? TREATED : {}) },
      select: { id: true },
    }));
  if (!booking) return;
  const { id: bookingId } = booking;
  await tx.bookingService.updateMany({
    where: { bookingId, kind: { in: [...kinds] }, deliveredAt: null },
    data: { deliveredAt: now },
  });
  if (to !== "discharged") return;
  await tx.booking.updateMany({
    where: { id: bookingId, state: "confirmed" },
    data: { state: "completed", completedAt: now },
  });
  await writeAudit(tx, actor, "booking.completed", { caseId, objectType: "booking", objectId: bookingId });
  await noteCaseEvent(tx, actor, { caseId, kind: "booking_completed" });
  await notify(tx, { kind: "booking", caseId, bookingId });
}
