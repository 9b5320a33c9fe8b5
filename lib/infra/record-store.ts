import "server-only";
import { constants } from "node:fs";
import { access, type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { dataFolder } from "./env";
import { boundTo, newSealSeed, nonceOf, openChunk, SEAL_BYTES, sealChunk } from "./record-store-seal";

export const CHUNK_BYTES = 1_048_576;

/** What is needed to read or write one stored file. */
export interface StoredFile {
  recordId: string;
  key: Buffer;
  sizeBytes: number;
  chunkBytes: number;
}

/** `<VALVIA_DATA>/files/<two hex digits>/<record id>/`: only ids, never a name from outside. */
export function filesRoot(): string {
  return path.join(/* turbopackIgnore: true */ dataFolder(), "files");
}

function folderOf(recordId: string): string {
  // The last digits of a UUIDv7 are random, the first are the time.
  return path.join(/* turbopackIgnore: true */ filesRoot(), recordId.slice(-2), recordId);
}

const bodyPath = (recordId: string) => path.join(/* turbopackIgnore: true */ folderOf(recordId), "body");
const unprovenPath = (recordId: string) =>
  path.join(/* turbopackIgnore: true */ folderOf(recordId), "unproven");
const tailPath = (recordId: string, index: number) =>
  path.join(/* turbopackIgnore: true */ folderOf(recordId), `tail-${index}`);

/** The stored bytes are not those that were sealed: cut, changed or swapped on the disk. */
export class DamagedFile extends Error {}

export function chunkCount(file: { sizeBytes: number; chunkBytes: number }): number {
  return Math.max(1, Math.ceil(file.sizeBytes / file.chunkBytes));
}

/** Seals chunks into the body of one file, at their places; one writer at a time, which the upload lock sees to. */
export class BodyWriter {
  private readonly seed = newSealSeed();

  /** The folder's own entries, made durable while the first bytes arrive. */
  private readonly named: Promise<void>;

  private constructor(
    private readonly file: StoredFile,
    private readonly body: FileHandle,
  ) {
    const folder = folderOf(file.recordId);
    this.named = Promise.all([syncFolder(folder), syncFolder(path.dirname(folder))]).then(() => undefined);
    // Whoever syncs next hears of a failure; until then nobody may be listening.
    this.named.catch(() => undefined);
  }

  /** Opens the body, or makes it. */
  static async open(file: StoredFile): Promise<BodyWriter> {
    const folder = folderOf(file.recordId);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const body = await open(bodyPath(file.recordId), constants.O_RDWR | constants.O_CREAT, 0o600);
    return new BodyWriter(file, body);
  }

  /** Where a chunk of this file goes, with which nonce, and what its seal is bound to. */
  placeOf(index: number): { nonce: Buffer; aad: Buffer; fd: number; position: number } {
    const { recordId, chunkBytes } = this.file;
    const kind = index === chunkCount(this.file) - 1 ? "last" : "middle";
    const position = index * (chunkBytes + SEAL_BYTES);
    return {
      nonce: nonceOf(this.seed, index),
      aad: boundTo({ recordId, index, kind }),
      fd: this.body.fd,
      position,
    };
  }

  /**
   * Says, before a byte of it comes, that a part may turn out wrong: its checksum is known only at its end. What such
   * a part left behind is cut off before anything else is written or recovered.
   */
  async beginUnproven(): Promise<void> {
    const mark = await open(unprovenPath(this.file.recordId), "w", 0o600);
    await mark.close();
    await syncFolder(folderOf(this.file.recordId));
  }

  async endUnproven(): Promise<void> {
    await rm(unprovenPath(this.file.recordId), { force: true });
  }

  /** Cuts off what an unproven part left beyond the durable offset. */
  async cutUnproven(offset: number): Promise<void> {
    if (!(await exists(unprovenPath(this.file.recordId)))) return;
    const { chunkBytes } = this.file;
    await this.body.truncate(Math.floor(offset / chunkBytes) * (chunkBytes + SEAL_BYTES));
    await this.body.datasync();
    await this.endUnproven();
  }

  /** Everything written so far survives a power cut. */
  async sync(): Promise<void> {
    await Promise.all([this.named, this.body.datasync()]);
  }

  /** Keeps the unfinished chunk at the end of an upload, replacing an older one in one step. */
  async writeTail(index: number, plain: Uint8Array): Promise<void> {
    const { key, recordId } = this.file;
    const sealed = sealChunk(key, newSealSeed(), { recordId, index, kind: "tail" }, plain);
    const target = tailPath(recordId, index);
    const fresh = await open(`${target}.new`, "w", 0o600);
    try {
      await writeAll(fresh, sealed, 0);
      await fresh.sync();
    } finally {
      await fresh.close();
    }
    await rename(`${target}.new`, target);
    await syncFolder(folderOf(recordId));
  }

  /** Drops the tails of chunks that are complete by now. */
  async dropTails(exceptIndex: number | null): Promise<void> {
    const folder = folderOf(this.file.recordId);
    const keep = exceptIndex === null ? null : `tail-${exceptIndex}`;
    for (const name of await readdir(folder)) {
      if (name.startsWith("tail-") && name !== keep) await rm(path.join(folder, name), { force: true });
    }
  }

  async close(): Promise<void> {
    await this.body.close();
  }
}

/** The kept part of the unfinished chunk. It may be longer than the durable offset says: then a crash came between. */
export async function readTail(file: StoredFile, index: number): Promise<Buffer> {
  const { key, recordId } = file;
  return openChunk(key, { recordId, index, kind: "tail" }, await readFile(tailPath(recordId, index)));
}

/**
 * The plain bytes from `start` up to, not including, `end`, chunk by chunk: only the chunks touched are read and opened.
 * Reads complete chunks only, so an unfinished upload can be read up to its last full chunk.
 */
export async function* readRange(file: StoredFile, start: number, end: number): AsyncGenerator<Buffer> {
  if (start >= end) return;
  const lastIndex = Math.floor((end - 1) / file.chunkBytes);
  for (let index = Math.floor(start / file.chunkBytes); index <= lastIndex; index += 1) {
    const plain = await readChunk(file, index);
    const from = index * file.chunkBytes;
    yield plain.subarray(Math.max(0, start - from), Math.min(plain.length, end - from));
  }
}

/** Opens the body anew for each chunk: a reader who goes away leaves nothing open behind. */
async function readChunk(file: StoredFile, index: number): Promise<Buffer> {
  const isLast = index === chunkCount(file) - 1;
  const plainBytes = isLast ? file.sizeBytes - index * file.chunkBytes : file.chunkBytes;
  const sealed = Buffer.allocUnsafeSlow(plainBytes + SEAL_BYTES);
  const body = await open(bodyPath(file.recordId), "r");
  try {
    await readAll(body, sealed, index * (file.chunkBytes + SEAL_BYTES));
  } finally {
    await body.close();
  }
  try {
    return openChunk(file.key, { recordId: file.recordId, index, kind: isLast ? "last" : "middle" }, sealed);
  } catch (cause) {
    throw new DamagedFile("A stored file was changed on the disk.", { cause });
  }
}

async function readAll(body: FileHandle, into: Buffer, position: number): Promise<void> {
  let filled = 0;
  while (filled < into.length) {
    const { bytesRead } = await body.read(into, filled, into.length - filled, position + filled);
    if (bytesRead === 0) throw new DamagedFile("A stored file is shorter than its row says.");
    filled += bytesRead;
  }
}

/** The first bytes of a file, at most `bytesMax`: enough to know its type. */
export async function readHead(file: StoredFile, bytesMax: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of readRange(file, 0, Math.min(bytesMax, file.sizeBytes))) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Removes the bytes; nothing happens when they are gone already. */
export async function removeFile(recordId: string): Promise<void> {
  await rm(folderOf(recordId), { recursive: true, force: true });
}

/** The ids of every stored file, folder by folder, for the sweep. */
export async function* storedIds(): AsyncGenerator<string> {
  for (const half of await namesIn(filesRoot())) yield* await namesIn(path.join(filesRoot(), half));
}

/**
 * How far an unfinished upload really is: whole chunks that were written after the last offset was noted open by
 * their seal and need not be sent again. Null when there is nothing more, or it is unproven. The last chunk is never
 * recovered, so that only a writer completes a file.
 */
export async function recoverableOffset(file: StoredFile, offset: number): Promise<number | null> {
  const { recordId, chunkBytes } = file;
  const stored = await sizeOf(bodyPath(recordId));
  const whole = Math.min(Math.floor(stored / (chunkBytes + SEAL_BYTES)), chunkCount(file) - 1);
  const first = Math.floor(offset / chunkBytes);
  if (whole <= first || (await exists(unprovenPath(recordId)))) return null;
  let index = first;
  while (index < whole && (await opens(file, index))) index += 1;
  return index > first ? index * chunkBytes : null;
}

async function opens(file: StoredFile, index: number): Promise<boolean> {
  try {
    await readChunk(file, index);
    return true;
  } catch {
    // Half written when its writer died: what comes from here on is sent again.
    return false;
  }
}

async function sizeOf(file: string): Promise<number> {
  return (await exists(file)) ? (await stat(file)).size : 0;
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

async function writeAll(handle: FileHandle, pieces: Uint8Array[], position: number): Promise<void> {
  const wanted = pieces.reduce((total, piece) => total + piece.length, 0);
  const { bytesWritten } = await handle.writev(pieces, position);
  if (bytesWritten === wanted) return;
  // A short write is rare (a signal, a nearly full disk): say the rest again and let the disk answer.
  const rest = Buffer.concat(pieces).subarray(bytesWritten);
  await writeAll(handle, [rest], position + bytesWritten);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** True when the disk said it is full. */
export function isStorageFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}
