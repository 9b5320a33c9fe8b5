import "server-only";
import { createHash } from "node:crypto";
import type { Coordinator } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { enqueue, unpackFromStart } from "@/lib/infra/jobs";
import { readRange } from "@/lib/infra/record-store";
import { type Damage, DamagedFile } from "@/lib/infra/record-store-driver";
import { openFileKey } from "@/lib/infra/record-store-key";
import { isChecklistItem } from "./checklist";
import { type Finding, findingsOf } from "./finding";
import { recordInside } from "./queries";
import { recordsOf } from "./scope";
import { settleItem } from "./settle-item";
import type { RecordRow } from "./views/record";

type Refusal = "not_found" | "illegal_transition" | "still_damaged";

/**
 * Reads a file that was found damaged from its first byte to its last, after somebody put its bytes back. When they are
 * those that were sent, the mark goes and the record is what it was before; otherwise nothing changes.
 */
export async function restoreRecord(
  coordinator: Coordinator,
  recordId: string,
  now: Date,
): Promise<Outcome<RecordRow, Refusal>> {
  const marked = await asPerson(coordinator, (tx) => recordToRead(tx, coordinator, recordId));
  if (!marked) return refused("not_found");
  if (!markOf(marked) || !marked.wrappedKey) return refused("illegal_transition", { state: marked.state });
  const damage = await damageIn(marked);
  if (damage) return refused("still_damaged", { damage });
  return asPerson(coordinator, async (tx) => {
    // Whoever judges it or notes another damage meanwhile comes before or after, never between.
    await tx.$queryRaw`SELECT 1 FROM "Record" WHERE id = ${recordId}::uuid FOR NO KEY UPDATE`;
    const record = await recordToRead(tx, coordinator, recordId);
    if (!record) return refused("not_found");
    const mark = markOf(record);
    if (!mark) return refused("illegal_transition", { state: record.state });
    await takeMark(tx, coordinator, record, mark, now);
    const restored = await recordInside(tx, coordinator, recordId);
    return restored ? done(restored) : refused("not_found");
  });
}

type Marked = NonNullable<Awaited<ReturnType<typeof recordToRead>>>;

function recordToRead(tx: Tx, coordinator: Coordinator, id: string) {
  return tx.record.findFirst({
    where: { AND: [{ id, erasedAt: null }, recordsOf(coordinator)] },
    select: {
      id: true,
      caseId: true,
      state: true,
      item: true,
      findings: true,
      rejectReason: true,
      judgedById: true,
      sha256: true,
      sizeBytes: true,
      chunkBytes: true,
      wrappedKey: true,
      keyVersion: true,
    },
  });
}

const isMark = ({ code }: Finding) => code === "damaged";
const markOf = ({ findings }: Pick<Marked, "findings">) => findingsOf(findings).find(isMark);

/** Every chunk is opened, and the whole compared with what came: a seal alone would take an older file of this record. */
async function damageIn(record: Marked): Promise<Damage | null> {
  const { id, wrappedKey, keyVersion, chunkBytes } = record;
  if (!wrappedKey) return "gone";
  const key = openFileKey(id, { wrappedKey, keyVersion });
  const file = { recordId: id, key, sizeBytes: Number(record.sizeBytes), chunkBytes };
  const hash = createHash("sha256");
  try {
    for await (const piece of readRange(file, 0, file.sizeBytes)) hash.update(piece);
  } catch (error) {
    if (error instanceof DamagedFile) return error.damage;
    throw error;
  }
  return hash.digest("hex") === record.sha256 ? null : "changed";
}

async function takeMark(
  tx: Tx,
  coordinator: Coordinator,
  record: Marked,
  mark: Finding,
  now: Date,
): Promise<void> {
  const { id, caseId, state, item } = record;
  const findings = findingsOf(record.findings).filter((one) => !isMark(one));
  const earlier = earlierState(record, mark.facts.was);
  const to = earlier ?? state;
  await tx.record.updateMany({
    where: { AND: [{ id, state, erasedAt: null }, recordsOf(coordinator)] },
    data: { findings, ...(earlier ? wordOf(earlier, coordinator, now) : {}) },
  });
  if (to === "scanning") await enqueue(tx, "record.check", { recordId: id });
  if (to === "unpacking") await enqueue(tx, "record.unpack", unpackFromStart(id));
  if (item !== null && isChecklistItem(item) && (to === "accepted" || to === "readable")) {
    const kept = await tx.checklistItem.findUnique({ where: { caseId_item: { caseId, item } } });
    const isTooOld = findings.some(({ code }) => code === "too_old");
    const status = to === "accepted" ? "accepted" : isTooOld ? "too_old" : "given";
    // Where another file has taken the line meanwhile, it keeps it.
    if (kept?.recordId === id) await settleItem(tx, { caseId, item, status, recordId: id });
  }
  const about = { caseId, objectType: "record", objectId: id };
  await writeAudit(tx, coordinator, "record.restored", { ...about, facts: { from: state, to } });
  await notify(tx, { kind: "record", caseId, recordId: id });
  await notify(tx, { kind: "case", caseId });
}

/** What the damage made of it is taken back, what a person said of it since is not: then null. */
function earlierState(
  { state, judgedById }: Marked,
  was: unknown,
): "scanning" | "readable" | "accepted" | null {
  if (judgedById !== null) return null;
  if (state === "unreadable" && was === "scanning") return "scanning";
  if (state !== "rejected") return null;
  return was === "accepted" ? "accepted" : "readable";
}

/** Who took the mark away answers for the acceptance that comes back. */
function wordOf(earlier: "scanning" | "readable" | "accepted", { personId }: Coordinator, now: Date) {
  if (earlier === "scanning") return { state: earlier, readAt: null };
  const word = earlier === "accepted" ? { judgedById: personId, judgedAt: now } : { judgedAt: null };
  return { state: earlier, rejectReason: null, ...word };
}
