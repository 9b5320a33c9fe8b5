import "server-only";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { asPerson, type Tx } from "@/lib/infra/db";
import { BodyWriter, recoverableOffset, type StoredFile } from "@/lib/infra/record-store";
import { openFileKey } from "@/lib/infra/record-store-key";
import { lockUpload, untilWritten } from "@/lib/infra/upload-lock";
import { type CaseStage, takesUploads } from "@/lib/cases/case";
import { openUploadsOf, type Uploader, uploadsOf } from "./scope";
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
  file: StoredFile;
}

/** The case was closed or the writer's access withdrawn while the bytes were on their way. */
export class UploadLost extends Error {}

/** An upload this person may go on with, as its row tells it. */
export async function openUpload(
  uploader: Uploader,
  { caseId, recordId }: UploadPlace,
  now: Date,
): Promise<Outcome<OpenUpload, "not_found" | "upload_expired">> {
  const row = await asPerson(uploader, (tx) =>
    tx.record.findFirst({
      where: { AND: [{ id: recordId, caseId }, uploadsOf(uploader)] },
      select: {
        state: true,
        offsetBytes: true,
        sizeBytes: true,
        chunkBytes: true,
        wrappedKey: true,
        keyVersion: true,
        expiresAt: true,
        case: { select: { stage: true } },
      },
    }),
  );
  // An unpacked archive came whole, though its own bytes are no more: nobody needs to send it again.
  if (!row || (!row.wrappedKey && row.state !== "unpacked")) return refused("not_found");
  const { expiresAt, chunkBytes, wrappedKey, keyVersion } = row;
  if (expiresAt && expiresAt <= now) return refused("upload_expired");
  const key = wrappedKey ? openFileKey(recordId, { wrappedKey, keyVersion }) : Buffer.alloc(0);
  const file = { recordId, key, sizeBytes: Number(row.sizeBytes), chunkBytes };
  const isComplete = row.state !== "uploading";
  const { stage } = row.case;
  return done({ id: recordId, caseId, offset: Number(row.offsetBytes), isComplete, expiresAt, stage, file });
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
  const lock = await lockUpload(place.recordId);
  if (!lock) return null;
  try {
    const upload = await openUpload(uploader, place, now);
    if (!upload.ok || upload.value.isComplete || !takesUploads(upload.value.stage)) return null;
    const { offset, file } = upload.value;
    const more = await recoverableOffset(file, offset);
    if (more === null) return offset;
    const writer = await BodyWriter.open(file);
    try {
      await writer.settle();
    } finally {
      await writer.close();
    }
    await asPerson(uploader, (tx) => moveOffset(tx, uploader, upload.value, offset, more));
    return more;
  } finally {
    await lock.release();
  }
}

/** Notes that every byte before `to` is on the disk. Throws when somebody else moved the upload, or it is ours no more. */
export async function moveOffset(
  tx: Tx,
  uploader: Uploader,
  upload: { id: string },
  from: number,
  to: number,
): Promise<void> {
  const { count } = await tx.record.updateMany({
    where: {
      AND: [{ id: upload.id, state: "uploading", offsetBytes: BigInt(from) }, openUploadsOf(uploader)],
    },
    data: { offsetBytes: BigInt(to), expiresAt: expiryOf(new Date()) },
  });
  if (count === 0) throw new UploadLost();
}
