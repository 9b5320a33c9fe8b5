import "server-only";
import type { System } from "@/lib/kernel/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import type { Damage } from "@/lib/infra/record-store-driver";
import { isChecklistItem } from "./checklist";
import { finding, findingsOf } from "./finding";
import type { RecordState, RejectReason } from "./record";
import { settleItem } from "./settle-item";

const REASON: RejectReason = "unreadable";

/**
 * Notes on the record that its stored bytes are not those that were sent: it is refused as unreadable, its line of the
 * checklist asks for it again, and whoever looks at the case sees why. Told twice, noted once; told late, when every byte
 * has been found right since then, not at all.
 */
export async function noteDamage(
  system: System,
  { recordId, damage, metAt }: { recordId: string; damage: Damage; metAt: string },
  now: Date,
): Promise<void> {
  await asPerson(system, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Record" WHERE id = ${recordId}::uuid FOR NO KEY UPDATE`;
    const record = await tx.record.findFirst({
      where: { id: recordId, state: { not: "uploading" }, erasedAt: null },
      select: { caseId: true, item: true, state: true, findings: true },
    });
    const known = findingsOf(record?.findings);
    if (!record || known.some((one) => one.code === "damaged")) return;
    const since = { event: "record.restored", objectId: recordId, at: { gt: new Date(metAt) } };
    if ((await tx.auditEvent.count({ where: since })) > 0) return;
    const { caseId, item, state } = record;
    const findings = [...known, finding("damaged", { was: state })];
    await tx.record.update({ where: { id: recordId }, data: { ...verdictOn(state, now), findings } });
    if (item !== null && isChecklistItem(item)) {
      const kept = await tx.checklistItem.findUnique({ where: { caseId_item: { caseId, item } } });
      const refusal = { status: "rejected", recordId, reason: REASON } as const;
      if (kept?.recordId === recordId) await settleItem(tx, { caseId, item, ...refusal });
    }
    const about = { caseId, objectType: "record", objectId: recordId };
    await writeAudit(tx, system, "record.damaged", { ...about, facts: { damage, state } });
    await notify(tx, { kind: "record", caseId, recordId });
    await notify(tx, { kind: "case", caseId });
  });
}

/** What was sound is refused; what was under its check ends there. Every other word on it stands. */
function verdictOn(state: RecordState, now: Date) {
  if (state === "scanning") return { state: "unreadable" as const, readAt: now };
  if (state !== "readable" && state !== "accepted") return {};
  return { state: "rejected" as const, rejectReason: REASON, judgedById: null, judgedAt: now };
}
