import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { type AuditFacts, writeAudits } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { isChecklistItem } from "./checklist";
import { cleared, findingsOf, openQuestions } from "./finding";
import type { JudgeStudyForm } from "./forms";
import { inStudy, recordsOf } from "./scope";
import { settleItem } from "./settle-item";

export interface JudgedStudy {
  judged: number;
  /** Left as they are, because a question about each waits for an answer of its own. */
  asked: number;
}

/**
 * A coordinator's word on all files of one examination that wait for it. Each file keeps its own row, guard and trace;
 * the timeline tells it once. Files with an open question (whose are they?) are left for a look of their own, unless
 * the coordinator says to have looked whose the examination is.
 */
export async function judgeStudy(
  coordinator: Coordinator,
  caseId: string,
  form: JudgeStudyForm,
  now: Date,
): Promise<Outcome<JudgedStudy, "not_found" | "illegal_transition">> {
  return asPerson(coordinator, async (tx) => {
    const mine = { AND: [{ caseId, erasedAt: null }, inStudy(form.studyUid), recordsOf(coordinator)] };
    const rows = await tx.record.findMany({
      where: mine,
      select: { id: true, state: true, item: true, findings: true },
    });
    if (rows.length === 0) return refused("not_found");
    const waiting = rows.filter(({ state }) => state === "readable");
    const isAsked = ({ findings }: { findings: unknown }) => openQuestions(findingsOf(findings)).length > 0;
    const questions = form.state === "accepted" ? waiting.filter(isAsked) : [];
    const hasLooked = form.state === "accepted" && form.clearance !== undefined;
    const asked = hasLooked ? [] : questions;
    const meant = waiting.filter((row) => !asked.includes(row)).map(({ id }) => id);
    const judged = await tx.record.updateManyAndReturn({
      where: { AND: [mine, { id: { in: meant }, state: "readable" }] },
      data: wordOf(form, coordinator, now),
      select: { id: true, item: true },
    });
    if (judged.length === 0 && asked.length === 0)
      return refused("illegal_transition", { state: form.state });
    const own = hasLooked ? questions.filter(({ id }) => judged.some((one) => one.id === id)) : [];
    await clear(tx, coordinator, own, now);
    const cleared = new Set(own.map(({ id }) => id));
    const traced = judged.map((one) => ({ ...one, wasCleared: cleared.has(one.id) }));
    if (judged.length > 0) await follow(tx, coordinator, caseId, form, traced);
    return done({ judged: judged.length, asked: asked.length });
  });
}

function wordOf(form: JudgeStudyForm, coordinator: Coordinator, now: Date) {
  const common = { state: form.state, judgedById: coordinator.personId, judgedAt: now };
  if (form.state === "accepted")
    return { ...common, rejectReason: null, ...(form.item ? { item: form.item } : {}) };
  return { ...common, rejectReason: form.note ? `${form.reason}: ${form.note}` : form.reason };
}

/** The slices of an examination mostly ask the same: one write answers all that do. */
async function clear(
  tx: Tx,
  { personId }: Coordinator,
  own: readonly { id: string; findings: unknown }[],
  now: Date,
): Promise<void> {
  for (const alike of Map.groupBy(own, ({ findings }) => JSON.stringify(findings)).values())
    await tx.record.updateMany({
      where: { id: { in: alike.map(({ id }) => id) } },
      data: { findings: cleared(findingsOf(alike[0]?.findings), personId, now) },
    });
}

async function follow(
  tx: Tx,
  coordinator: Coordinator,
  caseId: string,
  form: JudgeStudyForm,
  judged: readonly { id: string; item: string | null; wasCleared: boolean }[],
): Promise<void> {
  const reason = form.state === "rejected" ? form.reason : null;
  const status = form.state === "accepted" ? "accepted" : reason === "too_old" ? "too_old" : "rejected";
  for (const [item, files] of Map.groupBy(judged, (row) => row.item)) {
    const recordId = files[0]?.id;
    if (item === null || !isChecklistItem(item) || !recordId) continue;
    await settleItem(tx, { caseId, item, status, recordId, ...(reason ? { reason } : {}) });
  }
  const facts = { from: "readable", ...(reason ? { reason } : {}), study: true };
  const about = ({ id, wasCleared }: (typeof judged)[number]): AuditFacts => ({
    caseId,
    objectType: "record",
    objectId: id,
    facts: { ...facts, cleared: wasCleared },
  });
  await writeAudits(tx, coordinator, `record.${form.state}`, judged.map(about));
  await noteCaseEvent(tx, coordinator, { caseId, kind: `record_${form.state}`, note: reason });
  await notify(tx, { kind: "case", caseId });
}
