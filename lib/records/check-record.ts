import "server-only";
import type { System } from "@/lib/kernel/actor";
import { dateOf, dayOf, daysBetween } from "@/lib/kernel/day";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import type { Prisma } from "@/lib/infra/generated/client";
import { enqueue, unpackFromStart } from "@/lib/infra/jobs";
import { openFileKey } from "@/lib/infra/record-store-key";
import { isChecklistItem, isTooOld, type ItemCode, ruleOf } from "./checklist";
import { type Finding, finding, stopsUse } from "./finding";
import { likelyItem } from "./inspect-dicom";
import { type ContentReader, inspectApart, inspectFile } from "./inspect-file";
import type { Inspection } from "./inspection";
import { keepNumbers } from "./keep-numbers";
import { limitsOfCase } from "./find-limits";
import { rowOf } from "./reading";
import type { RecordKind } from "./record";
import { settleItem } from "./settle-item";

/** Findings that say: something came, but not what this line of the checklist needs. */
const LEAVES_GAP = ["photo_of_report", "report_not_loops", "loops_not_report", "single_frame"];

/**
 * Looks at a complete upload and says what it is: readable, unreadable or infected. Run by the worker, maybe twice:
 * only the first answer counts. An error (a scanner that is down) leaves the file in quarantine for the next try.
 */
export async function checkRecord(
  system: System,
  recordId: string,
  now: Date,
  read?: ContentReader,
): Promise<void> {
  const record = await asPerson(system, (tx) => scanningRecord(tx, recordId));
  if (!record?.wrappedKey) return;
  const key = openFileKey(recordId, { wrappedKey: record.wrappedKey, keyVersion: record.keyVersion });
  const file = { recordId, key, sizeBytes: Number(record.sizeBytes), chunkBytes: record.chunkBytes };
  const isChanged = record.declaredSha256 !== null && record.declaredSha256 !== record.sha256;
  const inspection: Inspection = isChanged
    ? { kind: "unknown", mediaType: null, findings: [finding("hash_mismatch")] }
    : await inspectFile(file, await expectedOf(system, record), read ?? inRow(record));
  await asPerson(system, (tx) => keepAnswer(tx, system, record, inspection, now));
}

/** A study is a thousand files. */
function inRow(record: Scanning): ContentReader {
  return (file, expected) => inspectApart(file, expected, { row: rowOf("inspect", record) });
}

type Scanning = NonNullable<Awaited<ReturnType<typeof scanningRecord>>>;

function scanningRecord(tx: Tx, id: string) {
  return tx.record.findFirst({
    where: { id, state: "scanning", erasedAt: null },
    select: {
      id: true,
      caseId: true,
      uploaderId: true,
      uploadLinkId: true,
      item: true,
      sizeBytes: true,
      chunkBytes: true,
      wrappedKey: true,
      keyVersion: true,
      sha256: true,
      declaredSha256: true,
      containerId: true,
      case: { select: { birthOn: true, contactName: true, patientId: true, treatment: true } },
    },
  });
}

async function expectedOf(system: System, record: Scanning) {
  const { birthOn, contactName, patientId } = record.case;
  const patient = patientId
    ? await asPerson(system, (tx) =>
        tx.person.findUnique({ where: { id: patientId }, select: { name: true } }),
      )
    : null;
  const names = [contactName, patient?.name].filter((name) => typeof name === "string" && name !== "");
  return { birthOn: birthOn ? dayOf(birthOn) : null, names: names as string[], item: record.item };
}

async function keepAnswer(
  tx: Tx,
  system: System,
  record: Scanning,
  inspection: Inspection,
  now: Date,
): Promise<void> {
  // Whoever sent it may have said meanwhile what it is.
  await tx.$queryRaw`SELECT 1 FROM "Record" WHERE id = ${record.id}::uuid FOR NO KEY UPDATE`;
  const labelled = await tx.record.findUnique({ where: { id: record.id }, select: { item: true } });
  const item = itemOf(labelled?.item ?? null, inspection);
  const { maxAgeDays } = item
    ? ruleOf(record.case.treatment, item, (await limitsOfCase(tx, record.caseId)).limits)
    : { maxAgeDays: null };
  const findings = [
    ...inspection.findings,
    ...nestedFindings(record, inspection),
    ...ageFindings(inspection, maxAgeDays, now),
  ];
  const state = stateAfter(inspection, findings);
  const { count } = await tx.record.updateMany({
    where: { id: record.id, state: "scanning", erasedAt: null },
    data: { ...factsOf(inspection), state, item, findings, readAt: now },
  });
  if (count === 0) return;
  if (state === "unpacking") await enqueue(tx, "record.unpack", unpackFromStart(record.id));
  if (state === "readable" && item) await giveItem(tx, record, item, findings);
  if (state === "readable") await keepNumbers(tx, record, inspection.numbers ?? [], now);
  await writeAudit(tx, system, "record.checked", {
    caseId: record.caseId,
    objectType: "record",
    objectId: record.id,
    facts: { state, kind: inspection.kind, findings: findings.length },
  });
  await notify(tx, { kind: "record", caseId: record.caseId, recordId: record.id });
  await notify(tx, { kind: "case", caseId: record.caseId });
}

const ARCHIVES: readonly RecordKind[] = ["dicom_archive", "report_archive"];

/** A sound zip goes on to become its files. */
function stateAfter({ kind }: Inspection, findings: readonly Finding[]) {
  if (findings.some((one) => one.code === "infected")) return "infected";
  if (findings.some(stopsUse)) return "unreadable";
  return ARCHIVES.includes(kind) ? "unpacking" : "readable";
}

/** A zip in a zip is not opened, whatever it was called. */
function nestedFindings(record: Scanning, { kind, findings }: Inspection): Finding[] {
  const isNested = record.containerId !== null && ARCHIVES.includes(kind) && !findings.some(stopsUse);
  return isNested ? [finding("nested_archive")] : [];
}

function factsOf(inspection: Inspection): Prisma.RecordUncheckedUpdateManyInput {
  const { kind, mediaType, header, pageCount = null, frameCount = null, examOn, named } = inspection;
  return {
    kind,
    mediaType,
    pageCount,
    frameCount,
    examOn: examOn ? dateOf(examOn) : null,
    ...(header ? { header } : {}),
    ...(named ? { discFiles: named } : {}),
  };
}

function itemOf(labelled: string | null, { header, frameCount = 1 }: Inspection): ItemCode | null {
  const item = labelled ?? (header ? likelyItem(header, frameCount) : null);
  return item !== null && isChecklistItem(item) ? item : null;
}

function ageFindings({ examOn }: Inspection, maxAgeDays: number | null, now: Date): Finding[] {
  if (!examOn) return [];
  const ageDays = daysBetween(examOn, dayOf(now));
  return isTooOld(ageDays, maxAgeDays) ? [finding("too_old", { ageDays, maxAgeDays: maxAgeDays ?? 0 })] : [];
}

async function giveItem(tx: Tx, record: Scanning, item: ItemCode, findings: Finding[]): Promise<void> {
  if (findings.some((one) => LEAVES_GAP.includes(one.code))) return;
  const status = findings.some((one) => one.code === "too_old") ? "too_old" : "given";
  await settleItem(tx, { caseId: record.caseId, item, status, recordId: record.id });
}
