import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { type ItemCode, isChecklistItem } from "./checklist";
import type { LabelRecordForm } from "./forms";
import { recordInside } from "./queries";
import { ownRecordsOf } from "./scope";
import { settleItem } from "./settle-item";
import type { RecordRow } from "./views/record";

/** Until a coordinator has judged a file, whoever sent it may say what it is. */
const UNJUDGED = ["uploading", "scanning", "readable"] as const;

/** Puts a file under a line of the checklist, or under none: the sender knows best what they sent. */
export function labelRecord(
  patient: Patient,
  recordId: string,
  form: LabelRecordForm,
): Promise<Outcome<RecordRow, "not_found" | "illegal_transition">> {
  return asPerson(patient, async (tx) => {
    // The check of the same file writes its line too: one after the other.
    await tx.$queryRaw`SELECT 1 FROM "Record" WHERE id = ${recordId}::uuid FOR NO KEY UPDATE`;
    const mine = { AND: [{ id: recordId, erasedAt: null }, ownRecordsOf(patient)] };
    const record = await tx.record.findFirst({
      where: mine,
      select: { caseId: true, state: true, item: true },
    });
    if (!record) return refused("not_found");
    const { count } = await tx.record.updateMany({
      where: { AND: [mine, { state: { in: [...UNJUDGED] } }] },
      data: { item: form.item },
    });
    if (count === 0) return refused("illegal_transition", { state: record.state });
    if (form.item !== record.item) await moveLine(tx, record, form.item, recordId);
    await writeAudit(tx, patient, "record.labelled", {
      caseId: record.caseId,
      objectType: "record",
      objectId: recordId,
      facts: { from: record.item, to: form.item },
    });
    await notify(tx, { kind: "record", caseId: record.caseId, recordId });
    const labelled = await recordInside(tx, patient, recordId);
    return labelled ? done(labelled) : refused("not_found");
  });
}

interface Labelled {
  caseId: string;
  state: string;
  item: string | null;
}

async function moveLine(tx: Tx, record: Labelled, item: ItemCode | null, recordId: string): Promise<void> {
  const { caseId, item: before } = record;
  if (before !== null && isChecklistItem(before)) {
    const kept = await tx.checklistItem.findUnique({ where: { caseId_item: { caseId, item: before } } });
    if (kept?.recordId === recordId) await settleItem(tx, { caseId, item: before, status: "missing" });
  }
  // A file that is still on its way is counted when its check is done.
  if (item !== null && record.state === "readable") {
    await settleItem(tx, { caseId, item, status: "given", recordId });
  }
}
