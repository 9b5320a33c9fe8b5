import { z } from "zod";
import words from "@/locales/en/records.json";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { dayOf } from "@/lib/kernel/day";
import { pageForm, pageView } from "@/lib/cases/page";
import { type ChecklistLine, ITEM_CODES } from "./checklist";
import { type Finding, findingsOf, FINDING_CODES, openQuestions, sentenceOf } from "./finding";
import { closeItemForm, judgeRecordForm, labelRecordForm, previewForm } from "./forms";
import { RECORD_STATES, REJECT_REASONS } from "./record";

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
  createdAt: z.iso.datetime(),
  expiresAt: time,
  completedAt: time,
  readAt: time,
  judgedAt: time,
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
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    completedAt: row.completedAt?.toISOString() ?? null,
    readAt: row.readAt?.toISOString() ?? null,
    judgedAt: row.judgedAt?.toISOString() ?? null,
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

const CASE_PARTIES = ["patient", "companion", "coordinator", "clinic"];

export const recordsApi: ApiOperation[] = [
  {
    method: "post",
    path: "/cases/{id}/uploads",
    tag: "Records",
    summary: "Begin a resumable upload (tus 1.0.0); the Location's last part is the record's id",
    roles: CASE_PARTIES,
    answers: { 201: { description: "Begun; send the bytes to Location with PATCH." } },
    refusals: ["illegal_transition", "tus_version", "malformed_upload", "invalid_upload", "storage_full"],
  },
  {
    method: "patch",
    path: "/cases/{id}/uploads/{upload}",
    tag: "Records",
    summary: "Send bytes at the offset the upload stands at (tus 1.0.0)",
    roles: CASE_PARTIES,
    answers: { 204: { description: "Kept on the disk up to Upload-Offset." } },
    refusals: ["wrong_offset", "checksum_mismatch", "upload_busy", "upload_expired", "storage_full"],
  },
  {
    method: "delete",
    path: "/cases/{id}/uploads/{upload}",
    tag: "Records",
    summary: "Take an unfinished upload back (tus 1.0.0)",
    roles: CASE_PARTIES,
    answers: { 204: { description: "Row and bytes are gone." } },
  },
  {
    method: "get",
    path: "/cases/{id}/records",
    tag: "Records",
    summary: "The files of a case, oldest first",
    roles: CASE_PARTIES,
    query: z.object(pageForm),
    answers: { 200: { description: "What this person may know about.", schema: recordListView } },
  },
  {
    method: "get",
    path: "/records/{id}",
    tag: "Records",
    summary: "One file's facts",
    roles: CASE_PARTIES,
    answers: { 200: { description: "The record.", schema: recordView } },
  },
  {
    method: "get",
    path: "/records/{id}/content",
    tag: "Records",
    summary: "The bytes as an attachment, whole or a range",
    roles: CASE_PARTIES,
    answers: {
      200: { description: "The whole file." },
      206: { description: "The range asked for." },
      416: { description: "The range lies outside the file." },
    },
    refusals: ["not_open"],
  },
  {
    method: "get",
    path: "/records/{id}/preview",
    tag: "Records",
    summary: "A picture of it: the image drawn anew, a page (?page=), or a frame (?frame=)",
    roles: CASE_PARTIES,
    query: previewForm,
    answers: { 200: { description: "image/png or image/jpeg." } },
    refusals: ["not_open", "not_previewable"],
  },
  {
    method: "get",
    path: "/records/{id}/frames/{frame}",
    tag: "Records",
    summary: "One frame of a DICOM file as a picture, counted from 1",
    roles: CASE_PARTIES,
    answers: { 200: { description: "image/png." } },
    refusals: ["not_open", "not_previewable"],
  },
  {
    method: "patch",
    path: "/records/{id}",
    tag: "Records",
    summary: "Accept a file, or refuse it with a reason",
    roles: ["coordinator"],
    body: judgeRecordForm,
    answers: { 200: { description: "The record.", schema: recordView } },
    refusals: ["illegal_transition", "needs_clearance"],
  },
  {
    method: "put",
    path: "/records/{id}/item",
    tag: "Records",
    summary: "Say which line of the checklist a file answers, until it is judged",
    roles: ["patient", "companion"],
    body: labelRecordForm,
    answers: { 200: { description: "The record.", schema: recordView } },
    refusals: ["illegal_transition"],
  },
  {
    method: "delete",
    path: "/records/{id}",
    tag: "Records",
    summary: "Erase a file: its key goes at once, its bytes follow",
    roles: ["patient", "coordinator"],
    answers: { 204: { description: "Erased." } },
    refusals: ["illegal_transition"],
  },
  {
    method: "get",
    path: "/cases/{id}/checklist",
    tag: "Records",
    summary: "What the treatment asks for, in two phases, and what is there",
    roles: CASE_PARTIES,
    answers: { 200: { description: "The list.", schema: checklistView } },
  },
  {
    method: "patch",
    path: "/cases/{id}/checklist/{item}",
    tag: "Records",
    summary: "Close a gap with a reason",
    roles: ["coordinator"],
    body: closeItemForm,
    answers: { 200: { description: "The line.", schema: checklistItemView } },
    refusals: ["illegal_transition", "line_accepted"],
  },
];
