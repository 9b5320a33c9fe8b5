import "server-only";
import { s3Settings } from "./env";
import { Bucket } from "./record-store-bucket";
import { DiskStore } from "./record-store-disk";
import {
  type BodyDriver,
  type BodyTurn,
  chunkCount,
  DamagedFile,
  isDamagedFile,
  type RecordStore,
  type SealedReader,
  sealedBytes,
  type SealedShape,
} from "./record-store-driver";
import { S3Store } from "./record-store-s3";
import { GROUP_CHUNKS } from "./record-store-s3-body";
import { boundTo, newSealSeed, nonceOf, openChunk, SEAL_BYTES, sealChunk } from "./record-store-seal";
import type { ChunkToSeal } from "./record-store-sealer";

export const CHUNK_BYTES = 1_048_576;

/** What is needed to read or write one stored file. */
export interface StoredFile extends SealedShape {
  key: Buffer;
}

type DamageListener = (damage: DamagedFile) => Promise<void>;

const shared = globalThis as typeof globalThis & {
  valviaStore?: RecordStore;
  valviaReader?: SealedReader;
  valviaDamage?: DamageListener;
};

/** Who hears of damage before the reader does: the log and the worker, unless a process has neither. */
export function whenDamaged(listener: DamageListener): void {
  shared.valviaDamage = listener;
}

/** Tells of damage, then hands the error on. */
export async function tellDamage(error: unknown): Promise<unknown> {
  if (!isDamagedFile(error)) return error;
  const tell = shared.valviaDamage ?? (await import("./damage-report")).reportDamage;
  await tell(error);
  return error;
}

/** The store this deployment keeps its files in. */
export function store(): RecordStore {
  shared.valviaStore ??= chosenStore();
  return shared.valviaStore;
}

/** For tests and campaigns. */
export function replaceStore(other: RecordStore): void {
  shared.valviaStore = other;
}

function chosenStore(): RecordStore {
  const settings = s3Settings();
  return settings ? new S3Store(new Bucket(settings)) : new DiskStore();
}

/** Whether other processes of this machine can read the files by themselves. */
export function isOnDisk(): boolean {
  return store() instanceof DiskStore;
}

/** For a process that must not know the store itself: where it gets sealed bytes instead. */
export function readFrom(reader: SealedReader): void {
  shared.valviaReader = reader;
}

const reader = (): SealedReader => shared.valviaReader ?? store();

/** Seals chunks into the body of one file, at their places; one writer at a time, which the upload lock sees to. */
export class BodyWriter {
  private readonly seed = newSealSeed();
  /** Nothing lies beside the body. */
  private isAlone: boolean;

  private constructor(
    private readonly file: StoredFile,
    private readonly body: BodyDriver,
  ) {
    this.isAlone = body.isFresh;
  }

  /** Opens the body, or makes it. Whole chunks before the offset count; without one, whatever lies there may. */
  static async open(file: StoredFile, offset?: number, turn?: BodyTurn): Promise<BodyWriter> {
    const { chunkBytes } = file;
    const kept =
      offset === undefined ? sealedBytes(file) : Math.floor(offset / chunkBytes) * (chunkBytes + SEAL_BYTES);
    return new BodyWriter(file, await store().openBody(shapeOf(file), kept, turn));
  }

  /** Where a chunk of this file goes, with which nonce, and what its seal is bound to. */
  placeOf(index: number): Pick<ChunkToSeal, "nonce" | "aad" | "fd" | "directFd" | "position"> {
    const { recordId, chunkBytes } = this.file;
    const kind = index === chunkCount(this.file) - 1 ? "last" : "middle";
    return {
      nonce: nonceOf(this.seed, index),
      aad: boundTo({ recordId, index, kind }),
      fd: this.body.fd,
      directFd: this.body.directFd,
      position: index * (chunkBytes + SEAL_BYTES),
    };
  }

