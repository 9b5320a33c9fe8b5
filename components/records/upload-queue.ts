import {
  type ChosenFile,
  isPassing,
  type Kept,
  keptFile,
  type QueueView,
  shown,
} from "@/components/records/upload-file";
import { hashOf } from "@/components/records/upload-hash";
import { askKnown, type Known, markOf } from "@/components/records/upload-known";
import { Pace } from "@/components/records/upload-pace";
import { Rest } from "@/components/records/upload-rest";
import { type Failure, sendFile, SMALL_BYTES } from "@/components/records/upload-send";
import { isJunk } from "@/lib/records/disc";

const PARALLEL = 4;
const PARALLEL_LARGE = 2;
const TELL_MS = 250;
const ARRIVED_MS = 5_000;
const ASK_AT_ONCE = 100;
const LOOK_MS = 1_500;
const AGAIN_MS = [1_000, 3_000, 8_000, 20_000];

/**
 * The files somebody is sending. Each is hashed first and the server asked by content, in batches: what is here is not
 * sent, what was begun goes on where it stood, also after a closed page or from another browser. The same content
 * chosen twice is sent once.
 */
export class UploadQueue {
  private readonly all = new Map<string, Kept>();
  /** By content, the file that is sent for all that are the same. */
  private readonly firsts = new Map<string, string>();
  private readonly paceOf = new Pace();
  private isPaused = false;
  private leftOut = 0;
  private looking: AbortController | null = null;
  /** Something came while we looked. */
  private isMore = false;
  /** Afterwards those that met the store's trouble are tried again, and the others go on. */
  private readonly rest = new Rest(() =>
    this.again(({ state, reason }) => state === "failed" && isPassing(reason)),
  );
  private telling: ReturnType<typeof setTimeout> | null = null;
  private arrivedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly endpoint: string,
    private readonly changed: (view: QueueView) => void,
    private readonly arrived: () => void,
  ) {}

  add(files: readonly ChosenFile[], item: string): void {
    for (const { file, path } of files) {
      if (isJunk(path)) this.leftOut += 1;
      else this.take(file, path, item);
    }
    this.go();
  }

  private take(file: File, path: string, item: string): void {
    const kept = keptFile(file, path, item);
    const known = this.all.get(kept.key);
    if (!known || known.state === "failed") this.all.set(kept.key, kept);
  }

  pause(): void {
    this.isPaused = true;
    this.rest.end();
    this.looking?.abort();
    this.looking = null;
    for (const kept of this.all.values()) {
      if (kept.state !== "running" && kept.state !== "looking" && kept.state !== "waiting") continue;
      this.drop(kept);
      kept.state = "paused";
    }
    this.tell();
  }

  /** The line is back: what broke off for want of it goes on by itself. */
  reconnect(): void {
    this.again((kept) => kept.state === "failed" && kept.reason === "no_line");
  }

  resume(): void {
    this.isPaused = false;
    this.rest.end();
    this.again((kept) => kept.state === "paused" || kept.state === "failed");
  }

  cancel(key: string): void {
    const kept = this.all.get(key);
    void kept?.upload?.abort(true);
    this.all.delete(key);
    this.again((other) => other.twinOf === key);
  }

  private again(isMeant: (kept: Kept) => boolean): void {
    for (const kept of this.all.values()) {
      if (!isMeant(kept)) continue;
      kept.twinOf = null;
      kept.tries = 0;
      this.putBack(kept);
    }
    this.go();
  }

  /** To the end of the line: the server is asked anew how much of it came. */
  private putBack(kept: Kept): void {
    this.drop(kept);
    Object.assign(kept, { state: "waiting", reason: null, isAsked: false, begun: null });
  }

  private drop(kept: Kept): void {
    void kept.upload?.abort();
    kept.upload = null;
  }

  private go(): void {
    this.tell();
    if (this.isPaused) return;
    this.send();
    if (this.looking) this.isMore = true;
    else void this.look();
  }

  /** Hashes what waits and asks about it, batch after batch; the first batches are small, so that something goes soon. */
  private async look(): Promise<void> {
    const stop = new AbortController();
    this.looking = stop;
    try {
      for (let most = PARALLEL; !stop.signal.aborted; most = ASK_AT_ONCE) {
        const batch = await this.hashed(most, stop.signal);
        if (batch.length === 0 && !this.isMore) return;
        this.isMore = false;
        if (batch.length === 0) continue;
        await this.ask(batch, stop.signal);
        this.send();
        this.tell();
      }
    } catch (error) {
      // Paused in the middle: whoever goes on looks again.
      if (!stop.signal.aborted) throw error;
    } finally {
      if (this.looking === stop) this.looking = null;
    }
  }

  private async hashed(most: number, signal: AbortSignal): Promise<Kept[]> {
    const batch: Kept[] = [];
    const until = performance.now() + LOOK_MS;
    for (const kept of this.all.values()) {
      if (kept.state !== "waiting" || kept.isAsked) continue;
      kept.state = "looking";
      this.tellSoon();
      await this.hash(kept, signal);
      signal.throwIfAborted();
      if (kept.sha256 !== null && kept.state === "looking") batch.push(kept);
      if (batch.length >= most || performance.now() > until) break;
    }
    return batch;
  }

  private async hash(kept: Kept, signal: AbortSignal): Promise<void> {
    try {
      kept.sha256 ??= await hashOf(kept.file, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      // Moved or taken away since it was chosen, or the disc it lies on was ejected.
      Object.assign(kept, { state: "failed", reason: "out_of_reach" });
    }
  }

  private async ask(batch: readonly Kept[], signal: AbortSignal): Promise<void> {
    const marks = batch.map(({ sha256, size }) => ({ sha256: sha256 ?? "", size }));
    const known = await this.answer(marks, signal);
    for (const kept of batch) {
      if (kept.state !== "looking") continue;
      if (known === "no_line") Object.assign(kept, { state: "failed", reason: "no_line" });
      else this.settle(kept, known.get(markOf({ sha256: kept.sha256 ?? "", size: kept.size })));
    }
  }

  private async answer(
    marks: Parameters<typeof askKnown>[1],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Known> | "no_line"> {
    for (const pause of [...AGAIN_MS, null]) {
      try {
        return await askKnown(this.endpoint, marks, signal);
      } catch (error) {
        if (signal.aborted) throw error;
        if (pause === null) return "no_line";
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
    return "no_line";
  }

  private settle(kept: Kept, known: Known | undefined): void {
    kept.isAsked = true;
    kept.twinOf = this.twinOf(kept);
    kept.state = kept.twinOf !== null || known?.state === "here" ? "here" : "waiting";
    kept.begun = known?.state === "begun" ? known.upload : null;
  }

  /** The first file of this content, unless it is this one or came to nothing. */
  private twinOf(kept: Kept): string | null {
    const mark = markOf({ sha256: kept.sha256 ?? "", size: kept.size });
    const first = this.all.get(this.firsts.get(mark) ?? "");
    if (first && first !== kept && first.isAsked && first.state !== "failed") return first.key;
    this.firsts.set(mark, kept.key);
    return null;
  }

  private send(): void {
    if (this.isPaused || this.rest.isOn) return;
    const running = [...this.all.values()].filter((kept) => kept.state === "running");
    let [free, large] = [PARALLEL - running.length, running.filter(({ size }) => size > SMALL_BYTES).length];
    for (const kept of this.all.values()) {
      if (free <= 0) return;
      if (kept.state !== "waiting" || !kept.isAsked) continue;
      if (kept.size > SMALL_BYTES && large >= PARALLEL_LARGE) continue;
      if (kept.size > SMALL_BYTES) large += 1;
      free -= 1;
      this.start(kept);
    }
  }

  private start(kept: Kept): void {
    const { file, sha256, item, begun } = kept;
    kept.state = "running";
    // An answer that comes after a pause, or after the file was taken out, is nobody's any more.
    const current = () => kept.state === "running" && kept.upload === upload;
    const upload = sendFile(
      this.endpoint,
      { file, sha256: sha256 ?? "", item, begun },
      {
        progress: (sent) => {
          if (current()) kept.sent = sent;
          this.tellSoon();
        },
        done: () => {
          if (!current()) return;
          Object.assign(kept, { state: "done", sent: kept.size, upload: null });
          this.next();
        },
        failed: (reason) => {
          if (current()) this.fail(kept, reason);
          this.next();
        },
      },
    );
    kept.upload = upload;
  }

  private fail(kept: Kept, reason: Failure): void {
    kept.upload = null;
    if (isPassing(reason)) this.rest.begin();
    const pause = AGAIN_MS[kept.tries];
    if (reason !== "no_line" || kept.size > SMALL_BYTES || pause === undefined) {
      Object.assign(kept, { state: "failed", reason });
      return;
    }
    kept.tries += 1;
    Object.assign(kept, { state: "looking", sent: 0 });
    setTimeout(() => {
      if (kept.state !== "looking") return;
      this.putBack(kept);
      this.go();
    }, pause);
  }

  private next(): void {
    this.send();
    this.tellSoon();
    const isOver = ![...this.all.values()].some(({ state }) => state === "running" || state === "waiting");
    if (!isOver && performance.now() - this.arrivedAt < ARRIVED_MS) return;
    this.arrivedAt = performance.now();
    this.arrived();
  }

  /** A thousand files tell of themselves many times a second; nobody reads faster than this. */
  private tellSoon(): void {
    this.telling ??= setTimeout(() => this.tell(), TELL_MS);
  }

  private tell(): void {
    if (this.telling) clearTimeout(this.telling);
    this.telling = null;
    const files = [...this.all.values()].map(shown);
    const sent = files.reduce((sum, file) => sum + file.sent, 0);
    const isRunning = files.some((file) => file.state === "running");
    const pace = isRunning ? this.paceOf.after(sent, performance.now()) : this.paceOf.stop();
    this.changed({ files, pace, leftOut: this.leftOut });
  }
}
