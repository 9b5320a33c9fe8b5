import type { Upload } from "tus-js-client";
import type { Failure } from "@/components/records/upload-send";

/** What passes without anybody's doing: our store does not answer, or is full. What came before is kept. */
const PASSING = ["store_away", "storage_full"] as const;
export type Passing = (typeof PASSING)[number];

export function isPassing(reason: unknown): reason is Passing {
  return PASSING.some((one) => one === reason);
}

export interface QueuedFile {
  key: string;
  /** Its path in the folder it was chosen with. */
  name: string;
  size: number;
  sent: number;
  /** `looking` is compared with what is here; `here` need not be sent. */
  state: "waiting" | "looking" | "running" | "paused" | "done" | "here" | "failed";
  reason: Failure | null;
}

/** A chosen file, and where it lay in the folder it was chosen with. */
export interface ChosenFile {
  file: File;
  path: string;
}

const UNDER_WAY: readonly QueuedFile["state"][] = ["waiting", "looking", "running", "paused"];

/**
 * Whether a file of the queue has still to come and will not, once its page is left: paused ones, and those that go on by
 * themselves as soon as the line or our store is back.
 */
export function isUnfinished({ state, reason }: Pick<QueuedFile, "state" | "reason">): boolean {
  return UNDER_WAY.includes(state) || (state === "failed" && (reason === "no_line" || isPassing(reason)));
}

export interface QueueView {
  files: readonly QueuedFile[];
  /** Bytes a second, null while that is not known yet. */
  pace: number | null;
  /** Files a computer leaves in every folder: never sent. */
  leftOut: number;
}

/** A file of the queue with what its queue alone needs to know. */
export interface Kept extends QueuedFile {
  file: File;
  item: string;
  sha256: string | null;
  /** The server was asked whether it knows this content. */
  isAsked: boolean;
  begun: string | null;
  /** The other file of this drop with the same content. */
  twinOf: string | null;
  tries: number;
  upload: Upload | null;
}

export function keptFile(file: File, path: string, item: string): Kept {
  return {
    key: `${path}:${file.size}:${file.lastModified}`,
    ...{ name: path, size: file.size, sent: 0, state: "waiting", reason: null },
    ...{ file, item, sha256: null, isAsked: false, begun: null, twinOf: null, tries: 0, upload: null },
  };
}

export function shown({ key, name, size, sent, state, reason }: Kept): QueuedFile {
  return { key, name, size, sent, state, reason };
}
