import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { enqueue } from "@/lib/infra/jobs";
import { damageOf, type Finding, findingsOf, isBeingRead } from "./finding";
import { recordInside } from "./queries";
import { recordsOf } from "./scope";
import type { RecordRow } from "./views/record";

/**
 * Asks that a damaged file be read again, after somebody put its bytes back. The reading is a job, because a file may
 * have gigabytes; until it ends the mark of damage says since when it runs. Asked twice, it is read once.
 */
export function askRestore(
  coordinator: Coordinator,
  recordId: string,
  now: Date,
): Promise<Outcome<RecordRow, "not_found" | "illegal_transition">> {
  return asPerson(coordinator, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Record" WHERE id = ${recordId}::uuid FOR NO KEY UPDATE`;
    const record = await recordInside(tx, coordinator, recordId);
    if (!record) return refused("not_found");
    const findings = await findingsKept(tx, recordId);
    const mark = damageOf(findings);
    // An archive that became its files meanwhile has no bytes of its own to read.
    if (!mark || !(await hasBytes(tx, recordId)))
      return refused("illegal_transition", { state: record.state });
    if (isBeingRead(mark, now)) return done(record);
    const { readAt: _, ...known } = mark.facts;
    const asked = { ...mark, facts: { ...known, askedAt: now.toISOString() } };
    await tx.record.updateMany({
      where: { AND: [{ id: recordId, erasedAt: null }, recordsOf(coordinator)] },
      data: { findings: findings.map((one) => (one === mark ? asked : one)) },
    });
    await enqueue(tx, "record.restore", { recordId, askedById: coordinator.personId });
    const { caseId } = record;
    await writeAudit(tx, coordinator, "record.restore_asked", {
      caseId,
      objectType: "record",
      objectId: recordId,
    });
    await notify(tx, { kind: "record", caseId, recordId });
    const waiting = await recordInside(tx, coordinator, recordId);
    return waiting ? done(waiting) : refused("not_found");
  });
}

/** As they are kept: those a reader sees of a disc's index are told anew at each look. */
async function findingsKept(tx: Tx, id: string): Promise<Finding[]> {
  const row = await tx.record.findUnique({ where: { id }, select: { findings: true } });
  return findingsOf(row?.findings);
}

async function hasBytes(tx: Tx, id: string): Promise<boolean> {
  return (await tx.record.count({ where: { id, wrappedKey: { not: null } } })) > 0;
}
