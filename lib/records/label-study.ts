import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudits } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { reopenItem } from "./erase-record";
import type { LabelStudyForm } from "./forms";
import { inStudy, ownRecordsOf } from "./scope";
import { settleItem } from "./settle-item";

/** Puts every file of an examination that nobody has judged yet under one line of the checklist, or under none. */
export function labelStudy(
  patient: Patient,
  caseId: string,
  { studyUid, item }: LabelStudyForm,
): Promise<Outcome<{ labelled: number }, "not_found" | "illegal_transition">> {
  return asPerson(patient, async (tx) => {
    const mine = { AND: [{ caseId, erasedAt: null }, inStudy(studyUid), ownRecordsOf(patient)] };
    const before = await tx.record.findMany({
      where: mine,
      select: { id: true, item: true, state: true },
      orderBy: { id: "asc" },
    });
    if (before.length === 0) return refused("not_found");
    const changed = await tx.record.updateManyAndReturn({
      where: { AND: [mine, { state: "readable" }] },
      data: { item },
      select: { id: true },
    });
    if (changed.length === 0) return refused("illegal_transition", { state: before[0]?.state ?? "" });
    const ids = new Set(changed.map(({ id }) => id));
    const meant = before.filter(({ id }) => ids.has(id));
    for (const file of meant.filter((one) => one.item !== item))
      await reopenItem(tx, caseId, file.item, file.id);
    const [first] = meant;
    if (item !== null && first) await settleItem(tx, { caseId, item, status: "given", recordId: first.id });
    const facts = { to: item };
    const traces = meant.map(({ id }) => ({ caseId, objectType: "record", objectId: id, facts }));
    await writeAudits(tx, patient, "record.labelled", traces);
    await notify(tx, { kind: "case", caseId });
    return done({ labelled: changed.length });
  });
}
