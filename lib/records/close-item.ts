import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { type ChecklistLine, isChecklistItem } from "./checklist";
import type { CloseItemForm } from "./forms";
import { linesOf } from "./queries";
import { settleItem } from "./settle-item";

/** Closes a gap of the checklist with a reason: not needed here, or it does not exist. */
export async function closeItem(
  coordinator: Coordinator,
  { caseId, item }: { caseId: string; item: string },
  form: CloseItemForm,
  now: Date,
): Promise<Outcome<ChecklistLine, "not_found" | "illegal_transition" | "line_accepted">> {
  if (!isChecklistItem(item)) return refused("not_found");
  return asPerson(coordinator, async (tx) => {
    const found = await tx.case.findFirst({
      where: { id: caseId, ownerId: coordinator.personId },
      select: { closedAt: true },
    });
    if (!found) return refused("not_found");
    if (found.closedAt && found.closedAt <= now) return refused("illegal_transition");
    const { status, reason } = form;
    // The file of this line was accepted: closing the line would take it out of the answer.
    const kept = await lockedItem(tx, caseId, item);
    if (kept?.status === "accepted") return refused("line_accepted");
    await settleItem(tx, { caseId, item, status, reason, closedById: coordinator.personId });
    await writeAudit(tx, coordinator, "checklist.closed", {
      caseId,
      objectType: "checklist_item",
      facts: { item, status },
    });
    await noteCaseEvent(tx, coordinator, { caseId, kind: "checklist_closed", note: item });
    const line = (await linesOf(tx, caseId)).find((one) => one.item === item);
    return line ? done(line) : refused("not_found");
  });
}

/** The line as it stands, for this transaction alone: a file accepted meanwhile is seen. */
async function lockedItem(tx: Tx, caseId: string, item: string): Promise<{ status: string } | null> {
  const rows = await tx.$queryRaw<{ status: string }[]>`
    SELECT status::text AS status FROM "ChecklistItem"
     WHERE "caseId" = ${caseId}::uuid AND item = ${item} FOR UPDATE`;
  return rows[0] ?? null;
}
