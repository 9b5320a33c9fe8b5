import "server-only";
import type { SignedIn } from "@/lib/kernel/actor";
import { addMinutes } from "@/lib/kernel/day";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { readHead, readRange, type StoredFile } from "@/lib/infra/record-store";
import { openFileKey } from "@/lib/infra/record-store-key";
import { type Blank, blanksOf, layOver, PREAMBLE } from "./blanking";
import { findingsOf, stopsUse } from "./finding";
import { seesNameless } from "./queries";
import { type ByteRange, wantedRange } from "./range";
import { mayBeOpened, namelessFilename } from "./record";
import { recordsOf } from "./scope";

/** One open file: what it is, which of its bytes are wanted, and the way to them. */
export interface OpenedRecord {
  id: string;
  caseId: string;
  filename: string;
  mediaType: string | null;
  kind: string | null;
  sha256: string;
  sizeBytes: number;
  range: ByteRange;
  isPart: boolean;
  /**
   * Everybody but the patient gets DICOM files with an emptied preamble, and a centre that was asked without the name
   * gets them without it. The stored original stays as it came.
   */
  isReleasedCopy: boolean;
  /** Whether the check found it sound: only then is it drawn for the screen. */
  isChecked: boolean;
  file: StoredFile;
  bytes(): ReadableStream<Uint8Array>;
}

const HEADER_BYTES = 4 * 1024 ** 2;
const ONE_LOOK_MINUTES = 10;

/** Opens a file for this person and leaves the trace of it; ranges of one look are one trace. */
export async function openRecord(
  viewer: SignedIn,
  recordId: string,
  rangeHeader: string | null,
  now: Date,
): Promise<Outcome<OpenedRecord, "not_found" | "not_open" | "range_unsatisfiable">> {
  return asPerson(viewer, async (tx) => {
    const row = await findRecord(tx, viewer, recordId);
    if (!row?.wrappedKey) return refused("not_found");
    const { sha256 } = row;
    // A coordinator's word on a file makes nothing readable that the check could not read.
    const isStopped = row.state === "rejected" && findingsOf(row.findings).some(stopsUse);
    const state = isStopped ? "unreadable" : row.state;
    if (sha256 === null || !mayBeOpened(state, viewer.role === "patient"))
      return refused("not_open", { state });
    const sizeBytes = Number(row.sizeBytes);
    const wanted = wantedRange(rangeHeader, sizeBytes);
    if (wanted === "unsatisfiable") return refused("range_unsatisfiable", { sizeBytes });
    const range = wanted === "whole" ? { start: 0, end: sizeBytes } : wanted;
    await traceView(tx, viewer, row, now);
    const key = openFileKey(row.id, { wrappedKey: row.wrappedKey, keyVersion: row.keyVersion });
    const file: StoredFile = { recordId: row.id, key, sizeBytes, chunkBytes: row.chunkBytes };
    const isReleasedCopy = viewer.role !== "patient" && row.kind === "dicom";
    const { id, caseId, mediaType, kind } = row;
    const isNameless = "clinicId" in viewer && (await seesNameless(tx, viewer, caseId));
    const filename = isNameless ? namelessFilename(row) : row.filename;
    const blanks = isReleasedCopy ? await blanksFor(file, isNameless) : [];
    if (blanks === null) return refused("not_open", { state });
    const bytes = () => streamOf(file, range, blanks);
    const isPart = wanted !== "whole";
    const isChecked = mayBeOpened(state, false);
    const seen = { id, caseId, filename, mediaType, kind, sha256, sizeBytes, range };
    return done({ ...seen, isPart, isReleasedCopy, isChecked, file, bytes });
  });
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
    },
  });
}

/** A viewer reads a clip in many ranges; the patient's log tells one look, not a hundred. */
export async function traceView(
  tx: Tx,
  viewer: SignedIn,
  record: { id: string; caseId: string },
  now: Date,
): Promise<void> {
  const { id: objectId, caseId } = record;
  const recent = await tx.auditEvent.findFirst({
    where: {
      actorId: viewer.personId,
      at: { gt: addMinutes(now, -ONE_LOOK_MINUTES) },
      event: "record.viewed",
      objectId,
    },
    select: { id: true },
  });
  if (!recent) await writeAudit(tx, viewer, "record.viewed", { caseId, objectType: "record", objectId });
}

/** What is laid over a released copy; null when the header cannot be read, and so not be made nameless. */
async function blanksFor(file: StoredFile, isNameless: boolean): Promise<Blank[] | null> {
  if (!isNameless) return [PREAMBLE];
  const blanks = blanksOf(await readHead(file, HEADER_BYTES));
  return blanks && [PREAMBLE, ...blanks];
}

function streamOf(file: StoredFile, range: ByteRange, blanks: readonly Blank[]): ReadableStream<Uint8Array> {
  const pieces = readRange(file, range.start, range.end);
  let at = range.start;
  return new ReadableStream({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done) return controller.close();
      if (at < HEADER_BYTES) layOver(next.value, at, blanks);
      at += next.value.length;
      controller.enqueue(next.value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
