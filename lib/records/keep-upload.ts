import "server-only";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { callAs } from "@/lib/infra/db";
import { CHUNK_BYTES, removeFile, type StoredFile } from "@/lib/infra/record-store";
import { isStorageFull } from "@/lib/infra/record-store-driver";
import { Intake } from "@/lib/infra/record-store-intake";
import { newFileKey, type WrappedKey } from "@/lib/infra/record-store-key";
import { arrivalFacts } from "./note-arrival";
import { placeRefusal, type PlaceAnswer, type PlaceRefusal } from "./create-upload";
import type { Uploader } from "./scope";
import { type Part, takeBody } from "./take-body";
import type { Announced } from "./upload";

export type KeepRefusal =
  | PlaceRefusal
  | "too_large"
  | "checksum_mismatch"
  | "malformed_upload"
  | "storage_full";

/** Whether a request brings a whole file of one chunk, as most of a study are. */
export function isWholeFile({ sizeBytes }: Announced, { bodyBytes }: Part): boolean {
  return sizeBytes > 0 && sizeBytes <= CHUNK_BYTES && bodyBytes === sizeBytes;
}

/** Nobody else can know of the file before it is answered: nobody is to be kept from it. */
const ALONE = { signal: new AbortController().signal, touch: () => undefined };

/**
 * Takes a file of one chunk that comes whole in one request: its bytes are kept first, then its row is written, complete.
 * What breaks off before leaves no row; its sender begins anew. Bytes without a row are swept.
 */
export async function keepUpload(
  uploader: Uploader,
  caseId: string,
  sent: { announced: Announced; part: Part },
  now: Date,
): Promise<Outcome<{ id: string }, KeepRefusal>> {
  const id = newId(now.getTime());
  const { key, wrapped } = newFileKey(id);
  const file = { recordId: id, key, sizeBytes: sent.announced.sizeBytes, chunkBytes: CHUNK_BYTES };
  const bytes = await keepBytes(file, sent.part);
  if (!bytes.ok) return bytes;
  const { sha256 } = bytes.value;
  const answer = await writeDown(uploader, caseId, { id, askedAt: now, sha256, wrapped, ...sent });
  const refusal = placeRefusal(answer);
  if (!refusal) return done({ id });
  await removeFile(id);
  return refusal;
}

async function keepBytes(
  file: StoredFile,
  part: Part,
): Promise<
  Outcome<{ sha256: string }, "too_large" | "checksum_mismatch" | "malformed_upload" | "storage_full">
> {
  const intake = await Intake.open(file, 0, async () => undefined);
  let sha256: string | null = null;
  try {
    const arrived = await takeBody(intake, part, file.sizeBytes, ALONE);
    if (arrived === "too_large" || arrived === "checksum_mismatch") return refused(arrived);
    if (intake.offset < file.sizeBytes) return refused("malformed_upload", { path: "Content-Length" });
    ({ sha256 } = await intake.finish());
    if (sha256 === null) throw new Error("A whole file has no hash.");
    await intake.tidy();
    return done({ sha256 });
  } catch (error) {
    if (isStorageFull(error)) return refused("storage_full");
    throw error;
  } finally {
    await intake.close();
    if (sha256 === null) await removeFile(file.recordId);
  }
}

async function writeDown(
  uploader: Uploader,
  caseId: string,
  kept: { id: string; askedAt: Date; sha256: string; wrapped: WrappedKey; announced: Announced },
): Promise<PlaceAnswer> {
  const { id, askedAt, sha256, wrapped, announced } = kept;
  const { sha256: declaredSha256, ...said } = announced;
  return callAs<PlaceAnswer>(uploader, "keep_upload", {
    ...{ id, askedAt, ...said, declaredSha256, sha256, chunkBytes: CHUNK_BYTES },
    ...{ wrappedKey: wrapped.wrappedKey.toString("base64"), keyVersion: wrapped.keyVersion },
    ...arrivalFacts(uploader, caseId),
  });
}
