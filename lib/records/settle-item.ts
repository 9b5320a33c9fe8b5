import "server-only";
import type { Tx } from "@/lib/infra/db";
import { type ItemCode, type ItemStatus, ruleOf } from "./checklist";
import { limitsOfCase } from "./find-limits";

export interface SettledItem {
  caseId: string;
  item: ItemCode;
  status: ItemStatus;
  recordId?: string;
  reason?: string;
  closedById?: string;
}

/** What a new word may not undo: a file that arrives later never reopens a line somebody closed. */
const STANDS_AGAINST: Partial<Record<ItemStatus, readonly ItemStatus[]>> = {
  given: ["accepted", "waived", "not_available"],
  too_old: ["accepted", "waived", "not_available"],
  rejected: ["accepted", "waived", "not_available"],
};

/**
 * Writes down what happened to one line of a case's checklist. A refused file reopens the line only when it was that
 * line's own file; another file that was accepted stays accepted.
 */
export async function settleItem(tx: Tx, settled: SettledItem): Promise<void> {
  const { caseId, item, status } = settled;
  const kept = await tx.checklistItem.findUnique({ where: { caseId_item: { caseId, item } } });
  const found = await tx.case.findUnique({ where: { id: caseId }, select: { treatment: true } });
  const isOwnFile = kept?.recordId !== null && kept?.recordId === settled.recordId;
  if (kept && !isOwnFile && STANDS_AGAINST[status]?.includes(kept.status)) return;
  const { limits } = await limitsOfCase(tx, caseId);
  const { phase, need, maxAgeDays, position } = ruleOf(found?.treatment ?? null, item, limits);
  const said = {
    status,
    recordId: settled.recordId ?? null,
    reason: settled.reason ?? null,
    closedById: settled.closedById ?? null,
    closedAt: settled.closedById ? new Date() : null,
  };
  await tx.checklistItem.upsert({
    where: { caseId_item: { caseId, item } },
    create: { caseId, item, phase, need, maxAgeDays, position, ...said },
    update: said,
  });
}
