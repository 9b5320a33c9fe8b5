import "server-only";
import { createHash } from "node:crypto";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { callAs } from "@/lib/infra/db";
import { isStorageFull } from "@/lib/infra/record-store-driver";
import { Intake } from "@/lib/infra/record-store-intake";
import { log } from "@/lib/infra/log";
import type { UploadLock } from "@/lib/infra/upload-lock";
import { takesUploads } from "@/lib/cases/case";
import {
  moveOffset,
  OPEN_STAGES,
  openToWrite,
  type OpenUpload,
  openUpload,
  UploadLost,
  type UploadPlace,
  type UploadProgress,
  uploadProgress,
} from "./open-upload";
import type { Uploader } from "./scope";
import { expiryOf, type PatchHeaders } from "./upload";

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
  part: PatchHeaders & { body: ReadableStream<Uint8Array> | null },
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
    if (error instanceof UploadLost) return whyLost(uploader, place, now);
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
  part: PatchHeaders & { body: ReadableStream<Uint8Array> | null },
  lock: UploadLock,
): Promise<Outcome<UploadProgress, AppendRefusal>> {
  const { file } = upload;
  let written = upload.offset;
  const keepOffset = async (offset: number) => {
    await moveOffset(uploader, upload, written, offset);
    written = offset;
  };
  const intake = await Intake.open(file, upload.offset, part.checksum ? null : keepOffset);
  try {
    const arrived = await takeBody(intake, part, file.sizeBytes, lock);
    if (arrived !== "whole" && (arrived !== "broken" || part.checksum)) return refused(refusalOf(arrived));
    // Another process may write the same file by now: nothing more of ours may touch it.
    if (lock.signal.reason === "lock_lost") return refused("upload_busy");
    const { offset, sha256 } = await intake.finish();
    if (lock.signal.reason === "lock_lost") return refused("upload_busy");
    if (sha256) await complete(uploader, upload, written, sha256);
    else if (offset !== written) await keepOffset(offset);
    await intake.tidy();
    const expiresAt = sha256 ? null : expiryOf(new Date());
    return done({ offset, sizeBytes: file.sizeBytes, expiresAt });
  } finally {
    await intake.close();
  }
}

type Arrival = "whole" | "broken" | "too_large" | "checksum_mismatch";

function refusalOf(arrival: Exclude<Arrival, "whole">): AppendRefusal {
  return arrival === "broken" ? "checksum_mismatch" : arrival;
}

/** Reads the body to its end, or to where the line broke. Never takes a byte beyond the announced length. */
async function takeBody(
  intake: Intake,
  part: PatchHeaders & { body: ReadableStream<Uint8Array> | null },
  sizeBytes: number,
  lock: UploadLock,
): Promise<Arrival> {
  if (!part.body) return part.checksum ? "checksum_mismatch" : "whole";
  const digest = part.checksum ? createHash(part.checksum.algorithm) : null;
  const reader = part.body.getReader();
  const giveWay = () => void reader.cancel("gave way").catch(() => undefined);
  lock.signal.addEventListener("abort", giveWay, { once: true });
  try {
    for (;;) {
      const piece = await nextPiece(reader);
      if (piece === "broken") return "broken";
      if (piece === null) break;
      if (intake.offset + piece.length > sizeBytes) return "too_large";
      lock.touch();
      digest?.update(piece);
      await intake.take(piece);
    }
  } finally {
    lock.signal.removeEventListener("abort", giveWay);
    reader.releaseLock();
  }
  if (lock.signal.aborted) return "broken";
  if (digest && digest.digest("base64") !== part.checksum?.digest) return "checksum_mismatch";
  return "whole";
}

async function nextPiece(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<Uint8Array | null | "broken"> {
  try {
    const { done: isEnd, value } = await reader.read();
    return isEnd ? null : value;
  } catch {
    // The client's line broke: not our failure, and what came before is worth keeping.
    return "broken";
  }
}

/** A study of a thousand files is one line of the timeline, not a thousand. */
const ONE_LINE_MINUTES = 10;

async function complete(uploader: Uploader, upload: OpenUpload, from: number, sha256: string): Promise<void> {
  const { id, caseId, file } = upload;
  const facts = {
    ...{ id, caseId, from, sha256, sizeBytes: file.sizeBytes, now: new Date(), stages: OPEN_STAGES },
    ...{
      auditId: newId(),
      eventId: newId(),
      actorName: uploader.name,
      oneLineMinutes: ONE_LINE_MINUTES,
      tell: isTimeToTell(caseId),
    },
  };
  if (!(await callAs<boolean>(uploader, "complete_upload", facts))) throw new UploadLost();
}

const TELL_MS = 500;
const TOLD_MAX = 1_000;
const toldAt = new Map<string, number>();

/**
 * Open screens of a case look again at most twice a second: the database lets those who tell something commit only one
 * after the other. What is left untold here is told when the file has been checked.
 */
function isTimeToTell(caseId: string): boolean {
  const now = performance.now();
  if (now - (toldAt.get(caseId) ?? -TELL_MS) < TELL_MS) return false;
  if (toldAt.size >= TOLD_MAX) toldAt.clear();
  toldAt.set(caseId, now);
  return true;
}
