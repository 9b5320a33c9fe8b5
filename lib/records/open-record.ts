import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { asPerson, type Tx } from "@/lib/infra/db";
import { readRange, type StoredFile } from "@/lib/infra/record-store";
import { openFileKey } from "@/lib/infra/record-store-key";
import { type Blank, layOver, PREAMBLE } from "./blanking";
import { blanksOfCopy } from "./build-copy";
import { type CopyFacts, goesAsPicturesOnly, type Withheld, withheldFrom } from "./copy";
import { findingsOf, stopsUse } from "./finding";
import { seesNameless } from "./queries";
import { type ByteRange, wantedRange } from "./range";
import { mayBeOpened, namelessFilename } from "./record";
import { recordsOf } from "./scope";
import { tracePacked, traceView } from "./note-look";

/** One open file: what it is, which of its bytes are wanted, and the way to them. */
export interface OpenedRecord {
  id: string;
  caseId: string;
  filename: string;
  mediaType: string | null;
  kind: string | null;
  /** Of the original: a copy without the name has none, or it could be found by it. */
  sha256: string | null;
  sizeBytes: number;
  range: ByteRange;
  isPart: boolean;
  /**
   * Everybody but the patient gets DICOM files with an emptied preamble, and a centre that was asked without the name
   * gets them without it. The stored original stays as it came.
   */
  isReleasedCopy: boolean;
  /** Whether the copy says nothing of the person. */
  isNameless: boolean;
  /** Whether the check found it sound: only then is it drawn for the screen. */
  isChecked: boolean;
  file: StoredFile;
  uploaderId: string | null;
  uploadLinkId: string | null;
  bytes(): ReadableStream<Uint8Array>;
}

/** The file itself, pictures we draw of it, or the file as one of many in an archive that leaves its own trace. */
export type Wanted = "bytes" | "pictures" | "archive";

/** What keeps a file closed. */
export type OpenRefusal = "not_found" | "not_open" | "range_unsatisfiable" | "pictures_only" | Withheld;

/**
 * Opens a file for this person and leaves the trace of it; ranges of one look are one trace. Whoever only draws it anew
 * says so: of some files a centre gets no more.
 */
export async function openRecord(
  viewer: SignedIn,
  recordId: string,
  rangeHeader: string | null,
  now: Date,
  wanted: Wanted = "bytes",
): Promise<Outcome<OpenedRecord, OpenRefusal>> {
  const admitted = await asPerson(viewer, (tx) => admit(tx, viewer, recordId, wanted, now));
  if (!admitted.ok) return admitted;
  const { row, sha256, isNameless } = admitted.value;
  const sizeBytes = Number(row.sizeBytes);
  const asked = wantedRange(rangeHeader, sizeBytes);
  if (asked === "unsatisfiable") return refused("range_unsatisfiable", { sizeBytes });
  const range = asked === "whole" ? { start: 0, end: sizeBytes } : asked;
  const key = openFileKey(row.id, { wrappedKey: row.wrappedKey, keyVersion: row.keyVersion });
  const file: StoredFile = { recordId: row.id, key, sizeBytes, chunkBytes: row.chunkBytes };
  const isReleasedCopy = viewer.role !== "patient" && row.kind === "dicom";
  const { id, caseId, mediaType, kind, uploaderId, uploadLinkId } = row;
  const filename = isNameless ? namelessFilename(row) : row.filename;
  const blanks = isReleasedCopy ? await blanksFor(viewer, file, isNameless ? caseId : null) : [];
  if (blanks === null) return refused("cannot_be_nameless");
  const seen = { id, caseId, filename, mediaType, kind, sizeBytes, range, isNameless, isReleasedCopy, file };
  return done({
    ...seen,
    ...{ uploaderId, uploadLinkId },
    sha256: isNameless ? null : sha256,
    isPart: asked !== "whole",
    isChecked: mayBeOpened(row.state, false),
    bytes: () => streamOf(file, range, blanks),
  });
}

/** Whether this person may open it now, with the trace that they did. */
async function admit(tx: Tx, viewer: SignedIn, recordId: string, wanted: Wanted, now: Date) {
  const row = await findRecord(tx, viewer, recordId);
  if (!row?.wrappedKey) return refused("not_found");
  const { sha256, wrappedKey } = row;
  // A coordinator's word on a file makes nothing readable that the check could not read.
  const isStopped = row.state === "rejected" && findingsOf(row.findings).some(stopsUse);
  const state = isStopped ? "unreadable" : row.state;
  if (sha256 === null || !mayBeOpened(state, viewer.role === "patient"))
    return refused("not_open", { state });
  const isNameless = await opensNameless(tx, viewer, row);
  const closed = isNameless ? closedFor(row, wanted) : null;
  if (closed) return refused(closed);
  if (wanted === "archive") await tracePacked(tx, viewer, row);
  else await traceView(tx, viewer, row, now);
  return done({ row: { ...row, state, wrappedKey }, sha256, isNameless });
}

function findRecord(tx: Tx, viewer: SignedIn, id: string) {
  return tx.record.findFirst({
    where: { AND: [{ id, erasedAt: null }, recordsOf(viewer)] },
    select: {
      id: true,
      caseId: true,
      state: true,
      filename: true,
      findings: true,
      mediaType: true,
      kind: true,
      sha256: true,
      sizeBytes: true,
      chunkBytes: true,
      wrappedKey: true,
      keyVersion: true,
      header: true,
      examOn: true,
      namesCheckedAt: true,
      uploaderClinic: true,
      uploaderId: true,
      uploadLinkId: true,
    },
  });
}

/** A centre that was asked without the name, unless it sent the file itself. */
async function opensNameless(
  tx: Tx,
  viewer: SignedIn,
  row: { caseId: string; uploaderClinic: string | null },
): Promise<boolean> {
  if (!("clinicId" in viewer) || row.uploaderClinic === viewer.clinicId) return false;
  return seesNameless(tx, viewer, row.caseId);
}

function closedFor(row: CopyFacts, wanted: Wanted): Withheld | "pictures_only" | null {
  const withheld = withheldFrom(row);
  if (withheld) return withheld;
  return wanted !== "pictures" && goesAsPicturesOnly(row.kind) ? "pictures_only" : null;
}

/** What is laid over a released copy; null when it cannot be made nameless. `caseId` is null for one with the name. */
async function blanksFor(
  viewer: SignedIn,
  file: StoredFile,
  caseId: string | null,
): Promise<readonly Blank[] | null> {
  if (caseId === null || !("clinicId" in viewer)) return [PREAMBLE];
  return blanksOfCopy(file, { caseId, clinicId: viewer.clinicId });
}

function streamOf(file: StoredFile, range: ByteRange, blanks: readonly Blank[]): ReadableStream<Uint8Array> {
  const pieces = readRange(file, range.start, range.end);
  let at = range.start;
  return new ReadableStream({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done) return controller.close();
      layOver(next.value, at, blanks);
      at += next.value.length;
      controller.enqueue(next.value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