  /** The body's file; null where chunks are handed on. */
  get fd(): number | null {
    return this.body.fd;
  }

  /** Hands a sealed chunk on, where its sealing thread did not write it. */
  async keep(index: number, sealed: Uint8Array): Promise<void> {
    if (this.body.fd === null) await this.body.keep(this.placeOf(index).position, sealed);
  }

  /**
   * Says, before a byte of it comes, that a part may turn out wrong: its checksum is known only at its end. What such
   * a part left behind is cut off before anything else is written or recovered.
   */
  async beginUnproven(): Promise<void> {
    this.isAlone = false;
    await store().put(this.file.recordId, "unproven", new Uint8Array());
  }

  async endUnproven(): Promise<void> {
    await store().drop(this.file.recordId, "unproven");
  }

  /** Cuts off what an unproven part left beyond the durable offset. */
  async cutUnproven(offset: number): Promise<void> {
    if (this.isAlone || !(await isUnproven(this.file.recordId))) return;
    const { chunkBytes } = this.file;
    await this.body.cut(Math.floor(offset / chunkBytes) * (chunkBytes + SEAL_BYTES));
    await this.endUnproven();
  }

  /** How many of the first `chunks` chunks, all of them written, survive a power cut. */
  async sync(chunks: number): Promise<number> {
    const sealedChunk = this.file.chunkBytes + SEAL_BYTES;
    return Math.floor((await this.body.sync(chunks * sealedChunk)) / sealedChunk);
  }

  /** Everything written so far survives a power cut. */
  async settle(): Promise<void> {
    await this.body.settle();
  }

  /** Keeps the unfinished chunk at the end of an upload, replacing an older one in one step. */
  async writeTail(index: number, plain: Uint8Array): Promise<void> {
    this.isAlone = false;
    const { key, recordId } = this.file;
    const sealed = sealChunk(key, newSealSeed(), { recordId, index, kind: "tail" }, plain);
    await store().put(recordId, `tail-${index}`, Buffer.concat(sealed));
  }

  /** Drops what only an unfinished upload needs, except what it needs to go on at this offset. */
  async dropTails(offset: number): Promise<void> {
    if (this.isAlone) return;
    const { recordId, chunkBytes, sizeBytes } = this.file;
    const index = Math.floor(offset / chunkBytes);
    const keep = offset === sizeBytes ? [] : [`tail-${index}`, `open-${Math.floor(index / GROUP_CHUNKS)}`];
    for (const name of await store().names(recordId)) {
      if (/^(tail|open)-/.test(name) && !keep.includes(name)) await store().drop(recordId, name);
    }
  }

  async close(): Promise<void> {
    await this.body.close();
  }
}

/** A store hears nothing of keys. */
function shapeOf({ recordId, sizeBytes, chunkBytes }: StoredFile): SealedShape {
  return { recordId, sizeBytes, chunkBytes };
}

async function isUnproven(recordId: string): Promise<boolean> {
  return (await store().get(recordId, "unproven")) !== null;
}

/** The kept part of the unfinished chunk. It may be longer than the durable offset says: then a crash came between. */
export async function readTail(file: StoredFile, index: number): Promise<Buffer> {
  const { key, recordId } = file;
  const sealed = await store().get(recordId, `tail-${index}`);
  if (!sealed) throw new DamagedFile(recordId, "gone");
  return opened(recordId, () => openChunk(key, { recordId, index, kind: "tail" }, sealed));
}

/**
 * The plain bytes from `start` up to, not including, `end`, chunk by chunk: only the chunks touched are read and opened.
 * Reads complete chunks only, so an unfinished upload can be read up to its last full chunk.
 */
