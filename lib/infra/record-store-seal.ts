import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const SEED_BYTES = 8;
export const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What sealing adds to a chunk: the nonce before it, the tag after it. */
export const SEAL_BYTES = NONCE_BYTES + TAG_BYTES;

/** `last` ends the file; `tail` is the unfinished chunk of an upload that will go on. */
export type ChunkKind = "middle" | "last" | "tail";

/** Where a chunk belongs. Bound into the seal, so that no chunk opens at another place or in another file. */
export interface ChunkPlace {
  recordId: string;
  index: number;
  kind: ChunkKind;
}

const KIND_CODE: Record<ChunkKind, number> = { middle: 0, last: 1, tail: 2 };

/**
 * Fresh random bytes for one writing session. With the chunk's index they make the nonce, so a chunk that is
 * written again after a crash never meets the same nonce.
 */
export function newSealSeed(): Buffer {
  return randomBytes(SEED_BYTES);
}

export function nonceOf(seed: Buffer, index: number): Buffer<ArrayBuffer> {
  const nonce = Buffer.alloc(NONCE_BYTES);
  seed.copy(nonce);
  nonce.writeUInt32BE(index, SEED_BYTES);
  return nonce;
}

/** Nonce, ciphertext and tag of one chunk, in the order they lie on disk. */
export function sealChunk(
  key: Buffer,
  seed: Buffer,
  place: ChunkPlace,
  plain: Uint8Array,
): Buffer<ArrayBuffer>[] {
  const nonce = nonceOf(seed, place.index);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(boundTo(place));
  const sealed = cipher.update(plain);
  cipher.final();
  return [nonce, sealed, cipher.getAuthTag()];
}

/** The plain bytes of a sealed chunk. Throws when a bit, the place or the length was changed. */
export function openChunk(key: Buffer, place: ChunkPlace, sealed: Buffer): Buffer {
  if (sealed.length < SEAL_BYTES) throw new Error("A sealed chunk was cut short.");
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE_BYTES));
  decipher.setAAD(boundTo(place));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const plain = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
  decipher.final();
  return plain;
}

/** What a seal is bound to besides its bytes. */
export function boundTo(place: ChunkPlace): Buffer {
  const aad = Buffer.alloc(21);
  Buffer.from(place.recordId.replaceAll("-", ""), "hex").copy(aad);
  aad.writeUInt32BE(place.index, 16);
  aad.writeUInt8(KIND_CODE[place.kind], 20);
  return aad;
}
