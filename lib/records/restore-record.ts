import "server-only";
import { createHash } from "node:crypto";
import type { System } from "@/lib/kernel/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { enqueue, unpackFromStart } from "@/lib/infra/jobs";
import { readRange } from "@/lib/infra/record-store";
import { type Damage, isDamagedFile } from "@/lib/infra/record-store-driver";
import { openFileKey } from "@/lib/infra/record-store-key";
import { isChecklistItem } from "./checklist";
import { damageOf, type Finding, findingsOf } from "./finding";
import { settleItem } from "./settle-item";

/**
 * Reads a file that was found damaged from its first byte to its last, after somebody put its bytes back. When they are
 * those that were sent, the mark goes and the record is what it was before; otherwise the mark says when it was read.
 */
export async function restoreRecord(
  system: System,
  { recordId, askedById }: { recordId: string; askedById: string },
  now: Date,
): Promise<void> {
  const marked = await asPerson(system, (tx) => recordToRead(tx, recordId));
  if (!marked?.wrappedKey || !damageOf(findingsOf(marked.findings))) return;
  const damage = await damageIn(marked);
  await asPerson(system, async (tx) => {
    // Whoever judges it or notes another damage meanwhile comes before or after, never between.
    await tx.$queryRaw`SELECT 1 FROM "Record" WHERE id = ${recordId}::uuid FOR NO KEY UPDATE`;
    const record = await recordToRead(tx, recordId);
    const mark = damageOf(findingsOf(record?.findings));
    if (!record || !mark) return;
    if (damage) await noteReading(tx, record, mark, now);
    else await takeMark(tx, system, record, mark, { askedById, now });
    const { caseId } = record;
    await notify(tx, { kind: "record", caseId, recordId });
    await notify(tx, { kind: "case", caseId });
  });
}

type Marked = NonNullable<Awaited<ReturnType<typeof recordToRead>>>;

function recordToRead(tx: Tx, id: string) {
  return tx.record.findFirst({
    where: { id, erasedAt: null },
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

/** Still not what was sent: the mark stays, and whoever asked sees that it was read and when. */
async function noteReading(tx: Tx, { id, findings }: Marked, mark: Finding, now: Date): Promise<void> {
  const { askedAt: _, ...known } = mark.facts;
  const read = { ...mark, facts: { ...known, readAt: now.toISOString() } };
  const kept = findingsOf(findings).map((one) => (one.code === mark.code ? read : one));
  await tx.record.update({ where: { id }, data: { findings: kept } });
}

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
    if (isDamagedFile(error)) return error.damage;
    throw error;
  }
  return hash.digest("hex") === record.sha256 ? null : "changed";
}

async function takeMark(
  tx: Tx,
  system: System,
  record: Marked,
  mark: Finding,
  { askedById, now }: { askedById: string; now: Date },
): Promise<void> {
  const { id, caseId, state, item } = record;
  const findings = findingsOf(record.findings).filter(({ code }) => code !== mark.code);
  const earlier = earlierState(record, mark.facts.was);
  const to = earlier ?? state;
  await tx.record.updateMany({
    where: { id, state, erasedAt: null },
    data: { findings, ...(earlier ? wordOf(earlier, askedById, now) : {}) },
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
  await writeAudit(tx, system, "record.restored", { ...about, facts: { from: state, to, askedById } });
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

/** Who asked for the reading answers for the acceptance that comes back. */
function wordOf(earlier: "scanning" | "readable" | "accepted", askedById: string, now: Date) {
  if (earlier === "scanning") return { state: earlier, readAt: null };
  const word = earlier === "accepted" ? { judgedById: askedById, judgedAt: now } : { judgedAt: null };
  return { state: earlier, rejectReason: null, ...word };
}
