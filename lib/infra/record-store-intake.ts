import "server-only";
import { createHash } from "node:crypto";
import { BodyWriter, readRange, readTail, type StoredFile } from "./record-store";
import type { BodyTurn } from "./record-store-driver";
import { NONCE_BYTES, SEAL_BYTES } from "./record-store-seal";
import { type Lent, type Sealed, type SealingThread, threadOf } from "./record-store-sealer";
import { isOneChunk, keepWhole } from "./record-store-whole";

/**
 * A step asks the disk to keep what came and notes the offset, while more arrives: each second, and four times a second
 * on a very fast line. Only a power cut can lose what lies between two steps; a dead process loses its last chunk at most.
 */
const STEP_MS = 1_000;
const FAST_STEP_MS = 250;
const FAST_STEP_BYTES = 64 * 1_048_576;
/** More than this is never promised to a slow disk. */
const LAG_BYTES_MAX = 256 * 1_048_576;
const CHUNKS_IN_FLIGHT = 4;

/**
 * Buffers no upload uses at the moment. A study is a thousand small files: taking a megabyte for each from the system, and
 * leaving it to the garbage collector, would swell the process.
 */
const idle: Lent[] = [];
const IDLE_MAX = 32;

function buffer(length: number): Lent {
  const at = idle.findIndex((one) => one.length === length);
  return idle.splice(at, at < 0 ? 0 : 1)[0] ?? new Uint8Array(length);
}

function giveBack(buffers: readonly Lent[]): void {
  // One that a thread took with it when it ended has no length any more.
  for (const one of buffers) if (one.length > 0 && idle.length < IDLE_MAX) idle.push(one);
}

/** Called with an offset up to which every byte survives a power cut. */
export type OnDurable = (offset: number) => Promise<void>;

/**
 * Takes the bytes of one upload as they come: gathers a chunk, has it hashed and sealed, writes it. A handful of
 * chunks are in memory, however large the file. While one step is being made durable the next one arrives.
 */
export class Intake {
  /** Room for a nonce, a chunk, and a tag. */
  private buffer: Lent;
  private readonly spare: Lent[] = [];
  private readonly chunks = new Set<Promise<void>>();
  private step: Promise<void> | null = null;
  private failure: { error: unknown } | null = null;
  private steppedTo: number;
  /** What was last told to be durable. A store of objects keeps whole groups, so it may lag behind a step. */
  private promised: number;
  private steppedAt = performance.now();
  /** How much of the gathered chunk the hash has seen in an earlier part of the upload. */
  private hashed: number;
  /** Of the whole file, once its last chunk is sealed. */
  private sha256: string | null = null;
  /** What came was written down as received. */
  private isKept = false;

  private constructor(
    private readonly file: StoredFile,
    /** Opened when it is first needed: a file that comes in one piece is kept without it. */
    private writer: BodyWriter | null,
    private readonly thread: SealingThread,
    /** Every byte before this one was taken. */
    public offset: number,
    tail: Buffer,
    private readonly onDurable: OnDurable | null,
    private readonly turn?: BodyTurn,
  ) {
    this.buffer = buffer(file.chunkBytes + SEAL_BYTES);
    this.buffer.set(tail, NONCE_BYTES);
    this.hashed = tail.length;
    this.steppedTo = offset;
    this.promised = offset;
  }

  /** Without `onDurable` nothing is promised before the end: a checksum must be right first. */
  static async open(
    file: StoredFile,
    offset: number,
    onDurable: OnDurable | null,
    turn?: BodyTurn,
  ): Promise<Intake> {
    const thread = threadOf(file.recordId);
    if (offset === 0 && onDurable && isOneChunk(file))
      return new Intake(file, null, thread, 0, Buffer.alloc(0), onDurable, turn);
    const index = Math.floor(offset / file.chunkBytes);
    const filled = offset % file.chunkBytes;
    const tail = filled === 0 ? Buffer.alloc(0) : (await readTail(file, index)).subarray(0, filled);
    if (tail.length !== filled) throw new Error("The kept part of an upload is shorter than its row says.");
    const writer = await openWriter(file, offset, onDurable === null, turn);
    return new Intake(file, writer, thread, offset, tail, onDurable, turn);
  }

  private async opened(): Promise<BodyWriter> {
    this.writer ??= await openWriter(this.file, 0, false, this.turn);
    return this.writer;
  }

  private get index(): number {
    return Math.floor(this.offset / this.file.chunkBytes);
  }

  private get filled(): number {
    return this.offset % this.file.chunkBytes;
  }

  /** Resolves when there is room for more. The piece may be used again then. */
  async take(piece: Uint8Array): Promise<void> {
    let rest = piece;
    while (rest.length > 0) {
      const { filled } = this;
      const part = rest.subarray(0, this.file.chunkBytes - filled);
      this.buffer.set(part, NONCE_BYTES + filled);
      this.offset += part.length;
      rest = rest.subarray(part.length);
      if (this.filled === 0) await this.chunkIsFull();
    }
  }

  private async chunkIsFull(): Promise<void> {
    this.begin(this.index - 1, this.file.chunkBytes);
    while (this.chunks.size >= CHUNKS_IN_FLIGHT) await Promise.race(this.chunks);
    this.throwFailure();
    this.buffer = this.spare.pop() ?? buffer(this.file.chunkBytes + SEAL_BYTES);
    if (this.onDurable) await this.keepStepping(this.onDurable);
  }

