import "server-only";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { constants, crc32, createInflateRaw, inflateRaw, inflateRawSync } from "node:zlib";
import { readRange, type StoredFile } from "@/lib/infra/record-store";
import {
  ARCHIVE_TAIL_BYTES,
  type ArchiveEntry,
  ENTRIES_MAX,
  LOCAL_HEADER_BYTES,
  packedBytesAt,
  readArchiveEnd,
  readDirectory,
  STORED,
} from "./archive";

const DIRECTORY_BYTES_MAX = 16 * 1024 ** 2;
/** Smaller ones are unfolded at once, larger ones as they flow. */
const SMALL_PACKED_BYTES = 1024 ** 2;
const SMALL_PLAIN_BYTES = 4 * 1024 ** 2;
const unfold = promisify(inflateRaw);

/** An entry is not what the archive says it is: other bytes, another size, or no bytes at all. */
export class BrokenEntry extends Error {}

export interface Directory {
  entries: ArchiveEntry[];
  /** Where the entries end. */
  at: number;
}

/** A sealed file that is a zip. Neighbours in it mostly lie in one chunk, which is opened once. */
export class ArchiveReader {
  private window: { index: number; bytes: Buffer } | null = null;

  constructor(private readonly file: StoredFile) {}

  /** What the archive says it holds; null when its directory is damaged. */
  async directory(): Promise<Directory | "overfull" | null> {
    const { sizeBytes } = this.file;
    const tailAt = Math.max(0, sizeBytes - ARCHIVE_TAIL_BYTES);
    const end = readArchiveEnd(await this.bytes(tailAt, sizeBytes), tailAt);
    if (!end || end.directoryAt + end.directoryBytes > sizeBytes) return null;
    if (end.entries > ENTRIES_MAX || end.directoryBytes > DIRECTORY_BYTES_MAX) return "overfull";
    const bytes = await this.bytes(end.directoryAt, end.directoryAt + end.directoryBytes);
    const entries = readDirectory(bytes, end.entries);
    return entries && { entries, at: end.directoryAt };
  }

  /** The first plain bytes of an entry, at most about `bytesMax`; null when it is damaged. */
  async head(entry: ArchiveEntry, bytesMax: number): Promise<Buffer | null> {
    const at = await this.placeOf(entry);
    if (at === null) return null;
    const packed = await this.bytes(at, at + Math.min(entry.packedBytes, bytesMax));
    if (entry.method === STORED) return packed;
    try {
      const limits = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: bytesMax * 110 };
      return inflateRawSync(packed, limits);
    } catch {
      // Damaged, or blown up beyond any honest ratio.
      return null;
    }
  }

  /** The plain bytes of an entry, never more than it announced. Throws `BrokenEntry` when they are not what it announced. */
  async *plain(entry: ArchiveEntry): AsyncGenerator<Buffer> {
    const at = await this.placeOf(entry);
    if (at === null) throw new BrokenEntry();
    let [size, sum] = [0, 0];
    for await (const piece of this.unfolded(entry, at)) {
      size += piece.length;
      if (size > entry.plainBytes) throw new BrokenEntry();
      sum = crc32(piece, sum);
      yield piece;
    }
    if (size !== entry.plainBytes || sum !== entry.crc) throw new BrokenEntry();
  }

  private async *unfolded(entry: ArchiveEntry, at: number): AsyncGenerator<Buffer> {
    const { method, packedBytes, plainBytes } = entry;
    if (method === STORED) {
      if (packedBytes !== plainBytes) throw new BrokenEntry();
      return yield* readRange(this.file, at, at + packedBytes);
    }
    if (packedBytes <= SMALL_PACKED_BYTES && plainBytes <= SMALL_PLAIN_BYTES)
      return yield* this.unfoldedAtOnce(at, entry);
    const packed = Readable.from(readRange(this.file, at, at + packedBytes));
    const inflate = createInflateRaw();
    packed.on("error", (error) => inflate.destroy(error));
    try {
      yield* packed.pipe(inflate) as AsyncIterable<Buffer>;
    } catch (cause) {
      throw isZlibFault(cause) ? new BrokenEntry() : cause;
    } finally {
      packed.destroy();
    }
  }

  private async *unfoldedAtOnce(
    at: number,
    { packedBytes, plainBytes }: ArchiveEntry,
  ): AsyncGenerator<Buffer> {
    const packed = await this.bytes(at, at + packedBytes);
    try {
      yield await unfold(packed, { maxOutputLength: Math.max(1, plainBytes) });
    } catch (cause) {
      throw isZlibFault(cause) ? new BrokenEntry() : cause;
    }
  }

  private async placeOf(entry: ArchiveEntry): Promise<number | null> {
    const header = await this.bytes(entry.headerAt, entry.headerAt + LOCAL_HEADER_BYTES);
    const at = packedBytesAt(header, entry);
    return at !== null && at + entry.packedBytes <= this.file.sizeBytes ? at : null;
  }

  private async bytes(start: number, end: number): Promise<Buffer> {
    const { chunkBytes, sizeBytes } = this.file;
    const last = Math.min(end, sizeBytes);
    if (start >= last) return Buffer.alloc(0);
    const index = Math.floor(start / chunkBytes);
    if (Math.floor((last - 1) / chunkBytes) !== index) return this.collect(start, last);
    const from = index * chunkBytes;
    if (this.window?.index !== index)
      this.window = { index, bytes: await this.collect(from, Math.min(from + chunkBytes, sizeBytes)) };
    return this.window.bytes.subarray(start - from, last - from);
  }

  private async collect(start: number, end: number): Promise<Buffer> {
    return Buffer.concat(await Array.fromAsync(readRange(this.file, start, end)));
  }
}

/** zlib tells damage by codes of its own; a damaged store or a full disk tells other ones. */
function isZlibFault(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return String(error.code).startsWith("Z_") || error.code === "ERR_BUFFER_TOO_LARGE";
}
