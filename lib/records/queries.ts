import "server-only";
import type { ClinicMember, SignedIn } from "@/lib/kernel/actor";
import { dayOf } from "@/lib/kernel/day";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { idOfCursor, type Page, pageOf } from "@/lib/cases/page";
import { casesOf } from "@/lib/cases/scope";
import { digestFor } from "./build-copy";
import { type ChecklistLine, mergeChecklist, openRequired } from "./checklist";
import { namelessHeader } from "./copy";
import { limitsOfCase } from "./find-limits";
import { withMissing } from "./find-missing";
import { MEASUREMENTS_MAX } from "./measurement";
import { namelessFilename } from "./record";
import { recordsOf } from "./scope";
import type { Digest } from "./stand-in";
import type { MeasurementRow } from "./views/measurement";
import type { RecordRow } from "./views/record";

export const recordSelect = {
  id: true,
  caseId: true,
  state: true,
  filename: true,
  item: true,
  sizeBytes: true,
  offsetBytes: true,
  sha256: true,
  mediaType: true,
  kind: true,
  header: true,
  findings: true,
  pageCount: true,
  frameCount: true,
  uploaderId: true,
  rejectReason: true,
  examOn: true,
  createdAt: true,
  expiresAt: true,
  completedAt: true,
  readAt: true,
  judgedAt: true,
  namesCheckedAt: true,
  uploaderClinic: true,
  uploadLink: { select: { name: true } },
} satisfies Prisma.RecordSelect;

/** The files of one case this person may know about, oldest first; null for a stranger's case. */
export async function recordsOfCase(
  viewer: SignedIn,
  caseId: string,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<RecordRow> | null> {
  const after = page.cursor ? idOfCursor(page.cursor) : null;
  return asPerson(viewer, async (tx) => {
    if (!(await seesCase(tx, viewer, caseId))) return null;
    const rows = await tx.record.findMany({
      where: {
        AND: [{ caseId, erasedAt: null, ...(after ? { id: { gt: after } } : {}) }, recordsOf(viewer)],
      },
      orderBy: { id: "asc" },
      take: page.limit + 1,
      select: recordSelect,
    });
    return pageOf(await asSeenBy(tx, viewer, caseId, rows), page.limit);
  });
}

export async function recordFor(viewer: SignedIn, id: string): Promise<RecordRow | null> {
  return asPerson(viewer, (tx) => recordInside(tx, viewer, id));
}

export async function recordInside(tx: Tx, viewer: SignedIn, id: string): Promise<RecordRow | null> {
  const where = { AND: [{ id, erasedAt: null }, recordsOf(viewer)] };
  const row = await tx.record.findFirst({ where, select: recordSelect });
  return row && ((await asSeenBy(tx, viewer, row.caseId, [row]))[0] ?? null);
}

/** Whether the patient agreed to this centre's help only without name and birthday. */
export async function seesNameless(tx: Tx, member: ClinicMember, caseId: string): Promise<boolean> {
  const { clinicId } = member;
  const where = { caseId, clinicId, deidentified: true, withdrawnAt: null };
  return (await tx.consent.findFirst({ where, select: { id: true } })) !== null;
}

type SelectedRow = Prisma.RecordGetPayload<{ select: typeof recordSelect }>;

/** The rows as this person may read them: what a centre sent itself it knows by name. */
export async function asSeenBy(
  tx: Tx,
  viewer: SignedIn,
  caseId: string,
  rows: readonly SelectedRow[],
): Promise<RecordRow[]> {
  if (!("clinicId" in viewer)) return withMissing(tx, viewer, caseId, rows);
  if (!(await seesNameless(tx, viewer, caseId))) return [...rows];
  const digest = digestFor(caseId, viewer.clinicId);
  return rows.map((row) => (row.uploaderClinic === viewer.clinicId ? row : withoutName(row, digest)));
}

function withoutName(row: SelectedRow, digest: Digest): RecordRow {
  const header = namelessHeader(row.header, digest);
  return { ...row, filename: namelessFilename(row), header, sha256: null, isNameless: true };
}

/** Whether any centre is asked about this case without the name: then somebody must look for one in its pictures. */
export function hasNamelessReader(viewer: SignedIn, caseId: string): Promise<boolean> {
  const where = { caseId, deidentified: true, withdrawnAt: null };
  return asPerson(viewer, async (tx) => (await tx.consent.count({ where })) > 0);
}

/** What the treatment asks for and what is there; null for a stranger's case. */
export async function checklistForCase(viewer: SignedIn, caseId: string): Promise<ChecklistLine[] | null> {
  return asPerson(viewer, async (tx) => ((await seesCase(tx, viewer, caseId)) ? linesOf(tx, caseId) : null));
}

export async function seesCase(tx: Tx, viewer: SignedIn, id: string): Promise<boolean> {
  const found = await tx.case.findFirst({ where: { AND: [{ id }, casesOf(viewer)] }, select: { id: true } });
  return found !== null;
}

export async function linesOf(tx: Tx, caseId: string): Promise<ChecklistLine[]> {
  const found = await tx.case.findUnique({ where: { id: caseId }, select: { treatment: true } });
  const kept = await tx.checklistItem.findMany({
    where: { caseId },
    select: { item: true, status: true, recordId: true, reason: true },
  });
  const ids = kept.flatMap(({ recordId }) => recordId ?? []);
  const files = await tx.record.findMany({
    where: { id: { in: ids } },
    select: { id: true, examOn: true },
  });
  const days = new Map(files.map(({ id, examOn }) => [id, examOn && dayOf(examOn)]));
  const dated = kept.map((line) => ({ ...line, examOn: days.get(line.recordId ?? "") ?? null }));
  const age = { ...(await limitsOfCase(tx, caseId)), today: dayOf(new Date()) };
  return mergeChecklist(found?.treatment ?? null, dated, age);
}

/** Required lines of the first answer that are neither accepted, waived nor known not to exist. */
export async function openRequiredItems(tx: Tx, caseId: string): Promise<string[]> {
  return openRequired(await linesOf(tx, caseId));
}

const measurementSelect = {
  id: true,
  field: true,
  value: true,
  toldValue: true,
  toldUnit: true,
  method: true,
  source: true,
  recordId: true,
  enteredByName: true,
  clinicId: true,
  measuredOn: true,
  enteredAt: true,
} satisfies Prisma.MeasurementSelect;

/** The measured numbers of a case, the newest examination first; null for a stranger's case. */
export function measurementsOfCase(viewer: SignedIn, caseId: string): Promise<MeasurementRow[] | null> {
  return asPerson(viewer, async (tx) =>
    (await seesCase(tx, viewer, caseId)) ? measurementsInside(tx, caseId) : null,
  );
}

/** A file that is gone, or was found not to be this patient's, takes its numbers along. */
const OF_A_KEPT_FILE: Prisma.MeasurementWhereInput = {
  OR: [{ source: { not: "file" } }, { record: { erasedAt: null, state: { in: ["readable", "accepted"] } } }],
};

/** Row-level security leaves out what this person may not know. */
export function measurementsInside(tx: Tx, caseId: string): Promise<MeasurementRow[]> {
  return tx.measurement.findMany({
    where: { AND: [{ caseId, removedAt: null }, OF_A_KEPT_FILE] },
    orderBy: [{ measuredOn: "desc" }, { enteredAt: "desc" }, { field: "asc" }],
    take: MEASUREMENTS_MAX,
    select: measurementSelect,
  });
}
