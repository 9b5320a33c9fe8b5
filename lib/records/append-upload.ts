import "server-only";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { callAs } from "@/lib/infra/db";
import { isBodyLost, isStorageFull } from "@/lib/infra/record-store-driver";
import { Intake } from "@/lib/infra/record-store-intake";
import { log } from "@/lib/infra/log";
import type { UploadLock } from "@/lib/infra/upload-lock";
import { takesUploads } from "@/lib/cases/case";
import { arrivalFacts } from "./note-arrival";
import {
  moveOffset,
  turnOf,
  openToWrite,
  type OpenUpload,
  openUpload,
  UploadLost,
  type UploadPlace,
  type UploadProgress,
  uploadProgress,
} from "./open-upload";
import type { Uploader } from "./scope";
import { type Arrival, type Part, takeBody } from "./take-body";
import { expiryOf } from "./upload";

export type AppendRefusal =
  | "not_found"
  | "upload_busy"
  | "upload_expired"
  | "illegal_transition"
  | "wrong_offset"
  | "too_large"
  | "checksum_mismatch"
  | "storage_full";

/**
 * Adds bytes to an upload at exactly the offset it stands at. What is answered as received is on the disk.
 * When the line breaks, what came so far is kept, unless a checksum was promised for the whole part.
 */
export async function appendUpload(
  uploader: Uploader,
  place: UploadPlace,
  part: Part,
  now: Date,
): Promise<Outcome<UploadProgress, AppendRefusal>> {
  const opened = await openToWrite(uploader, place, now);
  if (!opened) {
    const known = await uploadProgress(uploader, place, now);
    return known.ok ? refused("upload_busy") : known;
  }
  const { lock, upload } = opened;
  let isWhole = false;
  try {
    if (!upload.ok) return upload;
    const { offset, file, isComplete, stage } = upload.value;
    if (!takesUploads(stage)) return refused("illegal_transition", { stage });
    if (isComplete || part.offset !== offset) return refused("wrong_offset", { offset });
    if (part.bodyBytes !== null && offset + part.bodyBytes > file.sizeBytes) return refused("too_large");
    const received = await receive(uploader, upload.value, part, lock);
    isWhole = received.ok && received.value.expiresAt === null;
    return received;
  } catch (error) {
    if (isStorageFull(error)) return refused("storage_full");
    if (error instanceof UploadLost || isBodyLost(error)) return whyLost(uploader, place, now);
    throw error;
  } finally {
    // Nobody waits for it: whoever comes next in this process does, and another process asks the database.
    void letGo(lock, isWhole);
  }
}

async function letGo(lock: UploadLock, isWhole: boolean): Promise<void> {
  if (isWhole) return lock.leave();
  try {
    await lock.release();
  } catch (error) {
    // The connection that held it is gone, and the lock with it.
    log.error({ error }, "upload lock release");
  }
}

/** Access was withdrawn, the upload taken back, or the case ended while the bytes were on their way. */
async function whyLost(
  uploader: Uploader,
  place: UploadPlace,
  now: Date,
): Promise<Outcome<UploadProgress, AppendRefusal>> {
  const known = await openUpload(uploader, place, now);
  if (!known.ok) return known;
  const { stage } = known.value;
  return takesUploads(stage) ? refused("upload_busy") : refused("illegal_transition", { stage });
}

async function receive(
  uploader: Uploader,
  upload: OpenUpload,
  part: Part,
  lock: UploadLock,
): Promise<Outcome<UploadProgress, AppendRefusal>> {
  const { file } = upload;
  let written = upload.offset;
  const keepOffset = async (offset: number) => {
    await moveOffset(uploader, upload, { from: written, to: offset });
    written = offset;
  };
  const onDurable = part.checksum ? null : keepOffset;
  const intake = await Intake.open(file, upload.offset, onDurable, turnOf(uploader, upload, lock));
  try {
    const arrived = await takeBody(intake, part, file.sizeBytes, lock);
    if (arrived !== "whole" && (arrived !== "broken" || part.checksum)) return refused(refusalOf(arrived));
    // Another process may write the same file by now: nothing more of ours may touch it.
    if (lock.signal.reason === "lock_lost") return refused("upload_busy");
    const { offset, sha256 } = await intake.finish();
    if (lock.signal.reason === "lock_lost") return refused("upload_busy");
    if (sha256) await complete(uploader, upload, written, sha256);
    else if (offset !== written)
      await moveOffset(uploader, upload, { from: written, to: offset, isEnd: true });
    await intake.tidy();
    const expiresAt = sha256 ? null : expiryOf(new Date());
    return done({ offset, sizeBytes: file.sizeBytes, expiresAt });
  } finally {
    await intake.close();
  }
}

function refusalOf(arrival: Exclude<Arrival, "whole">): AppendRefusal {
  return arrival === "broken" ? "checksum_mismatch" : arrival;
}

async function complete(uploader: Uploader, upload: OpenUpload, from: number, sha256: string): Promise<void> {
  const { id, caseId, file, writer } = upload;
  const facts = { id, writer, from, sha256, sizeBytes: file.sizeBytes, ...arrivalFacts(uploader, caseId) };
  if (!(await callAs<boolean>(uploader, "complete_upload", facts))) throw new UploadLost();
}
