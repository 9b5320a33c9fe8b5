import "server-only";
import { createHash } from "node:crypto";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { enqueue } from "@/lib/infra/jobs";
import { isStorageFull } from "@/lib/infra/record-store-driver";
import { Intake } from "@/lib/infra/record-store-intake";
import { lockUpload, type UploadLock } from "@/lib/infra/upload-lock";
import { takesUploads } from "@/lib/cases/case";
import { noteCaseEvent } from "@/lib/cases/move-case";
import {
  moveOffset,
  type OpenUpload,
  openUpload,
  UploadLost,
  type UploadPlace,
  type UploadProgress,
  uploadProgress,
} from "./open-upload";
import { openUploadsOf, type Uploader } from "./scope";
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
  const lock = await lockUpload(place.recordId);
  if (!lock) {
    const known = await uploadProgress(uploader, place, now);
    return known.ok ? refused("upload_busy") : known;
  }
  try {
    const upload = await openUpload(uploader, place, now);
    if (!upload.ok) return upload;
    const { offset, file, isComplete, stage } = upload.value;
    if (!takesUploads(stage)) return refused("illegal_transition", { stage });
    if (isComplete || part.offset !== offset) return refused("wrong_offset", { offset });
    if (part.bodyBytes !== null && offset + part.bodyBytes > file.sizeBytes) return refused("too_large");
    return await receive(uploader, upload.value, part, lock);
  } catch (error) {
    if (isStorageFull(error)) return refused("storage_full");
    if (error instanceof UploadLost) return whyLost(uploader, place, now);
    throw error;
  } finally {
    await lock.release();
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
    await asPerson(uploader, (tx) => moveOffset(tx, uploader, upload, written, offset));
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
    if (sha256) await asPerson(uploader, (tx) => complete(tx, uploader, upload, written, sha256));
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

async function complete(
  tx: Tx,
  uploader: Uploader,
  upload: OpenUpload,
  from: number,
  sha256: string,
): Promise<void> {
  const now = new Date();
  const { sizeBytes } = upload.file;
  const { count } = await tx.record.updateMany({
    where: {
      AND: [{ id: upload.id, state: "uploading", offsetBytes: BigInt(from) }, openUploadsOf(uploader)],
    },
    data: { state: "scanning", offsetBytes: BigInt(sizeBytes), sha256, completedAt: now, expiresAt: null },
  });
  if (count === 0) throw new UploadLost();
  await enqueue(tx, "record.check", { recordId: upload.id });
  await writeAudit(tx, uploader, "record.uploaded", {
    caseId: upload.caseId,
    objectType: "record",
    objectId: upload.id,
    facts: { bytes: sizeBytes },
  });
  await noteArrival(tx, uploader, upload.caseId, now);
  await notify(tx, { kind: "record", caseId: upload.caseId, recordId: upload.id });
}

const ONE_LINE_MINUTES = 10;

/** A study of a thousand files is one line of the timeline, not a thousand. */
async function noteArrival(tx: Tx, uploader: Uploader, caseId: string, now: Date): Promise<void> {
  const since = new Date(now.getTime() - ONE_LINE_MINUTES * 60_000);
  const actorName = uploader.name;
  const recent = await tx.caseEvent.findFirst({
    where: { caseId, kind: "records_arrived", actorName, at: { gt: since } },
    select: { id: true },
  });
  if (!recent) await noteCaseEvent(tx, uploader, { caseId, kind: "records_arrived" });
}
