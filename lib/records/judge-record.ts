import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import type { Prisma } from "@/lib/infra/generated/client";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { isChecklistItem } from "./checklist";
import { cleared, findingsOf, openQuestions, stopsUse } from "./finding";
import type { JudgeRecordForm } from "./forms";
import { recordInside } from "./queries";
import { judgeableFrom } from "./record";
import { recordsOf } from "./scope";
import { settleItem } from "./settle-item";
import type { RecordRow } from "./views/record";

type Refusal = "not_found" | "illegal_transition" | "needs_clearance" | "invalid_item";

/** A coordinator's word on a file: good for the heart team, or not and why. The checklist follows it. */
export async function judgeRecord(
  coordinator: Coordinator,
  recordId: string,
  form: JudgeRecordForm,
  now: Date,
): Promise<Outcome<RecordRow, Refusal>> {
  return asPerson(coordinator, async (tx) => {
    // What is noted of its bytes, or what its sender calls it, comes before or after this word, never between.
    await tx.$queryRaw`SELECT 1 FROM "Record" WHERE id = ${recordId}::uuid FOR NO KEY UPDATE`;
    const record = await recordToJudge(tx, coordinator, recordId);
    if (!record) return refused("not_found");
    const { state } = record;
    if (!judgeableFrom(form.state).includes(state)) return refused("illegal_transition", { state });
    const findings = findingsOf(record.findings);
    // A refusal may be taken back, but not what the check found.
    if (form.state === "accepted" && findings.some(stopsUse)) return refused("illegal_transition", { state });
    const item = form.state === "accepted" ? (form.item ?? record.item) : record.item;
    if (item !== null && !isChecklistItem(item)) return refused("invalid_item", { path: "item" });
    const questions = openQuestions(findings);
    if (form.state === "accepted" && questions.length > 0 && !form.clearance) {
      return refused("needs_clearance", { finding: questions[0]?.code ?? "" });
    }
    const { count } = await tx.record.updateMany({
      where: { AND: [{ id: recordId, state, erasedAt: null }, recordsOf(coordinator)] },
      data: { ...wordOf(form, record, coordinator, now), item },
    });
    if (count === 0) return refused("illegal_transition", { state });
    await settleItems(tx, record, item, form);
    await leaveTrace(tx, coordinator, record, form, form.state === "accepted" && questions.length > 0);
    const judged = await recordInside(tx, coordinator, recordId);
    return judged ? done(judged) : refused("not_found");
  });
}

type Judged = NonNullable<Awaited<ReturnType<typeof recordToJudge>>>;

/** The row as it is kept: the findings a reader sees of a disc's index are told anew at each look. */
function recordToJudge(tx: Tx, coordinator: Coordinator, id: string) {
  return tx.record.findFirst({
    where: { AND: [{ id, erasedAt: null }, recordsOf(coordinator)] },
    select: { id: true, caseId: true, state: true, item: true, findings: true },
  });
}

function wordOf(
  form: JudgeRecordForm,
  record: Judged,
  coordinator: Coordinator,
  now: Date,
): Prisma.RecordUncheckedUpdateManyInput {
  const common = { state: form.state, judgedById: coordinator.personId, judgedAt: now };
  if (form.state === "rejected") {
    return { ...common, rejectReason: form.note ? `${form.reason}: ${form.note}` : form.reason };
  }
  const findings = findingsOf(record.findings);
  return {
    ...common,
    rejectReason: null,
    ...(form.clearance ? { findings: cleared(findings, coordinator.personId, now) } : {}),
  };
}

async function settleItems(
  tx: Tx,
  record: Judged,
  item: string | null,
  form: JudgeRecordForm,
): Promise<void> {
  if (item === null || !isChecklistItem(item)) return;
  const { id: recordId, caseId } = record;
  if (form.state === "accepted") await settleItem(tx, { caseId, item, status: "accepted", recordId });
  else {
    const status = form.reason === "too_old" ? "too_old" : "rejected";
    await settleItem(tx, { caseId, item, status, recordId, reason: form.reason });
  }
}

async function leaveTrace(
  tx: Tx,
  coordinator: Coordinator,
  record: Judged,
  form: JudgeRecordForm,
  wasCleared: boolean,
): Promise<void> {
  const { id: recordId, caseId } = record;
  const reason = form.state === "rejected" ? form.reason : null;
  await writeAudit(tx, coordinator, `record.${form.state}`, {
    caseId,
    objectType: "record",
    objectId: recordId,
    facts: { from: record.state, ...(reason ? { reason } : {}), cleared: wasCleared },
  });
  await noteCaseEvent(tx, coordinator, { caseId, kind: `record_${form.state}`, note: reason });
  await notify(tx, { kind: "record", caseId, recordId });
}
