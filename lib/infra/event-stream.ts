import "server-only";
import pg from "pg";
import { env } from "./env";
import type { LiveEvent } from "./events";
import { log } from "./log";
import { Problem } from "./problem";

type Listener = (event: LiveEvent) => void;

const shared = globalThis as typeof globalThis & { valviaEvents?: Hub };

/** One database connection per process that hears `app_events` and hands each to whoever listens here. */
class Hub {
  private readonly listeners = new Set<Listener>();
  private client: pg.Client | null = null;

  add(listener: Listener): () => void {
    this.listeners.add(listener);
    if (!this.client) this.connect();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.rest();
    };
  }

  private connect(): void {
    const client = new pg.Client({ connectionString: env().DATABASE_URL, options: "-c role=valvia_app" });
    this.client = client;
    client.on("notification", (message) => this.tell(message.payload ?? ""));
    client.on("error", (error) => this.again(error));
    client
      .connect()
      .then(() => client.query("LISTEN app_events"))
      .catch((error: unknown) => this.again(error));
  }

  /** A lost connection is tried again; pages that listen ask anew after every reconnect anyway. */
  private again(error: unknown): void {
    log.error({ error }, "event stream lost the database");
    this.rest();
    setTimeout(() => {
      if (this.listeners.size > 0 && !this.client) this.connect();
    }, 1_000).unref();
  }

  private rest(): void {
    const old = this.client;
    this.client = null;
    old?.removeAllListeners("error");
    old?.on("error", () => {});
    old?.end().catch((error: unknown) => log.error({ error }, "event stream did not end"));
  }

  private tell(payload: string): void {
    const event = JSON.parse(payload) as LiveEvent;
    for (const listener of this.listeners) listener(event);
  }
}

export function onLiveEvent(listener: Listener): () => void {
  shared.valviaEvents ??= new Hub();
  return shared.valviaEvents.add(listener);
}

const HEARTBEAT_MS = 20_000;
const WAITING_MAX = 200;

/** Tabs of one person in this process: more than anybody has open, and few enough to carry. */
const STREAMS_MAX = 30;
const streams = new Map<string, number>();

interface Ear {
  /** Whose stream it is: the person's id. */
  of: string;
  /** The end of the request. */
  signal: AbortSignal;
  /** Asked for each event, in order: whether this listener may know about it. */
  allowed: (event: LiveEvent) => Promise<boolean>;
  /** Asked at every heartbeat: whether the person is still signed in. */
  stillSignedIn: () => Promise<boolean>;
  heartbeatMs?: number;
}

function leave(of: string): void {
  const left = (streams.get(of) ?? 1) - 1;
  if (left > 0) streams.set(of, left);
  else streams.delete(of);
}

/** Server-sent events: the browser gets ids only and reads again through the ordinary ways. */
export function eventStream({
  of,
  signal,
  allowed,
  stillSignedIn,
  heartbeatMs = HEARTBEAT_MS,
}: Ear): Response {
  const open = streams.get(of) ?? 0;
  if (open >= STREAMS_MAX) throw new Problem(429, "too_many", undefined, [], { retryAfter: 60 });
  streams.set(of, open + 1);
  const encoder = new TextEncoder();
  let stop = (): void => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string): void => controller.enqueue(encoder.encode(text));
      let isOver = false;
      let waiting = 0;
      let turn = Promise.resolve();
      const forget = onLiveEvent((event) => {
        // Who cannot keep up is told to read again once, instead of filling our memory.
        if (waiting >= WAITING_MAX) return;
        waiting += 1;
        turn = turn
          .then(async () => {
            if ((await allowed(event)) && !isOver)
              write(`event: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`);
          })
          .catch((error: unknown) => log.error({ error }, "event not delivered"))
          .finally(() => {
            waiting -= 1;
          });
      });
      const close = (): void => {
        stop();
        controller.close();
      };
      const heartbeat = async (): Promise<void> => {
        const present = await stillSignedIn();
        if (isOver) return;
        if (present) write(": still here\n\n");
        else close();
      };
      const beat = setInterval(() => {
        heartbeat().catch((error: unknown) => log.error({ error }, "event stream heartbeat"));
      }, heartbeatMs);
      stop = () => {
        isOver = true;
        clearInterval(beat);
        forget();
        leave(of);
        signal.removeEventListener("abort", close);
        stop = () => {};
      };
      signal.addEventListener("abort", close);
      // Gone before we began.
      if (signal.aborted) return close();
      write("retry: 3000\n\n");
    },
    cancel: () => stop(),
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
