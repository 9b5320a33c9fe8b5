import "server-only";
import type { Coordinator, Patient } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { removeFile } from "@/lib/infra/record-store";
import { isEnded } from "@/lib/cases/case";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { isChecklistItem } from "./checklist";
import { PATIENT_UNTIL } from "./record";
import { ownRecordsOf, recordsOf } from "./scope";
import { settleItem } from "./settle-item";

/**
 * Erases a file for good: its key is dropped in the transaction, so no copy of the bytes opens any more; the bytes
 * follow at once, and the sweep sees to them if this process dies in between. The row stays and says when.
 */
export async function eraseRecord(
  person: Patient | Coordinator,
  recordId: string,
  now: Date,
): Promise<Outcome<null, "not_found" | "illegal_transition">> {
  const erased = await asPerson(person, async (tx) => {
    const record = await tx.record.findFirst({
      where: { AND: [{ id: recordId, erasedAt: null }, erasableBy(person)] },
      select: { caseId: true, item: true, state: true, case: { select: { stage: true } } },
    });
    if (!record) return refused("not_found");
    const { stage } = record.case;
    if (person.role === "patient" && !PATIENT_UNTIL.includes(stage))
      return refused("illegal_transition", { stage });
    // An archive goes with everything that was in it, also with what is being taken out of it just now.
    await tx.$queryRaw`SELECT 1 FROM "Record" WHERE id = ${recordId}::uuid FOR UPDATE`;
    const files = await tx.record.findMany({
      where: { AND: [{ containerId: recordId, erasedAt: null }, erasableBy(person)] },
      select: { id: true, item: true },
    });
    if (isEnded(stage) || record.state === "uploading") return refused("illegal_transition", { stage });
    const ours = { OR: [{ id: recordId }, { containerId: recordId }] };
    const { count } = await tx.record.updateMany({
      where: { AND: [ours, { erasedAt: null }, erasableBy(person)] },
      data: { erasedAt: now, wrappedKey: null, findings: [], header: {}, discFiles: [] },
    });
    if (count === 0) return refused("not_found");
    for (const one of [{ id: recordId, item: record.item }, ...files])
      await reopenItem(tx, record.caseId, one.item, one.id);
    await writeAudit(tx, person, "record.erased", {
      caseId: record.caseId,
      objectType: "record",
      objectId: recordId,
      facts: { state: record.state, files: files.length },
    });
    await noteCaseEvent(tx, person, { caseId: record.caseId, kind: "record_erased" });
    await notify(tx, { kind: "record", caseId: record.caseId, recordId });
    return done([recordId, ...files.map(({ id }) => id)]);
  });
  if (!erased.ok) return erased;
  for (const id of erased.value) await removeFile(id);
  return done(null);
}

export function erasableBy(person: Patient | Coordinator) {
  return person.role === "coordinator" ? recordsOf(person) : ownRecordsOf(person);
}

/** A line whose own file is gone is open again. */
export async function reopenItem(
  tx: Tx,
  caseId: string,
  item: string | null,
  recordId: string,
): Promise<void> {
  if (item === null || !isChecklistItem(item)) return;
  const kept = await tx.checklistItem.findUnique({ where: { caseId_item: { caseId, item } } });
  if (kept?.recordId === recordId) await settleItem(tx, { caseId, item, status: "missing" });
}
