import "server-only";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/**
 * The program of a sealing thread. It is kept as text, so that one bundle, the web server's build and the tests start
 * it alike, without a file of its own to be found. It knows nothing but bytes: it runs the hash of each upload,
 * seals chunks and writes them. How far a running hash got tells by itself whether it still fits the offset an upload goes on from.
 */
const PROGRAM = `
  const { createCipheriv, createHash } = require("node:crypto");
  const { writeSync } = require("node:fs");
  const { parentPort } = require("node:worker_threads");
  const HASHES_KEPT = 200;
  const TAG_BYTES = 16;
  // Small enough to stay in the core's own cache from the seal to the write.
  const PIECE = 65_536;
  const running = new Map();
  const writeAll = (fd, bytes, position) => {
    if (fd === null) return;
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at, position + at);
  };
  const acts = {
    begin({ recordId, offset }) {
      const kept = offset === 0 ? { hash: createHash("sha256"), at: 0 } : running.get(recordId);
      running.delete(recordId);
      if (kept && kept.at === offset) running.set(recordId, kept);
      if (running.size > HASHES_KEPT) running.delete(running.keys().next().value);
      return { value: null, lent: [] };
    },
    seal({ key, nonce, aad, bytes, to, fd, position }) {
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      cipher.setAAD(aad);
      bytes.set(nonce);
      const first = nonce.length;
      let written = 0;
      for (let at = 0; at < to; at += PIECE) {
        const end = first + Math.min(at + PIECE, to);
        const piece = bytes.subarray(first + at, end);
        const sealed = cipher.update(piece);
        piece.set(sealed);
        if (sealed.buffer.byteLength === sealed.byteLength) sealed.buffer.transfer(0);
        writeAll(fd, bytes.subarray(written, end), position + written);
        written = end;
      }
      cipher.final();
      bytes.set(cipher.getAuthTag(), first + to);
      writeAll(fd, bytes.subarray(written, first + to + TAG_BYTES), position + written);
      return { value: bytes, lent: [bytes.buffer] };
    },
    hash({ recordId, bytes, from, to }) {
      const one = running.get(recordId);
      one?.hash.update(bytes.subarray(from, to));
      if (one) one.at += to - from;
      return { value: bytes, lent: [bytes.buffer] };
    },
    digest({ recordId }) {
      const one = running.get(recordId);
      running.delete(recordId);
      return { value: one ? { sha256: one.hash.digest("hex"), bytes: one.at } : null, lent: [] };
    },
  };
  parentPort.on("message", ({ id, act, facts }) => {
    try {
      const { value, lent } = acts[act](facts);
      parentPort.postMessage({ id, value }, lent);
    } catch (error) {
      parentPort.postMessage({ id, error: { message: String(error), code: error.code } });
    }
  });
`;

const PAIRS_MAX = 4;

/** A megabyte of memory that belongs to whoever works on it: lent to a thread, and given back. */
export type Lent = Uint8Array<ArrayBuffer>;

/** One chunk on its way to the disk. */
export interface ChunkToSeal {
  key: Buffer;
  nonce: Buffer;
  aad: Buffer;
  /** Room for the nonce, the plain bytes, room for the tag. */
  bytes: Lent;
  /** How many plain bytes there are. */
  to: number;
  /** The body it is written into; null when whoever lent the bytes takes them further. */
  fd: number | null;
  position: number;
}

interface Answer {
  id: number;
  value?: unknown;
  error?: { message: string; code?: string };
}

interface Waiting {
  resolve(value: unknown): void;
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
      if (error === undefined) one?.resolve(value);
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

  private ask(act: string, facts: object, lent: ArrayBuffer[] = []): Promise<unknown> {
    if (this.isGone) return Promise.reject(new Error("The sealing thread ended."));
    return new Promise((resolve, reject) => {
      this.lastId += 1;
      this.waiting.set(this.lastId, { resolve, reject });
      this.worker.ref();
      this.worker.postMessage({ id: this.lastId, act, facts }, lent);
    });
  }

  /** Goes on with the hash of an upload where it stands at this offset, or begins one at 0. */
  async begin(recordId: string, offset: number): Promise<void> {
    await this.ask("begin", { recordId, offset });
  }

  /** Adds a part of a lent buffer to the hash of an upload. */
  async hash(recordId: string, part: { bytes: Lent; from: number; to: number }): Promise<Lent> {
    return (await this.ask("hash", { recordId, ...part }, [part.bytes.buffer])) as Lent;
  }

  /** Seals a chunk in place and writes it, piece by piece. */
  async seal(chunk: ChunkToSeal): Promise<Lent> {
    return (await this.ask("seal", chunk, [chunk.bytes.buffer])) as Lent;
  }

  /** The SHA-256 of the whole file; null when the hash did not see every byte of it. */
  async digest(recordId: string, sizeBytes: number): Promise<string | null> {
    const answer = (await this.ask("digest", { recordId })) as { sha256: string; bytes: number } | null;
    return answer?.bytes === sizeBytes ? answer.sha256 : null;
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}

const shared = globalThis as typeof globalThis & { valviaThreads?: Map<string, SealingThread> };

/** Hashing and sealing the same upload are two threads' work, chunk after chunk: each takes about as long. */
export interface ThreadPair {
  hasher: SealingThread;
  sealer: SealingThread;
}

/** The threads of one upload: always the same, because the hasher keeps the running hash. */
export function threadsOf(recordId: string): ThreadPair {
  const pairs = Math.min(PAIRS_MAX, Math.max(1, Math.floor(availableParallelism() / 2)));
  const place = Number.parseInt(recordId.slice(-4), 16) % pairs;
  return { hasher: thread(`hash ${place}`), sealer: thread(`seal ${place}`) };
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
