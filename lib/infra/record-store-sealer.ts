import "server-only";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/**
 * The program of a sealing thread. It is kept as text, so that one bundle, the web server's build and the tests start
 * it alike, without a file of its own to be found. It knows nothing but bytes: it runs the hash of each upload,
 * seals chunks and writes them. How far a running hash got tells by itself whether it still fits the offset an upload goes on from.
 * A piece is hashed and sealed while it lies in the core's own cache.
 */
const PROGRAM = `
  const { createCipheriv, createHash } = require("node:crypto");
  const { readSync, writeSync } = require("node:fs");
  const { parentPort } = require("node:worker_threads");
  const HASHES_KEPT = 200;
  const TAG_BYTES = 16;
  // Small enough to stay in the core's own cache from the seal to the write.
  const PIECE = 65_536;
  // What a disk takes past the page cache: whole blocks, from memory that begins on a page.
  const BLOCK = 4_096;
  const page = new Uint8Array(new WebAssembly.Memory({ initial: 18 }).buffer);
  const running = new Map();
  // By upload: the sealed bytes after the last whole block, and where the next chunk goes on.
  const rests = new Map();
  const writeAll = (fd, bytes, position) => {
    if (fd === null) return;
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at, position + at);
  };
  const writeBlocks = (fds, length, position) => {
    try {
      writeAll(fds.directFd, page.subarray(0, length), position);
    } catch (error) {
      // A file system that knows no such writes, or wants larger blocks: through the page cache then.
      if (error.code !== "EINVAL") throw error;
      writeAll(fds.fd, page.subarray(0, length), position);
    }
  };
  // The block a chunk begins in the middle of holds the end of the chunk before.
  const beginBlock = (recordId, fd, position) => {
    const filled = position % BLOCK;
    const rest = rests.get(recordId);
    if (rest?.end === position) page.set(rest.bytes);
    else for (let at = 0; at < filled; ) {
      const count = readSync(fd, page, at, filled - at, position - filled + at);
      if (count === 0) throw new Error("The chunk before is not there.");
      at += count;
    }
    return filled;
  };
  const endBlock = (recordId, fds, length, position, isLast) => {
    const whole = length - (length % BLOCK);
    if (whole > 0) writeBlocks(fds, whole, position);
    if (isLast) writeAll(fds.fd, page.subarray(whole, length), position + whole);
    if (isLast) rests.delete(recordId);
    else rests.set(recordId, { at: position + whole, end: position + length, bytes: page.slice(whole, length) });
  };
  // The hash that has seen every byte of an upload before this one, or null: then the file is read again at its end.
  const hashAt = (recordId, at) => {
    const kept = at === 0 ? { hash: createHash("sha256"), at: 0 } : running.get(recordId);
    running.delete(recordId);
    if (!kept || kept.at !== at) return null;
    running.set(recordId, kept);
    if (running.size > HASHES_KEPT) running.delete(running.keys().next().value);
    return kept;
  };
  const see = (kept, piece) => {
    kept?.hash.update(piece);
    if (kept) kept.at += piece.length;
  };
  const acts = {
    hash({ recordId, at, bytes, from, to }) {
      see(hashAt(recordId, at), bytes.subarray(from, to));
      return { bytes, sha256: null };
    },
    seal({ recordId, at, hashed, isLast, key, nonce, aad, bytes, to, fd, directFd, position }) {
      const kept = hashAt(recordId, at + hashed);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      cipher.setAAD(aad);
      const first = nonce.length;
      const isDirect = directFd !== null && BLOCK + first + to + TAG_BYTES <= page.length;
      const filled = isDirect ? beginBlock(recordId, fd, position) : 0;
      const target = isDirect ? page.subarray(filled) : bytes;
      target.set(nonce);
      let written = 0;
      for (let done = 0; done < to; done += PIECE) {
        const end = first + Math.min(done + PIECE, to);
        const piece = bytes.subarray(first + done, end);
        see(kept, piece.subarray(Math.min(piece.length, Math.max(0, hashed - done))));
        const sealed = cipher.update(piece);
        target.set(sealed, first + done);
        if (sealed.buffer.byteLength === sealed.byteLength) sealed.buffer.transfer(0);
        if (isDirect) continue;
        writeAll(fd, bytes.subarray(written, end), position + written);
        written = end;
      }
      cipher.final();
      target.set(cipher.getAuthTag(), first + to);
      const length = first + to + TAG_BYTES;
      if (isDirect) endBlock(recordId, { fd, directFd }, filled + length, position - filled, isLast);
      else writeAll(fd, bytes.subarray(written, length), position + written);
      const sha256 = isLast && kept ? kept.hash.digest("hex") : null;
      if (isLast) running.delete(recordId);
      return { bytes, sha256 };
    },
    flush({ recordId, fd }) {
      const rest = rests.get(recordId);
      if (rest) writeAll(fd, rest.bytes, rest.at);
      return null;
    },
    forget({ recordId, isKept }) {
      rests.delete(recordId);
      if (!isKept) running.delete(recordId);
      return null;
    },
  };
  parentPort.on("message", ({ id, act, facts }) => {
    try {
      const value = acts[act](facts);
      parentPort.postMessage({ id, value }, value ? [value.bytes.buffer] : []);
    } catch (error) {
      parentPort.postMessage({ id, error: { message: String(error), code: error.code } });
    }
  });
`;

