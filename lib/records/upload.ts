import type { Outcome } from "@/lib/kernel/outcome";
import { done, refused } from "@/lib/kernel/outcome";

/** The tus 1.0.0 protocol as far as it needs no store: headers in, facts or a refusal out. */
export const TUS_VERSION = "1.0.0";
export const TUS_EXTENSIONS = "creation,creation-with-upload,termination,checksum,expiration";
export const UPLOAD_BYTES_MAX = 5 * 1024 ** 3;
export const UPLOAD_DAYS = 7;
export const CHECKSUM_ALGORITHMS = ["sha1", "sha256", "md5"] as const;

/** Uploads that may be open in one case at a time: a CT study arrives as some thousand files. */
export const OPEN_UPLOADS_MAX = 5_000;

export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

export interface Checksum {
  algorithm: ChecksumAlgorithm;
  digest: string;
}

/** What the person says about a file before its bytes come. */
export interface Announced {
  filename: string;
  declaredType: string | null;
  item: string | null;
  sha256: string | null;
  sizeBytes: number;
}

const FILENAME_MAX = 200;
const MIME = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$/i;
// Controls, and the marks that turn the reading direction and so hide a file's real ending.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A whole number of bytes as tus writes it, or null. */
export function byteCount(header: string | null): number | null {
  if (header === null || !/^\d{1,15}$/.test(header)) return null;
  return Number(header);
}

/** Upload-Metadata: `key base64,key base64`. Null when it does not follow the protocol. */
export function parseMetadata(header: string | null): Map<string, string> | null {
  const pairs = new Map<string, string>();
  if (!header?.trim()) return pairs;
  for (const part of header.split(",")) {
    const [key, value, ...more] = part.trim().split(" ");
    if (!key || more.length > 0 || pairs.has(key) || !/^[\x21-\x2b\x2d-\x7e]+$/.test(key)) return null;
    const text = value ? fromBase64(value) : "";
    if (text === null) return null;
    pairs.set(key, text);
  }
  return pairs;
}

function fromBase64(value: string): string | null {
  if (value.length > 4_000 || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) return null;
  try {
    const bytes = Uint8Array.from(atob(value), (letter) => letter.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Not base64, or not UTF-8: the header is malformed, and the caller says so.
    return null;
  }
}

/** The last part of a path, without anything invisible; the name is only shown, never used to find a file. */
export function safeFilename(given: string): string {
  const last = given.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const visible = last.replaceAll(INVISIBLE, "").trim();
  return visible.length <= FILENAME_MAX
    ? visible
    : `${visible.slice(0, FILENAME_MAX - 12)}…${visible.slice(-11)}`;
}

/** Reads what a creation request announces. `isItem` says whether a checklist item of that code exists. */
export function readAnnouncement(
  headers: Headers,
  isItem: (code: string) => boolean,
): Outcome<Announced, "malformed_upload" | "invalid_upload" | "too_large"> {
  const malformed = (path: string) => refused("malformed_upload", { path });
  const invalid = (path: string) => refused("invalid_upload", { path });
  if (headers.has("upload-defer-length") || headers.has("upload-concat")) return malformed("Upload-Length");
  const sizeBytes = byteCount(headers.get("upload-length"));
  if (sizeBytes === null) return malformed("Upload-Length");
  if (sizeBytes > UPLOAD_BYTES_MAX) return refused("too_large", { bytesMax: UPLOAD_BYTES_MAX });
  const metadata = parseMetadata(headers.get("upload-metadata"));
  if (!metadata) return malformed("Upload-Metadata");
  const filename = safeFilename(metadata.get("filename") ?? "");
  if (!filename) return invalid("Upload-Metadata.filename");
  const item = metadata.get("item") || null;
  if (item !== null && !isItem(item)) return invalid("Upload-Metadata.item");
  const sha256 = metadata.get("sha256")?.toLowerCase() || null;
  if (sha256 !== null && !/^[0-9a-f]{64}$/.test(sha256)) return invalid("Upload-Metadata.sha256");
  const type = metadata.get("filetype") ?? "";
  return done({
    filename,
    item,
    sha256,
    sizeBytes,
    declaredType: MIME.test(type) ? type.toLowerCase() : null,
  });
}

/** Upload-Checksum: `algorithm base64`. Null without one; refused when malformed or of an unknown algorithm. */
export function parseChecksum(header: string | null): Outcome<Checksum | null, "malformed_checksum"> {
  if (header === null) return done(null);
  const [name, digest, ...more] = header.trim().split(" ");
  const algorithm = CHECKSUM_ALGORITHMS.find((one) => one === name);
  if (!algorithm || !digest || more.length > 0)
    return refused("malformed_checksum", { path: "Upload-Checksum" });
  return done({ algorithm, digest });
}

export interface PatchHeaders {
  offset: number;
  checksum: Checksum | null;
  /** Content-Length, when it is told. */
  bodyBytes: number | null;
}

export function readPatchHeaders(
  headers: Headers,
): Outcome<PatchHeaders, "wrong_media_type" | "malformed_upload" | "malformed_checksum"> {
  if (!isUploadBody(headers)) return refused("wrong_media_type");
  const offset = byteCount(headers.get("upload-offset"));
  if (offset === null) return refused("malformed_upload", { path: "Upload-Offset" });
  const checksum = parseChecksum(headers.get("upload-checksum"));
  if (!checksum.ok) return checksum;
  return done({ offset, checksum: checksum.value, bodyBytes: byteCount(headers.get("content-length")) });
}

export function isUploadBody(headers: Headers): boolean {
  return (
    headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() === "application/offset+octet-stream"
  );
}

/** Until when an unfinished upload is kept, counted anew with each part that arrives. */
export function expiryOf(now: Date): Date {
  return new Date(now.getTime() + UPLOAD_DAYS * 86_400_000);
}
