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

const BODY_MS = 15 * 60_000;

/**
 * Nobody else can know of the file before it is answered: nobody is to be kept from it. But bytes without a row are swept when
 * they are an hour old, so they are here long before that, or not at all.
 */
const turnAlone = () => ({ signal: AbortSignal.timeout(BODY_MS), touch: () => undefined });

/** More of one sender, or of all, are asked for their right before a byte of theirs takes room. */
const AT_ONCE_OF_ONE = 16;
const AT_ONCE = 256;
const ASKED_FIRST_MS = 60_000;
const ASKED_FIRST_MAX = 1_000;
const underWay = new Map<string, number>();
const refusedAt = new Map<string, number>();

const senderOf = (uploader: Uploader) =>
  uploader.role === "link_holder" ? uploader.linkId : uploader.personId;

/**
 * Whether a request that brings a whole file of one chunk, as most of a study are, is kept before its right is asked. Whoever
 * was refused lately, or sends many at once, is asked first.
 */
export function isKeptFirst(uploader: Uploader, { sizeBytes }: Announced, { bodyBytes }: Part): boolean {
  if (sizeBytes === 0 || sizeBytes > CHUNK_BYTES || bodyBytes !== sizeBytes) return false;
  const sender = senderOf(uploader);
  if ((underWay.get(sender) ?? 0) >= AT_ONCE_OF_ONE) return false;
  if (underWay.values().reduce((sum, count) => sum + count, 0) >= AT_ONCE) return false;
  return performance.now() - (refusedAt.get(sender) ?? -ASKED_FIRST_MS) >= ASKED_FIRST_MS;
}

function noteRefusal(sender: string): void {
  if (refusedAt.size >= ASKED_FIRST_MAX) refusedAt.clear();
  refusedAt.set(sender, performance.now());
}

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
  const sender = senderOf(uploader);
  underWay.set(sender, (underWay.get(sender) ?? 0) + 1);
  try {
    const kept = await keepAndWriteDown(uploader, caseId, sent, now);
    if (!kept.ok && isOfRight(kept.reason)) noteRefusal(sender);
    return kept;
  } finally {
    const left = (underWay.get(sender) ?? 1) - 1;
    if (left > 0) underWay.set(sender, left);
    else underWay.delete(sender);
  }
}

const isOfRight = (reason: KeepRefusal) => ["not_found", "illegal_transition", "link_full"].includes(reason);

async function keepAndWriteDown(
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
    const arrived = await takeBody(intake, part, file.sizeBytes, turnAlone());
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