const THREADS_MAX = 8;

/** A megabyte of memory that belongs to whoever works on it: lent to a thread, and given back. */
export type Lent = Uint8Array<ArrayBuffer>;

/** One chunk on its way to the disk. */
export interface ChunkToSeal {
  recordId: string;
  /** Where in the file it begins. */
  at: number;
  /** How many of its plain bytes the hash has seen in an earlier part of the upload. */
  hashed: number;
  /** With it the file is whole. */
  isLast: boolean;
  key: Buffer;
  nonce: Buffer;
  aad: Buffer;
  /** Room for the nonce, the plain bytes, room for the tag. */
  bytes: Lent;
  /** How many plain bytes there are. */
  to: number;
  /** The body it is written into; null when whoever lent the bytes takes them further. */
  fd: number | null;
  /** The same body, written past the page cache; null where that cannot be. */
  directFd: number | null;
  position: number;
}

/** The lent buffer, given back; the SHA-256 of the whole file after its last chunk, if the hash saw every byte of it. */
export interface Sealed {
  bytes: Lent;
  sha256: string | null;
}

interface Answer {
  id: number;
  value?: Sealed | null;
  error?: { message: string; code?: string };
}

interface Waiting {
  resolve(value: Sealed | null): void;
  reject(error: Error): void;
}

/** Hashes, or seals and writes, beside the thread that talks to the network. */
export class SealingThread {
  private readonly worker = new Worker(PROGRAM, { eval: true, env: {} });
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  isGone = false;

  constructor() {
    this.worker.on("message", ({ id, value, error }: Answer) => {
      const one = this.waiting.get(id);
      this.waiting.delete(id);
      if (this.waiting.size === 0) this.worker.unref();
      if (error === undefined) one?.resolve(value ?? null);
      else one?.reject(Object.assign(new Error(`Sealing failed. ${error.message}`), { code: error.code }));
    });
    this.worker.on("error", () => this.fail());
    this.worker.on("exit", () => this.fail());
    this.worker.unref();
  }

  private fail(): void {
    this.isGone = true;
    for (const one of this.waiting.values()) one.reject(new Error("The sealing thread ended."));
    this.waiting.clear();
  }

  private ask(act: string, facts: object & { bytes?: Lent }): Promise<Sealed | null> {
    if (this.isGone) return Promise.reject(new Error("The sealing thread ended."));
    return new Promise((resolve, reject) => {
      this.lastId += 1;
      this.waiting.set(this.lastId, { resolve, reject });
      this.worker.ref();
      this.worker.postMessage({ id: this.lastId, act, facts }, facts.bytes ? [facts.bytes.buffer] : []);
    });
  }

  private async lend(act: string, facts: { bytes: Lent }): Promise<Sealed> {
    const answer = await this.ask(act, facts);
    if (!answer) throw new Error("The sealing thread kept what it was lent.");
    return answer;
  }

  /** Adds a part of a lent buffer, which begins at `at` in the file, to the hash of an upload. */
  async hash(part: { recordId: string; at: number; bytes: Lent; from: number; to: number }): Promise<Lent> {
    return (await this.lend("hash", part)).bytes;
  }

  /** Hashes a chunk, seals it in place and writes it, piece by piece. Chunks of one upload come in their order. */
  async seal(chunk: ChunkToSeal): Promise<Sealed> {
    return this.lend("seal", chunk);
  }

  /** Writes what is left after the last whole block of an upload's body. */
  async flush(rest: { recordId: string; fd: number }): Promise<void> {
    await this.ask("flush", rest);
  }

  /** A request has ended: nothing of its body waits here any more. Its hash stays only where what it saw was kept. */
  async forget(upload: { recordId: string; isKept: boolean }): Promise<void> {
    await this.ask("forget", upload);
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}

const shared = globalThis as typeof globalThis & { valviaThreads?: Map<string, SealingThread> };

/** The thread of one upload: always the same, because it keeps the running hash. */
export function threadOf(recordId: string): SealingThread {
  const threads = Math.min(THREADS_MAX, Math.max(1, availableParallelism()));
  return thread(String(Number.parseInt(recordId.slice(-4), 16) % threads));
}

function thread(name: string): SealingThread {
  shared.valviaThreads ??= new Map();
  const known = shared.valviaThreads.get(name);
  if (known && !known.isGone) return known;
  const fresh = new SealingThread();
  shared.valviaThreads.set(name, fresh);
  return fresh;
}

/** For scripts and tests: what a kill does to the threads. */
export async function endThreads(): Promise<void> {
  const threads = [...(shared.valviaThreads?.values() ?? [])];
  delete shared.valviaThreads;
  await Promise.all(threads.map((one) => one.end()));
}
