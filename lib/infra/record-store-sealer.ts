import "server-only";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { PROGRAM } from "./record-store-program";

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

/** A file of one chunk, to be kept in a folder that must not be there yet. */
export type WholeFile = Pick<ChunkToSeal, "recordId" | "key" | "nonce" | "aad" | "bytes" | "to"> & {
  folder: string;
  /** Large enough to be written past the page cache. */
  isDirect: boolean;
};

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

  /** Keeps a file of one chunk whole, in a folder of its own. Without a hash nothing was done: it goes the longer way. */
  async keep(file: WholeFile): Promise<Sealed> {
    return this.lend("keep", file);
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