export async function* readRange(file: StoredFile, start: number, end: number): AsyncGenerator<Buffer> {
  if (start >= end) return;
  const last = Math.floor((end - 1) / file.chunkBytes);
  const { chunksAtOnce } = reader();
  // The first chunk comes alone, so that somebody sees something soon; whoever reads on gets more at a time.
  let wanted = 1;
  for (let index = Math.floor(start / file.chunkBytes); index <= last;) {
    const toBorder = chunksAtOnce - (index % chunksAtOnce);
    const count = Math.min(wanted, toBorder, last - index + 1);
    for (const plain of await readToldChunks(file, index, count)) {
      const from = index * file.chunkBytes;
      yield plain.subarray(Math.max(0, start - from), Math.min(plain.length, end - from));
      index += 1;
    }
    wanted = Math.min(wanted * 2, chunksAtOnce);
  }
}

async function readToldChunks(file: StoredFile, first: number, count: number): Promise<Buffer[]> {
  try {
    return await readChunks(file, first, count);
  } catch (error) {
    throw await tellDamage(error);
  }
}

async function readChunks(file: StoredFile, first: number, count: number): Promise<Buffer[]> {
  const sealedChunk = file.chunkBytes + SEAL_BYTES;
  const start = first * sealedChunk;
  const end = Math.min(start + count * sealedChunk, sealedBytes(file));
  const sealed = await reader().readBody(shapeOf(file), start, end);
  return Array.from({ length: count }, (_, at) => {
    const chunk = sealed.subarray(at * sealedChunk, (at + 1) * sealedChunk);
    return openAt(file, first + at, chunk);
  });
}

function openAt({ recordId, key, ...shape }: StoredFile, index: number, sealed: Buffer): Buffer {
  const kind = index === chunkCount(shape) - 1 ? "last" : "middle";
  return opened(recordId, () => openChunk(key, { recordId, index, kind }, sealed));
}

function opened(recordId: string, open: () => Buffer): Buffer {
  try {
    return open();
  } catch (cause) {
    throw new DamagedFile(recordId, "changed", { cause });
  }
}

/** The first bytes of a file, at most `bytesMax`: enough to know its type. */
export async function readHead(file: StoredFile, bytesMax: number): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(readRange(file, 0, Math.min(bytesMax, file.sizeBytes))));
}

/** Removes the bytes; nothing happens when they are gone already. */
export async function removeFile(recordId: string): Promise<void> {
  await store().remove(recordId);
}

/** The ids of every stored file, or of those whose last two digits begin so, for the sweep. */
export async function* storedIds(part = ""): AsyncGenerator<string> {
  yield* store().ids(part);
}

/** Throws `DamagedFile` when a complete file does not have its length in the store: without reading it. */
export async function weigh(file: StoredFile): Promise<void> {
  const stored = await store().bodyBytes(shapeOf(file));
  const expected = sealedBytes(file);
  if (stored === expected) return;
  const damage = stored === 0 ? "gone" : stored < expected ? "cut" : "longer";
  throw await tellDamage(new DamagedFile(file.recordId, damage));
}

/**
 * How far an unfinished upload really is: whole chunks that were written after the last offset was noted open by
 * their seal and need not be sent again. Null when there is nothing more, or it is unproven. The last chunk is never
 * recovered, so that only a writer completes a file.
 */
export async function recoverableOffset(file: StoredFile, offset: number): Promise<number | null> {
  const { recordId, chunkBytes } = file;
  const stored = await store().bodyBytes(shapeOf(file));
  const whole = Math.min(Math.floor(stored / (chunkBytes + SEAL_BYTES)), chunkCount(file) - 1);
  const first = Math.floor(offset / chunkBytes);
  if (whole <= first || (await isUnproven(recordId))) return null;
  let index = first;
  while (index < whole && (await opens(file, index))) index += 1;
  return index > first ? index * chunkBytes : null;
}

async function opens(file: StoredFile, index: number): Promise<boolean> {
  try {
    await readChunks(file, index, 1);
    return true;
  } catch (error) {
    // Half written when its writer died: what comes from here on is sent again.
    if (isDamagedFile(error)) return false;
    throw error;
  }
}
