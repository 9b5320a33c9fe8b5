import "server-only";
import type { Coordinator, Patient } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudits } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { removeFile } from "@/lib/infra/record-store";
import { isEnded } from "@/lib/cases/case";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { erasableBy, reopenItem } from "./erase-record";
import { PATIENT_UNTIL } from "./record";
import { inStudy } from "./scope";

/**
 * Erases every file of an examination that is this person's to erase, keys first, as one file is erased. The timeline
 * tells it once, each file leaves its own trace.
 */
export async function eraseStudy(
  person: Patient | Coordinator,
  caseId: string,
  studyUid: string,
  now: Date,
): Promise<Outcome<{ erased: number }, "not_found" | "illegal_transition">> {
  const erased = await asPerson(person, async (tx) => {
    const mine = { AND: [{ caseId, erasedAt: null }, inStudy(studyUid), erasableBy(person)] };
    const found = await tx.record.findFirst({ where: mine, select: { case: { select: { stage: true } } } });
    if (!found) return refused("not_found");
    const { stage } = found.case;
    const isOver = isEnded(stage) || (person.role === "patient" && !PATIENT_UNTIL.includes(stage));
    if (isOver) return refused("illegal_transition", { stage });
    const files = await tx.record.updateManyAndReturn({
      where: mine,
      data: { erasedAt: now, wrappedKey: null, findings: [], header: {}, discFiles: [] },
      select: { id: true, item: true },
    });
    if (files.length === 0) return refused("not_found");
    for (const { id, item } of files) await reopenItem(tx, caseId, item, id);
    const traces = files.map(({ id: objectId }) => ({ caseId, objectType: "record", objectId }));
    await writeAudits(tx, person, "record.erased", traces);
    await noteCaseEvent(tx, person, { caseId, kind: "record_erased" });
    await notify(tx, { kind: "case", caseId });
    return done(files.map(({ id }) => id));
  });
  if (!erased.ok) return erased;
  for (const id of erased.value) await removeFile(id);
  return done({ erased: erased.value.length });
}
