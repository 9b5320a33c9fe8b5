import "server-only";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { callAs } from "@/lib/infra/db";
import { BodyWriter, recoverableOffset, type StoredFile } from "@/lib/infra/record-store";
import { type BodyTurn, isBodyLost, isStorageFull } from "@/lib/infra/record-store-driver";
import { openFileKey } from "@/lib/infra/record-store-key";
import { lockAndOpen, type UploadLock, untilWritten } from "@/lib/infra/upload-lock";
import { type CaseStage, STAGES, takesUploads } from "@/lib/cases/case";
import type { RecordState } from "./record";
import type { Uploader } from "./scope";
import { expiryOf } from "./upload";

export interface UploadPlace {
  caseId: string;
  recordId: string;
}

export interface UploadProgress {
  offset: number;
  sizeBytes: number;
  /** Null once every byte is here. */
  expiresAt: Date | null;
}

export interface OpenUpload {
  id: string;
  caseId: string;
  offset: number;
  isComplete: boolean;
  expiresAt: Date | null;
  /** The case's: a case that ended takes no more bytes. */
  stage: CaseStage;
  /** Who opened it last to write; null when that one is done. */
  writer: string | null;
  file: StoredFile;
}

/** The case was closed or the writer's access withdrawn while the bytes were on their way. */
export class UploadLost extends Error {}

/** Stages in which a case takes bytes; the database compares the case's own with them at every step. */
export const OPEN_STAGES = STAGES.filter(takesUploads);

/** What `open_upload` of the database answers; the key in base64. */
interface UploadRow {
  state: RecordState;
  offset: number;
  sizeBytes: number;
  chunkBytes: number;
  wrappedKey: string | null;
  keyVersion: number;
  expiresAt: string | null;
  stage: CaseStage;
  writer: string | null;
}

/** An upload this person may go on with, as its row tells it. */
export async function openUpload(
  uploader: Uploader,
  place: UploadPlace,
  now: Date,
): Promise<Outcome<OpenUpload, "not_found" | "upload_expired">> {
  const { caseId, recordId: id } = place;
  return readUpload(place, await callAs<UploadRow | null>(uploader, "open_upload", { id, caseId }), now);
}

/** The same, and nobody else writes it until the lock is released; null while another does. */
export async function openToWrite(
  uploader: Uploader,
  place: UploadPlace,
  now: Date,
): Promise<{ lock: UploadLock; upload: Outcome<OpenUpload, "not_found" | "upload_expired"> } | null> {
  const { caseId, recordId: id } = place;
  const lock = await lockAndOpen<UploadRow>(uploader, { id, caseId, writer: newId() });
  return lock && { lock, upload: readUpload(place, lock.upload, now) };
}

function readUpload(
  { caseId, recordId }: UploadPlace,
  row: UploadRow | null,
  now: Date,
): Outcome<OpenUpload, "not_found" | "upload_expired"> {
  // An unpacked archive came whole, though its own bytes are no more: nobody needs to send it again.
  if (!row || (!row.wrappedKey && row.state !== "unpacked")) return refused("not_found");
  const { offset, sizeBytes, chunkBytes, keyVersion, stage, writer } = row;
  const expiresAt = row.expiresAt === null ? null : new Date(row.expiresAt);
  if (expiresAt && expiresAt <= now) return refused("upload_expired");
  const wrappedKey = row.wrappedKey && Buffer.from(row.wrappedKey, "base64");
  const key = wrappedKey ? openFileKey(recordId, { wrappedKey, keyVersion }) : Buffer.alloc(0);
  const file = { recordId, key, sizeBytes, chunkBytes };
  const isComplete = row.state !== "uploading";
  return done({ id: recordId, caseId, offset, isComplete, expiresAt, stage, writer, file });
}

/** What the store asks of a writer before it touches what others wrote. */
export function turnOf(uploader: Uploader, upload: OpenUpload, lock: UploadLock): BodyTurn {
  const { id: recordId, caseId, writer } = upload;
  return {
    touch: () => lock.touch(),
    confirm: async () => {
      const now = await openUpload(uploader, { caseId, recordId }, new Date());
      if (!now.ok || now.value.isComplete || now.value.writer !== writer) throw new UploadLost();
    },
  };
}

/**
 * How far an upload is, asked before every resumption. When its writer died, whole chunks it had written but not yet
 * noted are made durable and counted, so that they need not be sent again.
 */
export async function uploadProgress(
  uploader: Uploader,
  place: UploadPlace,
  now: Date,
): Promise<Outcome<UploadProgress, "not_found" | "upload_expired">> {
  const first = await openUpload(uploader, place, now);
  if (!first.ok) return first;
  await untilWritten(place.recordId);
  const upload = await openUpload(uploader, place, now);
  if (!upload.ok) return upload;
  const { offset, isComplete, expiresAt, file } = upload.value;
  const { sizeBytes } = file;
  const isMore = !isComplete && (await recoverableOffset(file, offset)) !== null;
  const recovered = isMore ? await recover(uploader, place, now) : null;
  return done({ offset: recovered ?? offset, sizeBytes, expiresAt });
}

/** Null while somebody writes: then the row is right soon enough. */
async function recover(uploader: Uploader, place: UploadPlace, now: Date): Promise<number | null> {
  const opened = await openToWrite(uploader, place, now);
  if (!opened) return null;
  const { lock, upload } = opened;
  try {
    if (!upload.ok || upload.value.isComplete || !takesUploads(upload.value.stage)) return null;
    const { offset } = upload.value;
    const more = await settledOffset(upload.value, turnOf(uploader, upload.value, lock));
    if (more === null) return offset;
    await moveOffset(uploader, upload.value, { from: offset, to: more, isEnd: true });
    return more;
  } catch (error) {
    // What was noted stands; the rest is looked at again when there is room, or by whoever writes by now.
    if (isStorageFull(error) || isBodyLost(error) || error instanceof UploadLost) return null;
    throw error;
  } finally {
    await lock.release();
  }
}

/** Looked at once the body is ours: until then a writer that was thought dead may still change it. */
async function settledOffset({ file, offset }: OpenUpload, turn: BodyTurn): Promise<number | null> {
  const writer = await BodyWriter.open(file, undefined, turn);
  try {
    const more = await recoverableOffset(file, offset);
    if (more !== null) await writer.settle();
    return more;
  } finally {
    await writer.close();
  }
}

/** Notes that every byte before `to` is on the disk. Throws when somebody else opened the upload, or it is ours no more. */
export async function moveOffset(
  uploader: Uploader,
  { id, writer }: OpenUpload,
  step: { from: number; to: number; isEnd?: boolean },
): Promise<void> {
  const facts = { id, writer, ...step, expiresAt: expiryOf(new Date()), stages: OPEN_STAGES };
  if (!(await callAs<boolean>(uploader, "move_upload", facts))) throw new UploadLost();
}