  /** Sends the gathered chunk on its way to the disk. */
  private begin(index: number, bytes: number): void {
    const from = this.hashed;
    this.hashed = 0;
    const chunk = this.noteFailure(this.seal(index, this.buffer, from, bytes));
    this.chunks.add(chunk);
    void chunk.then(() => this.chunks.delete(chunk));
  }

  private async seal(index: number, gathered: Lent, hashed: number, to: number): Promise<void> {
    const { key, recordId, chunkBytes, sizeBytes } = this.file;
    const at = index * chunkBytes;
    const isLast = at + to === sizeBytes;
    let bytes = gathered;
    if (!this.writer) {
      const kept = await keepWhole(this.file, this.thread, { bytes, to });
      if (kept.sha256) return this.sealed(kept);
      bytes = kept.bytes;
    }
    const writer = await this.opened();
    const place = writer.placeOf(index);
    const sealed = await this.thread.seal({ recordId, at, hashed, isLast, ...place, key, bytes, to });
    await writer.keep(index, sealed.bytes.subarray(0, to + SEAL_BYTES));
    this.sealed(sealed);
  }

  private sealed({ bytes, sha256 }: Sealed): void {
    this.sha256 ??= sha256;
    this.spare.push(bytes);
  }

  /** One step at a time. */
  private async keepStepping(onDurable: OnDurable): Promise<void> {
    const lag = this.offset - this.steppedTo;
    if (this.step && lag >= LAG_BYTES_MAX) await this.step;
    this.throwFailure();
    const waitMs = lag >= FAST_STEP_BYTES ? FAST_STEP_MS : STEP_MS;
    const isDue = performance.now() - this.steppedAt >= waitMs;
    if (this.step || !isDue) return;
    this.steppedTo = this.offset;
    this.steppedAt = performance.now();
    const step = this.noteFailure(this.makeDurable(this.offset, onDurable));
    this.step = step.then(() => void (this.step = null));
  }

  private async makeDurable(offset: number, onDurable: OnDurable): Promise<void> {
    await Promise.all(this.chunks);
    await this.flush();
    const { chunkBytes } = this.file;
    const durable = (await (await this.opened()).sync(Math.floor(offset / chunkBytes))) * chunkBytes;
    if (this.failure || durable <= this.promised) return;
    await onDurable(durable);
    this.promised = durable;
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
    await this.step;
    await Promise.all(this.chunks);
    this.throwFailure();
  }

  /** Makes everything taken durable, a part of a chunk too. Answers the SHA-256 when the file is complete. */
  async finish(): Promise<{ offset: number; sha256: string | null }> {
    const { filled, offset } = this;
    const isComplete = offset === this.file.sizeBytes;
    if (isComplete && (filled > 0 || offset === 0)) this.begin(this.index, filled);
    await this.settle();
    if (!isComplete) await this.flush();
    const hasTail = !isComplete && filled > 0;
    if (hasTail) await this.opened();
    // First, because it says when another writes by now: a tail of ours would take the place of theirs.
    await this.writer?.settle();
    if (hasTail) await this.keepTail(filled);
    return { offset, sha256: isComplete ? await this.wholeHash() : null };
  }

  /** The end of the last chunk waits in its thread until its block is full. */
  private async flush(): Promise<void> {
    const fd = this.writer?.fd ?? null;
    if (fd !== null) await this.thread.flush({ recordId: this.file.recordId, fd });
  }

  private async keepTail(filled: number): Promise<void> {
    const writer = await this.opened();
    await writer.writeTail(this.index, this.buffer.subarray(NONCE_BYTES, NONCE_BYTES + filled));
    const { recordId } = this.file;
    const [at, from, to] = [
      this.offset - filled + this.hashed,
      NONCE_BYTES + this.hashed,
      NONCE_BYTES + filled,
    ];
    this.buffer = await this.thread.hash({ recordId, at, bytes: this.buffer, from, to });
  }

  /** The running hash, or the file read again when a part of it came to another process. */
  private async wholeHash(): Promise<string> {
    if (this.sha256) return this.sha256;
    const { sizeBytes } = this.file;
    const hash = createHash("sha256");
    for await (const piece of readRange(this.file, 0, sizeBytes)) hash.update(piece);
    return hash.digest("hex");
  }

  /** After the offset was written down: it is proven, and tails of chunks that are full by now are of no use. */
  async tidy(): Promise<void> {
    this.isKept = true;
    if (!this.onDurable) await this.writer?.endUnproven();
    await this.writer?.dropTails(this.offset);
  }

  /** Lets go of the file, once no write is under way any more. */
  async close(): Promise<void> {
    await this.step;
    await Promise.all(this.chunks);
    // What is not flushed by now belongs to a part that was refused, or to a writer who lost the upload: it goes.
    const { recordId } = this.file;
    if (!this.sha256) await this.noteFailure(this.thread.forget({ recordId, isKept: this.isKept }));
    giveBack([...this.spare.splice(0), this.buffer]);
    this.buffer = new Uint8Array();
    await this.writer?.close();
  }
}

async function openWriter(
  file: StoredFile,
  offset: number,
  isUnproven: boolean,
  turn?: BodyTurn,
): Promise<BodyWriter> {
  const writer = await BodyWriter.open(file, offset, turn);
  try {
    await writer.cutUnproven(offset);
    if (isUnproven) await writer.beginUnproven();
    return writer;
  } catch (error) {
    await writer.close();
    throw error;
  }
}
