import type { ByteRange } from "./range";
import { disposition } from "./range";

/** Kinds a browser may show by itself, in a sandbox without scripts. */
const SHOWN_INLINE = ["image/jpeg", "image/png", "application/pdf", "video/mp4", "application/dicom"];

export interface ContentFacts {
  filename: string;
  mediaType: string | null;
  sha256: string;
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

/** The headers of a file's bytes: an attachment, unless it is a kind that may be looked at in place. */
export function contentHeaders(facts: ContentFacts, wantsInline: boolean): Record<string, string> {
  const { mediaType, range } = facts;
  const inline = wantsInline && mediaType !== null && SHOWN_INLINE.includes(mediaType);
  return {
    ...SEALED_HEADERS,
    "accept-ranges": "bytes",
    "content-disposition": disposition(inline ? "inline" : "attachment", facts.filename),
    "content-length": String(range.end - range.start),
    "content-type": mediaType ?? "application/octet-stream",
    etag: etagOf(facts),
    ...(facts.isPart ? { "content-range": `bytes ${range.start}-${range.end - 1}/${facts.sizeBytes}` } : {}),
  };
}

function etagOf({ sha256, isReleasedCopy }: ContentFacts): string {
  return isReleasedCopy ? `"${sha256}-released"` : `"${sha256}"`;
}

/** Headers of a picture we drew ourselves. */
export function pictureHeaders(mediaType: string): Record<string, string> {
  return { ...SEALED_HEADERS, "content-type": mediaType, "content-disposition": "inline" };
}
