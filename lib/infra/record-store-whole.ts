import "server-only";
import { type StoredFile, store } from "./record-store";
import { DIRECT_FROM_BYTES, sealedBytes } from "./record-store-driver";
import { boundTo, newSealSeed, nonceOf } from "./record-store-seal";
import type { Lent, Sealed, SealingThread } from "./record-store-sealer";

/** Whether a file is a single chunk, as most of a study are. */
export function isOneChunk({ sizeBytes, chunkBytes }: StoredFile): boolean {
  return sizeBytes <= chunkBytes;
}

/**
 * Keeps a file of one chunk in one step of its thread: folder, body, hash, seal, and everything on the disk. Each of these
 * by itself costs a small file more than its bytes do. Answers no hash, and nothing was done, where that cannot be: the
 * store is not a disk, or something of this file lies there already.
 */
export async function keepWhole(
  file: StoredFile,
  thread: SealingThread,
  { bytes, to }: { bytes: Lent; to: number },
): Promise<Sealed> {
  const { recordId, key } = file;
  const folder = store().folderOf(recordId);
  if (folder === null) return { bytes, sha256: null };
  const nonce = nonceOf(newSealSeed(), 0);
  const aad = boundTo({ recordId, index: 0, kind: "last" });
  const isDirect = sealedBytes(file) >= DIRECT_FROM_BYTES;
  return thread.keep({ recordId, folder, isDirect, key, nonce, aad, bytes, to });
}
