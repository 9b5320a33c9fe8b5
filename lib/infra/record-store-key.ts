import "server-only";
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { env } from "./env";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A file's own key, sealed by the deployment's master key. Dropping it erases the file for good. */
export interface WrappedKey {
  wrappedKey: Buffer<ArrayBuffer>;
  /** The first 31 bits of the master key's SHA-256: says which of the two configured keys opens it. */
  keyVersion: number;
}

/** A fresh 256-bit key for one file, and the form in which the row keeps it. */
export function newFileKey(recordId: string): { key: Buffer; wrapped: WrappedKey } {
  const key = randomBytes(32);
  return { key, wrapped: wrapFileKey(recordId, key) };
}

export function wrapFileKey(recordId: string, key: Buffer): WrappedKey {
  const master = masterKeys()[0];
  if (!master) throw new Error("RECORDS_KEY is not set.");
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", master.key, nonce);
  cipher.setAAD(Buffer.from(recordId));
  const sealed = Buffer.concat([cipher.update(key), cipher.final()]);
  return { wrappedKey: Buffer.concat([nonce, sealed, cipher.getAuthTag()]), keyVersion: master.version };
}

/** Throws when no configured master key made this wrapping, or when it was changed. */
export function openFileKey(
  recordId: string,
  wrapped: { wrappedKey: Uint8Array; keyVersion: number },
): Buffer {
  const master = masterKeys().find((one) => one.version === wrapped.keyVersion);
  if (!master) throw new Error(`No master key of version ${wrapped.keyVersion}: set RECORDS_KEY_PREVIOUS.`);
  const bytes = Buffer.from(wrapped.wrappedKey);
  const decipher = createDecipheriv("aes-256-gcm", master.key, bytes.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(recordId));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}

/** What the newest master key is called; every row should wear it in the end. */
export function currentKeyVersion(): number {
  const master = masterKeys()[0];
  if (!master) throw new Error("RECORDS_KEY is not set.");
  return master.version;
}

/** The current master key first, then the one before a rotation. */
function masterKeys(): { key: Buffer; version: number }[] {
  const { RECORDS_KEY, RECORDS_KEY_PREVIOUS } = env();
  return [RECORDS_KEY, RECORDS_KEY_PREVIOUS]
    .filter((text) => text !== undefined)
    .map((text) => Buffer.from(text, "base64"))
    .map((key) => ({ key, version: createHash("sha256").update(key).digest().readUInt32BE(0) >>> 1 }));
}
