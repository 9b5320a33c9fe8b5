import "server-only";
import { constants } from "node:fs";
import { access, type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { dataFolder } from "./env";
import {
  type BodyDriver,
  BodyLost,
  type BodyTurn,
  DamagedFile,
  DIRECT_FROM_BYTES,
  type RecordStore,
  sealedBytes,
  type SealedShape,
} from "./record-store-driver";
import { BodyMark } from "./record-store-writer";

const { O_CREAT, O_EXCL, O_RDWR } = constants;

/** `<VALVIA_DATA>/files/<two hex digits>/<record id>/`: only ids, never a name from outside. */
export function filesRoot(): string {
  return path.join(/* turbopackIgnore: true */ dataFolder(), "files");
}

function folderOf(recordId: string): string {
  // The last digits of a UUIDv7 are random, the first are the time.
  return path.join(/* turbopackIgnore: true */ filesRoot(), recordId.slice(-2), recordId);
}

const pathOf = (recordId: string, name: string) =>
  path.join(/* turbopackIgnore: true */ folderOf(recordId), name);

/** Files of this machine. Everything is opened anew for each act: a reader who goes away leaves nothing open behind. */
export class DiskStore implements RecordStore {
  readonly chunksAtOnce = 1;

  folderOf(recordId: string): string {
    return folderOf(recordId);
  }

  async readBody(shape: SealedShape, start: number, end: number): Promise<Buffer> {
    const body = await orGone(open(pathOf(shape.recordId, "body"), "r"));
    if (!body) throw new DamagedFile(shape.recordId, "gone");
    try {
      if ((await body.stat()).size > sealedBytes(shape)) throw new DamagedFile(shape.recordId, "longer");
      const sealed = Buffer.allocUnsafeSlow(end - start);
      if ((await readAll(body, sealed, start)) < sealed.length) throw new DamagedFile(shape.recordId, "cut");
      return sealed;
    } finally {
      await body.close();
    }
  }

  async bodyBytes({ recordId }: SealedShape): Promise<number> {
    return (await orGone(stat(pathOf(recordId, "body"))))?.size ?? 0;
  }

  async openBody(shape: SealedShape, keptBytes: number, turn?: BodyTurn): Promise<BodyDriver> {
    const { recordId } = shape;
    const folder = folderOf(recordId);
    const isFresh = await makeFolder(folder);
    const mark = await BodyMark.lay(folder, { isFresh, keptBytes, turn });
    const opened: FileHandle[] = [];
    try {
      const file = pathOf(recordId, "body");
      const body = isFresh ? await openFirst(file) : await open(file, O_RDWR | O_CREAT, 0o600);
      opened.push(body);
      const direct = sealedBytes(shape) < DIRECT_FROM_BYTES ? null : await openDirect(file);
      if (direct) opened.push(direct);
      // Both are the body somebody else writes, if that one came between.
      await mark.check();
      return new DiskBody(folder, isFresh, { body, direct, mark });
    } catch (error) {
      await Promise.all(opened.map((one) => one.close()));
      await mark.remove();
      throw error;
    }
  }

  async put(recordId: string, name: string, sealed: Uint8Array): Promise<void> {
    const target = pathOf(recordId, name);
    const fresh = await open(`${target}.new`, "w", 0o600);
    try {
      await fresh.writeFile(sealed);
      await fresh.sync();
    } finally {
      await fresh.close();
    }
    await rename(`${target}.new`, target);
    await syncFolder(folderOf(recordId));
  }

  async get(recordId: string, name: string): Promise<Buffer | null> {
    return orGone(readFile(pathOf(recordId, name)));
  }

  async names(recordId: string): Promise<string[]> {
    return (await namesIn(folderOf(recordId))).filter((name) => name !== "body");
  }

  async drop(recordId: string, name: string): Promise<void> {
    await rm(pathOf(recordId, name), { force: true });
  }

  async remove(recordId: string): Promise<void> {
    await rm(folderOf(recordId), { recursive: true, force: true });
  }

  async *ids(part = ""): AsyncGenerator<string> {
    const halves = (await namesIn(filesRoot())).filter((half) => half.startsWith(part));
    for (const half of halves) yield* await namesIn(path.join(filesRoot(), half));
  }

  async check(): Promise<void> {
    await mkdir(filesRoot(), { recursive: true });
    await access(filesRoot(), constants.W_OK);
  }
}

class DiskBody implements BodyDriver {
  /** The folder's own entries and the one above survive a power cut. */
  private isNamed = false;

  constructor(
    private readonly folder: string,
    readonly isFresh: boolean,
    private readonly held: { body: FileHandle; direct: FileHandle | null; mark: BodyMark },
  ) {}

  get fd(): number {
    return this.held.body.fd;
  }

  get directFd(): number | null {
    return this.held.direct?.fd ?? null;
  }

  /** The sealing thread wrote it already. */
  async keep(): Promise<void> {}

  async sync(written: number): Promise<number> {
    await this.settle();
    return written;
  }

  async settle(): Promise<void> {
    await this.held.body.datasync();
    // After the bytes: most file systems have written the new names down with them, and then this costs nothing.
    if (!this.isNamed) await Promise.all([syncFolder(this.folder), syncFolder(path.dirname(this.folder))]);
    this.isNamed = true;
    await this.held.mark.check();
  }

  async cut(position: number): Promise<void> {
    await this.held.body.truncate(position);
    await this.held.body.datasync();
  }

  async close(): Promise<void> {
    const { body, direct, mark } = this.held;
    await Promise.all([body.close(), direct?.close()]);
    await mark.remove();
  }
}

/** In a folder of ours no other can have made a body, unless we stood still meanwhile. */
async function openFirst(file: string): Promise<FileHandle> {
  try {
    return await open(file, O_RDWR | O_CREAT | O_EXCL, 0o600);
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "EEXIST")) throw cause;
    throw new BodyLost("Another writer made this body.", { cause });
  }
}

/**
 * Bytes that nobody reads again soon need no page cache: written past it they cost the processor little, and asking the disk
 * to keep them costs nothing more. Null where the system or the file system has no such writes.
 */
async function openDirect(file: string): Promise<FileHandle | null> {
  const { O_DIRECT, O_WRONLY } = constants as { O_DIRECT?: number; O_WRONLY: number };
  if (O_DIRECT === undefined) return null;
  try {
    return await open(file, O_WRONLY | O_DIRECT);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EINVAL") return null;
    throw error;
  }
}

/** False when it was there already. */
async function makeFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    if (error.code === "EEXIST") return false;
    if (error.code !== "ENOENT") throw error;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // The first of its half of the store: that half has a new name of its own.
    await syncFolder(filesRoot());
    return true;
  }
}

/** How many bytes were there. */
async function readAll(body: FileHandle, into: Buffer, position: number): Promise<number> {
  let filled = 0;
  while (filled < into.length) {
    const { bytesRead } = await body.read(into, filled, into.length - filled, position + filled);
    if (bytesRead === 0) return filled;
    filled += bytesRead;
  }
  return filled;
}

async function namesIn(folder: string): Promise<string[]> {
  return (await orGone(readdir(folder))) ?? [];
}

/** What is not there is an answer; every other trouble rises. */
async function orGone<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
