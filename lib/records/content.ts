import type { ByteRange } from "./range";
import { attachment } from "./range";

export interface ContentFacts {
  filename: string;
  mediaType: string | null;
  id: string;
  /** Null for a copy without the name. */
  sha256: string | null;
  sizeBytes: number;
  range: ByteRange;
  isPart: boolean;
  isReleasedCopy: boolean;
}

/** Headers of every answer that carries something a patient sent: nothing runs, nothing is kept, nothing is guessed. */
export const SEALED_HEADERS: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "content-security-policy": "sandbox; default-src 'none'",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "SAMEORIGIN",
  "referrer-policy": "no-referrer",
};

/** The headers of a file's own bytes. They are never shown in place: what is looked at is drawn anew by us. */
export function contentHeaders(facts: ContentFacts): Record<string, string> {
  const { mediaType, range } = facts;
  return {
    ...SEALED_HEADERS,
    "accept-ranges": "bytes",
    "content-disposition": attachment(facts.filename),
    "content-length": String(range.end - range.start),
    "content-type": mediaType ?? "application/octet-stream",
    etag: etagOf(facts),
    ...(facts.isPart ? { "content-range": `bytes ${range.start}-${range.end - 1}/${facts.sizeBytes}` } : {}),
  };
}

function etagOf({ id, sha256, isReleasedCopy }: ContentFacts): string {
  if (sha256 === null) return `"${id}-nameless"`;
  return isReleasedCopy ? `"${sha256}-released"` : `"${sha256}"`;
}

/** Headers of a picture we drew ourselves. */
export function pictureHeaders(mediaType: string): Record<string, string> {
  return { ...SEALED_HEADERS, "content-type": mediaType, "content-disposition": "inline" };
}

/** Headers of an archive that is made while it is sent: nobody knows its length before. */
export function archiveHeaders(filename: string): Record<string, string> {
  return {
    ...SEALED_HEADERS,
    "content-type": "application/zip",
    "content-disposition": attachment(filename),
  };
}
