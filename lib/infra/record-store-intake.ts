import "server-only";
import { createHash, type Hash } from "node:crypto";
import { BodyWriter, readRange, readTail, type StoredFile } from "./record-store";

/** How many chunks may go by before the disk is asked to keep them and the offset is written down: 8 MiB. */
const CHUNKS_PER_STEP = 8;
const WRITES_IN_FLIGHT = 2;
const HASHES_KEPT = 200;

/** Called with an offset up to which every byte survives a power cut. */
export type OnDurable = (offset: number) => Promise<void>;

const shared = globalThis as typeof globalThis & {
  valviaHashes?: Map<string, { hash: Hash; offset: number }>;
};

function keptHashes(): Map<string, { hash: Hash; offset: number }> {
  shared.valviaHashes ??= new Map();
  return shared.valviaHashes;
}

/** A running SHA-256 that stands exactly at this offset, or null: then the file is read again at its end. */
function takeHash(recordId: string, offset: number): Hash | null {
  if (offset === 0) return createHash("sha256");
  const kept = keptHashes().get(recordId);
  keptHashes().delete(recordId);
  return kept?.offset === offset ? kept.hash : null;
}

function keepHash(recordId: string, hash: Hash, offset: number): void {
  const kept = keptHashes();
  const oldest = kept.keys().next();
  if (kept.size >= HASHES_KEPT && !oldest.done) kept.delete(oldest.value);
  kept.set(recordId, { hash, offset });
}

/**
 * Takes the bytes of one upload as they come: gathers a chunk, seals it, writes it. One plain chunk and at most two
 * sealed ones are in memory, however large the file. While one step is being made durable the next one arrives.
 */
export class Intake {
  private readonly buffer: Buffer;
  private readonly writes = new Set<Promise<void>>();
  private durable: Promise<void> = Promise.resolve();
  private failure: { error: unknown } | null = null;
  private chunksSinceStep = 0;
  private hashed: number;

  private constructor(
    private readonly file: StoredFile,
    private readonly writer: BodyWriter,
    private readonly hash: Hash | null,
    /** Every byte before this one was taken. */
    public offset: number,
    tail: Buffer,
    private readonly onDurable: OnDurable | null,
  ) {
    this.buffer = Buffer.allocUnsafeSlow(file.chunkBytes);
    tail.copy(this.buffer);
    this.hashed = tail.length;
  }

  /** Without `onDurable` nothing is promised before the end: a checksum must be right first. */
  static async open(file: StoredFile, offset: number, onDurable: OnDurable | null): Promise<Intake> {
    const index = Math.floor(offset / file.chunkBytes);
    const filled = offset % file.chunkBytes;
    const tail = filled === 0 ? Buffer.alloc(0) : (await readTail(file, index)).subarray(0, filled);
    if (tail.length !== filled) throw new Error("The kept part of an upload is shorter than its row says.");
    const writer = await BodyWriter.open(file);
    return new Intake(file, writer, takeHash(file.recordId, offset), offset, tail, onDurable);
  }

  private get index(): number {
    return Math.floor(this.offset / this.file.chunkBytes);
  }

  /** Resolves when there is room for more. */
  async take(piece: Uint8Array): Promise<void> {
    let rest = piece;
    while (rest.length > 0) {
      const filled = this.offset % this.file.chunkBytes;
      const part = rest.subarray(0, this.file.chunkBytes - filled);
      this.buffer.set(part, filled);
      this.offset += part.length;
      rest = rest.subarray(part.length);
      if (this.offset % this.file.chunkBytes === 0) await this.chunkIsFull();
    }
  }

  private async chunkIsFull(): Promise<void> {
    this.writeChunk(this.index - 1, this.buffer);
    this.hashed = 0;
    this.chunksSinceStep += 1;
    while (this.writes.size >= WRITES_IN_FLIGHT) await Promise.race(this.writes);
    this.throwFailure();
    if (!this.onDurable || this.chunksSinceStep < CHUNKS_PER_STEP) return;
    await this.durable;
    this.throwFailure();
    this.chunksSinceStep = 0;
    this.durable = this.noteFailure(this.step(this.offset, this.onDurable));
  }

  private writeChunk(index: number, plain: Buffer): void {
    this.hash?.update(plain.subarray(this.hashed));
    const write = this.noteFailure(this.writer.writeChunk(index, plain));
    this.writes.add(write);
    void write.then(() => this.writes.delete(write));
  }

  private async step(offset: number, onDurable: OnDurable): Promise<void> {
    await Promise.all(this.writes);
    await this.writer.sync();
    if (!this.failure) await onDurable(offset);
  }

  /** A failure is kept and thrown where the bytes are taken, so that no promise is left without a reader. */
  private async noteFailure(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.failure ??= { error };
    }
  }

  private throwFailure(): void {
    if (this.failure) throw this.failure.error;
  }

  private async settle(): Promise<void> {
    await this.durable;
    await Promise.all(this.writes);
    this.throwFailure();
  }

  /** Makes everything taken durable, a part of a chunk too. Answers the SHA-256 when the file is complete. */
  async finish(): Promise<{ offset: number; sha256: string | null }> {
    await this.settle();
    const filled = this.offset % this.file.chunkBytes;
    const isComplete = this.offset === this.file.sizeBytes;
    if (isComplete && (filled > 0 || this.offset === 0)) {
      this.writeChunk(this.index, this.buffer.subarray(0, filled));
      await this.settle();
    } else if (filled > 0) {
      this.hash?.update(this.buffer.subarray(this.hashed, filled));
      await this.writer.writeTail(this.index, this.buffer.subarray(0, filled));
    }
    await this.writer.sync();
    if (isComplete) return { offset: this.offset, sha256: await this.wholeHash() };
    if (this.hash) keepHash(this.file.recordId, this.hash, this.offset);
    return { offset: this.offset, sha256: null };
  }

  private async wholeHash(): Promise<string> {
    if (this.hash) return this.hash.digest("hex");
    const hash = createHash("sha256");
    for await (const piece of readRange(this.file, 0, this.file.sizeBytes)) hash.update(piece);
    return hash.digest("hex");
  }

  /** After the offset was written down: tails of chunks that are full by now are of no use. */
  async forgetOldTails(): Promise<void> {
    const filled = this.offset % this.file.chunkBytes;
    const isComplete = this.offset === this.file.sizeBytes;
    await this.writer.dropTails(isComplete || filled === 0 ? null : this.index);
  }

  /** Lets go of the file, once no write is under way any more. */
  async close(): Promise<void> {
    await this.durable;
    await Promise.all(this.writes);
    await this.writer.close();
  }
}
