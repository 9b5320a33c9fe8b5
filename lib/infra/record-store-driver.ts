import "server-only";
import { SEAL_BYTES } from "./record-store-seal";

/** How large a stored file is and in which chunks it lies: all a store needs to know of it, and nothing of its key. */
export interface SealedShape {
  recordId: string;
  sizeBytes: number;
  chunkBytes: number;
}

/** What may happen to stored bytes behind our back. */
export const DAMAGES = ["gone", "cut", "longer", "changed"] as const;
export type Damage = (typeof DAMAGES)[number];

const SAID: Record<Damage, string> = {
  gone: "is gone from the store",
  cut: "was cut short in the store",
  longer: "was made longer in the store",
  changed: "was changed in the store",
};

/** The stored bytes are not those that were sealed. Names the record, so that its file can be asked for again. */
export class DamagedFile extends Error {
  override readonly name = "DamagedFile";

  constructor(
    readonly recordId: string,
    readonly damage: Damage,
    options?: ErrorOptions,
  ) {
    super(`The file of record ${recordId} ${SAID[damage]}.`, options);
  }
}

/** The store does not answer, or not with what was asked. What was promised before still stands. */
export class StoreAway extends Error {
  override readonly name = "StoreAway";
}

/** Another writer took the body over: nothing this one wrote since then is part of it, and nothing more may be promised. */
export class BodyLost extends Error {
  override readonly name = "BodyLost";
}

/**
 * The web server's build has each class more than once, and one store serves all of them: what another part of it threw is
 * known by its name, not by its class.
 */
const isNamed = (error: unknown, name: string) => error instanceof Error && error.name === name;

export function isDamagedFile(error: unknown): error is DamagedFile {
  return isNamed(error, "DamagedFile");
}

export function isStoreAway(error: unknown): error is StoreAway {
  return isNamed(error, "StoreAway");
}

export function isBodyLost(error: unknown): error is BodyLost {
  return isNamed(error, "BodyLost");
}

/** The turn of one who writes a body that others may have written before. */
export interface BodyTurn {
  /** Throws when the upload is another's by now. */
  confirm(): Promise<void>;
  /** Tells that work goes on, where it takes long. */
  touch(): void;
}

/** The way to sealed bytes. */
export interface SealedReader {
  /** How many chunks one request may bring. */
  readonly chunksAtOnce: number;
  /** Sealed bytes from `start` up to, not including, `end`. Throws `DamagedFile` when they are not all there. */
  readBody(shape: SealedShape, start: number, end: number): Promise<Buffer>;
}

/** Where sealed bytes lie. Names are ours alone: `tail-3`, `unproven`; nothing from outside is part of a path. */
export interface RecordStore extends SealedReader {
  /** Where a sealing thread may keep a body by itself; null where bodies are no files of this machine. */
  folderOf(recordId: string): string | null;
  /** How many sealed bytes of a body lie there without a gap. */
  bodyBytes(shape: SealedShape): Promise<number>;
  /**
   * Opens a body for its one writer, or makes it; of what lies there the first `keptBytes` count. Whoever wrote it before
   * changes it no more, also where that one does not know yet. Where something lies there, the turn is asked first.
   */
  openBody(shape: SealedShape, keptBytes: number, turn?: BodyTurn): Promise<BodyDriver>;
  /** Keeps a small thing beside the body, whole and durable before it answers, or not at all. */
  put(recordId: string, name: string, sealed: Uint8Array): Promise<void>;
  get(recordId: string, name: string): Promise<Buffer | null>;
  /** What lies beside the body. */
  names(recordId: string): Promise<string[]>;
  drop(recordId: string, name: string): Promise<void>;
  /** Removes everything of one record; nothing happens when it is gone already. */
  remove(recordId: string): Promise<void>;
  /** The ids of everything stored whose last two digits begin so; of all, without a part. */
  ids(part?: string): AsyncGenerator<string>;
  /** Throws when nothing can be kept. */
  check(): Promise<void>;
}

/** The body of one file while it is written. */
export interface BodyDriver {
  /** Where the sealing thread writes a chunk by itself; null when it is handed to `keep` instead. */
  readonly fd: number | null;
  /** The same body, for writes in whole blocks past the page cache; null where that cannot be. */
  readonly directFd: number | null;
  /** True when nothing lay there before, neither a body nor anything beside it. */
  readonly isFresh: boolean;
  /** Takes a copy of a sealed chunk. Resolves when there is room for the next. */
  keep(position: number, sealed: Uint8Array): Promise<void>;
  /** Of the first `written` sealed bytes, all of them written: how many survive a power cut. Throws `BodyLost` as below. */
  sync(written: number): Promise<number>;
  /**
   * Makes all of them survive, the bytes of a group that is not full too. Throws `BodyLost` when another writer opened the
   * body meanwhile.
   */
  settle(): Promise<void>;
  /** Drops every sealed byte from here on. */
  cut(position: number): Promise<void>;
  close(): Promise<void>;
}

/** A smaller file is written with fewer steps through the page cache. */
export const DIRECT_FROM_BYTES = 131_072;

export function chunkCount({ sizeBytes, chunkBytes }: Omit<SealedShape, "recordId">): number {
  return Math.max(1, Math.ceil(sizeBytes / chunkBytes));
}

/** How long a whole body is, sealed. */
export function sealedBytes(shape: Omit<SealedShape, "recordId">): number {
  return shape.sizeBytes + chunkCount(shape) * SEAL_BYTES;
}

/** True when the disk, or a store of objects, said it is full. */
export function isStorageFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}
