import type { FrameFault, MarkedFrame } from "@/lib/records/pixel-samples";
import type { Answer, Ask, AskedFile, FileFacts } from "./messages";

/** A frame that is here, and what its file says. */
export interface ShownFrame {
  frame: MarkedFrame;
  facts: FileFacts;
}

export type Fetched = { ok: true; shown: ShownFrame } | { ok: false; fault: FrameFault };

/** Frames of all stacks on this page: decoded beside it, kept as long as there is room. */
export interface FrameStore {
  /** A frame that is here already. */
  peek(file: AskedFile, at: number): Fetched | null;
  frame(file: AskedFile, at: number): Promise<Fetched>;
  facts(file: AskedFile): Promise<FileFacts | FrameFault>;
  /** Forgets what did not come, so that it may be asked for again. */
  retry(): void;
  /** Asks that nobody waits for any more. */
  dropAllBut(wanted: ReadonlySet<string>): void;
  /** How long one frame took lately, and how far apart two came, in milliseconds. */
  pace(): { latencyMs: number; apartMs: number };
}

export type DecodingWorker = Pick<Worker, "postMessage" | "terminate" | "onmessage" | "onerror">;

const PING_MS = 4_000;
/** A worker that has not answered for so long hangs in a file. */
const HANGS_MS = 20_000;

interface Waiting {
  key: string;
  ask: Extract<Ask, { file: AskedFile }>;
  /** Null when nobody waits for it any more. */
  settle: (answer: Answer | null) => void;
}

interface Lane {
  worker: DecodingWorker;
  waiting: Map<number, Waiting>;
  heardAt: number;
}

export const keyOf = (file: AskedFile, at: number) => `${file.id}/${at}`;

export function openFrameStore(start: () => DecodingWorker, lanes: number, bytesMax: number): FrameStore {
  const pool = new Map<number, Lane>();
  const kept = new Map<string, Fetched>();
  const asked = new Map<string, Promise<Fetched>>();
  let [keptBytes, task, latencyMs, apartMs, lastAt] = [0, 0, 0, 0, 0];

  function laneOf({ id }: AskedFile): Lane {
    const at = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7) % lanes;
    const lane = pool.get(at) ?? begin(at);
    pool.set(at, lane);
    return lane;
  }

  function begin(at: number): Lane {
    const lane: Lane = { worker: start(), waiting: new Map(), heardAt: performance.now() };
    lane.worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      lane.heardAt = performance.now();
      if (data.act === "pong") return;
      const found = lane.waiting.get(data.task);
      lane.waiting.delete(data.task);
      found?.settle(data);
    };
    lane.worker.onerror = () => giveUp(at);
    return lane;
  }

  /** A file that stops its reader stops no other: the reader is ended, and the next ask gets a new one. */
  function giveUp(at: number): void {
    const lane = pool.get(at);
    if (!lane) return;
    pool.delete(at);
    lane.worker.terminate();
    for (const [one, { settle }] of lane.waiting) settle({ act: "fault", task: one, fault: "unreadable" });
  }

  const watch = setInterval(() => {
    for (const [at, lane] of pool) {
      if (lane.waiting.size === 0) continue;
      if (performance.now() - lane.heardAt > HANGS_MS) giveUp(at);
      else lane.worker.postMessage({ act: "ping" });
    }
  }, PING_MS);
  if (typeof watch === "object" && "unref" in watch) watch.unref();

  function send(key: string, file: AskedFile, at: number | null): Promise<Answer | null> {
    const lane = laneOf(file);
    task += 1;
    const ask =
      at === null ? { act: "facts" as const, task, file } : { act: "frame" as const, task, file, at };
    if (lane.waiting.size === 0) lane.heardAt = performance.now();
    return new Promise((settle) => {
      lane.waiting.set(ask.task, { key, ask, settle });
      lane.worker.postMessage(ask);
    });
  }

  function keep(key: string, fetched: Fetched): Fetched {
    kept.set(key, fetched);
    keptBytes += bytesIn(fetched);
    for (const [oldest, one] of kept) {
      if (keptBytes <= bytesMax || oldest === key) break;
      kept.delete(oldest);
      keptBytes -= bytesIn(one);
    }
    return fetched;
  }

  function measure(askedAt: number): void {
    const now = performance.now();
    latencyMs = blend(latencyMs, now - askedAt);
    if (now - lastAt < 2_000) apartMs = blend(apartMs, now - lastAt);
    lastAt = now;
  }

  async function fetchFrame(key: string, file: AskedFile, at: number): Promise<Fetched> {
    const askedAt = performance.now();
    const answer = await send(key, file, at);
    asked.delete(key);
    if (answer === null) return { ok: false, fault: "not_here" };
    if (answer.act !== "frame") {
      const fault = answer.act === "fault" ? answer.fault : "unreadable";
      return keep(key, { ok: false, fault });
    }
    measure(askedAt);
    return keep(key, { ok: true, shown: { frame: answer.frame, facts: answer.facts } });
  }

  function peek(file: AskedFile, at: number): Fetched | null {
    const key = keyOf(file, at);
    const found = kept.get(key);
    if (!found) return null;
    // Looked at again: it goes last.
    kept.delete(key);
    kept.set(key, found);
    return found;
  }

  return {
    peek,
    frame(file, at) {
      const key = keyOf(file, at);
      const here = peek(file, at);
      if (here) return Promise.resolve(here);
      const running = asked.get(key) ?? fetchFrame(key, file, at);
      asked.set(key, running);
      return running;
    },
    async facts(file) {
      const answer = await send(`${file.id}/facts`, file, null);
      if (answer?.act === "facts") return answer.facts;
      return answer?.act === "fault" ? answer.fault : "unreadable";
    },
    retry() {
      for (const [key, one] of kept) if (!one.ok) kept.delete(key);
    },
    dropAllBut(wanted) {
      for (const lane of pool.values()) {
        for (const [one, { key, ask, settle }] of lane.waiting) {
          if (ask.act !== "frame" || wanted.has(key)) continue;
          lane.waiting.delete(one);
          lane.worker.postMessage({ act: "drop", task: one });
          asked.delete(key);
          settle(null);
        }
      }
    },
    pace: () => ({ latencyMs, apartMs }),
  };
}

function bytesIn(fetched: Fetched): number {
  if (!fetched.ok) return 0;
  const { frame } = fetched.shown;
  const points = frame.kind === "grey" ? frame.values : frame.rgba;
  return points.byteLength + (frame.marks?.byteLength ?? 0);
}

/** The newest counts a fifth. */
function blend(before: number, now: number): number {
  return before === 0 ? now : before * 0.8 + now * 0.2;
}
