import type { StoredFile } from "@/lib/infra/record-store";
import type { Expected } from "./inspection";

/** What the process that reads files may be asked: always about one file, of which it gets the key. */
export type ReadingTask =
  | { act: "inspect"; file: StoredFile; expected: Expected }
  | {
      act: "draw";
      file: StoredFile;
      kind: string | null;
      wanted: WantedPicture;
      /** What somebody wrote over a picture may be a name: a reader without the name gets the bare pixels. */
      hasMarks: boolean;
    };

/** Who sent a file into which case. */
interface Sent {
  caseId: string;
  uploaderId: string | null;
  uploadLinkId: string | null;
}

/**
 * Files that one process may read one after the other, because one sender put them into one case: what a file does to
 * its reader it can do to its own sender's alone. Checks and pictures never share a process.
 */
export function rowOf(act: ReadingTask["act"], { caseId, uploaderId, uploadLinkId }: Sent): string {
  return `${act} ${caseId} ${uploaderId ?? uploadLinkId ?? "nobody"}`;
}

/** Pages and frames count from 1. Without a wish: the first page, the middle of a clip. */
export interface WantedPicture {
  page?: number | undefined;
  frame?: number | undefined;
}

export interface DrawnPicture {
  mediaType: "image/png" | "image/jpeg";
  bytes: Uint8Array;
}

/** A picture as the reading process gave it; null when it gave none, or something else. */
export function pictureIn(value: unknown): DrawnPicture | null {
  if (typeof value !== "object" || value === null) return null;
  if (!("mediaType" in value) || !("bytes" in value) || !(value.bytes instanceof Uint8Array)) return null;
  const { mediaType, bytes } = value;
  return mediaType === "image/png" || mediaType === "image/jpeg" ? { mediaType, bytes } : null;
}
