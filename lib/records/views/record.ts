import { z } from "zod";
import words from "@/locales/en/records.json";
import { dayOf } from "@/lib/kernel/day";
import { pageView } from "@/lib/cases/page";
import { type ChecklistLine, ITEM_CODES } from "../checklist";
import { type Finding, findingsOf, FINDING_CODES, openQuestions, sentenceOf } from "../finding";
import { givenWithoutName, WITHHELD } from "../copy";
import { RECORD_STATES, REJECT_REASONS } from "../record";

/** One stored file as the database row tells it. */
export interface RecordRow {
  id: string;
  caseId: string;
  state: (typeof RECORD_STATES)[number];
  filename: string;
  item: string | null;
  sizeBytes: bigint;
  offsetBytes: bigint;
  sha256: string | null;
  mediaType: string | null;
  kind: string | null;
  header: unknown;
  findings: unknown;
  pageCount: number | null;
  frameCount: number | null;
  uploaderId: string | null;
  rejectReason: string | null;
  examOn: Date | null;
  createdAt: Date;
  expiresAt: Date | null;
  completedAt: Date | null;
  readAt: Date | null;
  judgedAt: Date | null;
  namesCheckedAt: Date | null;
  /** The link it came by, for those who may know of it. */
  uploadLink?: { name: string } | null;
  /** Whether this reader was asked without the name. */
  isNameless?: boolean;
}

const time = z.iso.datetime().nullable();

/** What a DICOM header says that people compare; never the name itself. */
export const headerSchema = z.object({
  modality: z.string().nullable(),
  studyUid: z.string().nullable(),
  seriesUid: z.string().nullable(),
  sopClassUid: z.string().nullable(),
  transferSyntax: z.string().nullable(),
  description: z.string().nullable(),
  rows: z.int().nullable(),
  columns: z.int().nullable(),
  sliceMm: z.number().nullable(),
  frameTimeMs: z.number().nullable(),
  fileCount: z.int().nullable(),
  // Read since studies are put in order; files checked before do not have them.
  instanceUid: z.string().nullable().default(null),
  studyDescription: z.string().nullable().default(null),
  seriesNumber: z.int().nullable().default(null),
  instanceNumber: z.int().nullable().default(null),
  positionMm: z.number().nullable().default(null),
  acquiredTime: z.string().nullable().default(null),
});
export type RecordHeader = z.infer<typeof headerSchema>;

const findingView = z.object({
  code: z.enum(FINDING_CODES),
  sentence: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  needsClearance: z.boolean(),
  clearedOn: z.iso.date().nullable().describe("The day a coordinator looked at it."),
});

export const recordView = z.object({
  id: z.uuid(),
  caseId: z.uuid(),
  state: z.enum(RECORD_STATES),
  filename: z.string(),
  item: z.string().nullable(),
  kind: z.string().nullable(),
  mediaType: z.string().nullable(),
  sizeBytes: z.number(),
  offsetBytes: z.number(),
  sha256: z.string().nullable(),
  examOn: z.iso.date().nullable(),
  pageCount: z.int().nullable(),
  frameCount: z.int().nullable(),
  header: headerSchema.nullable(),
  findings: z.array(findingView),
  needsClearance: z.boolean(),
  reason: z.enum(REJECT_REASONS).nullable(),
  note: z.string().nullable(),
  uploadedBy: z.uuid().nullable(),
  uploadedVia: z.string().nullable().describe("For whom the upload link was made it came by."),
  createdAt: z.iso.datetime(),
  expiresAt: time,
  completedAt: time,
  readAt: time,
  judgedAt: time,
  withoutName: z
    .enum(["copy", "pictures", ...WITHHELD])
    .describe("What a centre that was asked without the name gets of this file, or why it gets nothing."),
  namesCheckedAt: time.describe("When a coordinator looked and read no name in its pictures."),
  isNameless: z.boolean().describe("Whether this reader was asked without the name."),
});
export type RecordView = z.infer<typeof recordView>;

export const recordListView = pageView(recordView);

export const checklistItemView = z.object({
  item: z.enum(ITEM_CODES),
  phase: z.union([z.literal(1), z.literal(2)]),
  need: z.enum(["required", "conditional", "optional"]),
  status: z.enum(["missing", "given", "accepted", "too_old", "rejected", "waived", "not_available"]),
  title: z.string(),
  why: z.string(),
  maxAgeDays: z.int().nullable(),
  centre: z.string().nullable().describe("The centre that says this limit, where it is not the operator's."),
  recordId: z.uuid().nullable(),
  reason: z.string().nullable(),
});
export const checklistView = z.object({ items: z.array(checklistItemView), next: z.null() });

export function showRecord(row: RecordRow): RecordView {
  const findings = findingsOf(row.findings);
  const questions = openQuestions(findings);
  const header = headerSchema.safeParse(row.header);
  return {
    id: row.id,
    caseId: row.caseId,
    state: row.state,
    filename: row.filename,
    item: row.item,
    kind: row.kind,
    mediaType: row.mediaType,
    sizeBytes: Number(row.sizeBytes),
    offsetBytes: Number(row.offsetBytes),
    sha256: row.sha256,
    examOn: row.examOn ? dayOf(row.examOn) : null,
    pageCount: row.pageCount,
    frameCount: row.frameCount,
    header: header.success ? header.data : null,
    findings: findings.map((one) => showFinding(one, questions.includes(one), row.state === "accepted")),
    needsClearance: questions.length > 0,
    ...whyNot(row.rejectReason),
    uploadedBy: row.uploaderId,
    uploadedVia: row.uploadLink?.name ?? null,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    completedAt: row.completedAt?.toISOString() ?? null,
    readAt: row.readAt?.toISOString() ?? null,
    judgedAt: row.judgedAt?.toISOString() ?? null,
    withoutName: givenWithoutName(row),
    namesCheckedAt: row.namesCheckedAt?.toISOString() ?? null,
    isNameless: row.isNameless === true,
  };
}

/** A refusal is kept as its code, and after a colon the coordinator's own words. */
function whyNot(kept: string | null): Pick<RecordView, "reason" | "note"> {
  const reason = REJECT_REASONS.find((code) => code === kept?.split(":", 1)[0]) ?? null;
  return { reason, note: reason && kept ? kept.slice(reason.length + 2) || null : null };
}

function showFinding(
  one: Finding,
  needsClearance: boolean,
  isAccepted: boolean,
): z.infer<typeof findingView> {
  const clearedOn = one.clearedAt ? dayOf(new Date(one.clearedAt)) : null;
  return {
    code: one.code,
    sentence: sentenceOf(one, isAccepted),
    facts: one.facts,
    needsClearance,
    clearedOn,
  };
}

export function showChecklist(lines: readonly ChecklistLine[]): z.infer<typeof checklistView> {
  return { items: lines.map(showChecklistLine), next: null };
}

export function showChecklistLine(line: ChecklistLine): z.infer<typeof checklistItemView> {
  return { ...line, ...words.items[line.item] };
}

const WRITTEN = ["SR", "DOC", "ECG"];

/** The files a person reads numbers in, as choices of a form: papers, photos and written reports, not a thousand slices. */
export function paperChoices(rows: readonly RecordRow[]): { id: string; filename: string }[] {
  const isPaper = ({ kind, header }: RecordView) =>
    kind !== "dicom" || WRITTEN.includes(header?.modality ?? "");
  return rows
    .map(showRecord)
    .filter(isPaper)
    .map(({ id, filename }) => ({ id, filename }));
}
