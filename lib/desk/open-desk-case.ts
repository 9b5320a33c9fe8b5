import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { addMinutes } from "@/lib/kernel/day";
import { isUuid } from "@/lib/kernel/ids";
import { writeAudit } from "@/lib/audit/write-audit";
import type { CaseFacts } from "@/lib/cases/case-facts";
import { caseInside } from "@/lib/cases/queries";
import { asPerson } from "@/lib/infra/db";

const ONE_LOOK_MINUTES = 10;

/**
 * Opens a case on the desk and leaves the trace of it; null for no case and for what is no id. Going from tab to tab
 * is one look: the patient reads who opened their case, not how often a page was turned.
 */
export async function openDeskCase(
  coordinator: Coordinator,
  id: string,
  now: Date,
): Promise<CaseFacts | null> {
  if (!isUuid(id)) return null;
  return asPerson(coordinator, async (tx) => {
    const found = await caseInside(tx, coordinator, id);
    if (!found) return null;
    const recent = await tx.auditEvent.findFirst({
      where: {
        actorId: coordinator.personId,
        at: { gt: addMinutes(now, -ONE_LOOK_MINUTES) },
        event: "case.viewed",
        caseId: id,
      },
      select: { id: true },
    });
    if (!recent)
      await writeAudit(tx, coordinator, "case.viewed", { caseId: id, objectType: "case", objectId: id });
    return found;
  });
}
