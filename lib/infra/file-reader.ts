import "server-only";
import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { dataFolder } from "./env";
import { isOnDisk, type StoredFile, tellDamage } from "./record-store";
import { ASK, damagedFile, grant, isWish } from "./record-store-asked";
import { StoreAway } from "./record-store-driver";

/** What one reading may take. */
export interface ReadingLimits {
  seconds: number;
  memoryBytes: number;
}

export type ReadingAnswer =
  | { kind: "read"; value: unknown }
  /** The file is to blame: it crashed its reader, or took more time or memory than any honest one. */
  | { kind: "gave_up" }
  /** Too many wait already. */
  | { kind: "busy" };

/** Whatever is asked, it is asked about one file. */
interface ReadingOf {
  file: StoredFile;
}

/** A process that reads files, and how much it has done. */
interface Reader {
  process: ChildProcess;
  gone: Wait;
  readings: number;
  startedAt: number;
  complaint: string;
}

interface Resting {
  row: string;
  reader: Reader;
  timer: ReturnType<typeof setTimeout>;
}

/** How a file is read. */
export interface ReadingWish {
  limits?: ReadingLimits;
  /**
   * Whose files one process may read one after the other: those of one sender in one case. Without it the process ends
   * after this one.
   */
  row?: string;
  /** Whether an answer speaks for its reader: after one that does not, the next file gets a fresh one. */
  isSound?: (value: unknown) => boolean;
}

const USUAL: ReadingLimits = { seconds: 60, memoryBytes: 1_536 * 1_048_576 };
const AT_ONCE = 2;
const WAITING_MAX = 40;
const START_SECONDS = 60;
const HEAP_MB = 768;
const LOOK_MS = 250;
/** One process reads no more than this in a row, in number and in time, and waits for the next file no longer. */
const ROW_MAX = 100;
const ROW_SECONDS = 60;
const IDLE_MS = 2_000;
const RESTING_BYTES_MAX = 400 * 1_048_576;
/** Ended by somebody else, not by the file: that says nothing about it. */
const TOLD_TO_END: readonly (string | null)[] = ["SIGTERM", "SIGINT", "SIGHUP"];

const running = new Set<ChildProcess>();
const waiting: (() => void)[] = [];
/** Readers that wait for the next file of their row. */
const resting = new Set<Resting>();
let busy = 0;

/**
 * Hands an untrusted file to a process apart, which reads it: whatever the file does to it, nothing else stalls or
 * falls. The process sees sealed files, its program and nothing more; it holds the key of the files it was asked about.
 * Throws when the process cannot be started, or when the store does not give the file back.
 */
export async function readApart(task: ReadingOf, wish: ReadingWish = {}): Promise<ReadingAnswer> {
  if (waiting.length >= WAITING_MAX) return { kind: "busy" };
  if (busy >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else busy += 1;
  try {
    return await converse(task, wish);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else busy -= 1;
  }
}

async function converse(task: ReadingOf, wish: ReadingWish): Promise<ReadingAnswer> {
  const { limits = USUAL, row } = wish;
  const reader = (row === undefined ? null : rested(row)) ?? (await started(limits, row !== undefined));
  const child = reader.process;
  // It may wish for sealed bytes of this file alone, whatever it says.
  const grantWish = (said: unknown) => void (isWish(said) && grant(child, task.file, said));
  let isSound = false;
  try {
    child.on("message", grantWish);
    child.send(task);
    const last = await firstOf([heard(child), reader.gone, after(limits.seconds), overweight(child, limits)]);
    reader.readings += 1;
    if (last.kind === "said") {
      const value = await valueIn(last.value, task.file);
      isSound = wish.isSound?.(value) ?? false;
      return { kind: "read", value };
    }
    if (last.kind === "gone" && TOLD_TO_END.includes(last.signal))
      throw new Error("The process that reads files was told to end.");
    return { kind: "gave_up" };
  } finally {
    child.off("message", grantWish);
    if (isSound && row !== undefined && (await mayGoOn(reader))) rest(row, reader);
    else end(reader);
  }
}

async function started(limits: ReadingLimits, isForRow: boolean): Promise<Reader> {
  const child = begin(limits.seconds + (isForRow ? ROW_SECONDS : 0));
  running.add(child);
  const reader: Reader = {
    ...{ process: child, gone: ending(child), readings: 0, startedAt: performance.now(), complaint: "" },
  };
  child.stderr?.on("data", (piece: Buffer) => {
    reader.complaint = (reader.complaint + piece.toString()).slice(0, 2_000);
  });
  const first = await firstOf([heard(child), reader.gone, after(START_SECONDS)]);
  if (first.kind === "said") return reader;
  end(reader);
  throw new Error(`The process that reads files did not start (${first.kind}). ${reader.complaint}`);
}

/** What one file left behind in memory must not be weighed on the next. */
async function mayGoOn({ process: child, readings, startedAt }: Reader): Promise<boolean> {
  const seconds = (performance.now() - startedAt) / 1_000;
  if (readings >= ROW_MAX || seconds >= ROW_SECONDS || !child.connected) return false;
  return (await residentBytes(child.pid)) < RESTING_BYTES_MAX;
}

/** A reader of this row that waits for work. */
function rested(row: string): Reader | null {
  for (const one of resting) {
    if (one.row !== row || !one.reader.process.connected) continue;
    clearTimeout(one.timer);
    resting.delete(one);
    return one.reader;
  }
  return null;
}

function rest(row: string, reader: Reader): void {
  const timer = setTimeout(() => {
    resting.delete(one);
    end(reader);
  }, IDLE_MS);
  const one = { row, reader, timer };
  resting.add(one);
  // Nobody stays awake for it.
  timer.unref();
  reader.process.unref();
}

function end({ process: child }: Reader): void {
  child.kill("SIGKILL");
  running.delete(child);
}

async function valueIn(said: unknown, file: StoredFile): Promise<unknown> {
  if (typeof said !== "object" || said === null) return null;
  if ("damaged" in said) throw await tellDamage(damagedFile(file.recordId, said.damaged));
  if ("away" in said) throw new StoreAway("The store went away while a file was read.");
  return "value" in said ? said.value : null;
}

type Happened =
  | { kind: "said"; value: unknown }
  | { kind: "gone"; signal: NodeJS.Signals | null }
  | { kind: "late" }
  | { kind: "overweight" };

/** Something that may happen, and how to stop waiting for it. */
interface Wait {
  happens: Promise<Happened>;
  forget(): void;
}

async function firstOf(waits: readonly Wait[]): Promise<Happened> {
  try {
    return await Promise.race(waits.map((one) => one.happens));
  } finally {
    for (const one of waits) one.forget();
  }
}

function heard(reader: ChildProcess): Wait {
  const { promise, resolve } = Promise.withResolvers<Happened>();
  const hear = (value: unknown) => void (isWish(value) || resolve({ kind: "said", value }));
  reader.on("message", hear);
  return { happens: promise, forget: () => reader.off("message", hear) };
}

/** Listened to from the beginning: an end that nobody heard would be waited for in vain. */
function ending(reader: ChildProcess): Wait {
  const { promise, resolve } = Promise.withResolvers<Happened>();
  reader.once("exit", (_code, signal) => resolve({ kind: "gone", signal }));
  reader.on("error", () => resolve({ kind: "gone", signal: null }));
  return { happens: promise, forget: () => undefined };
}

function after(seconds: number): Wait {
  const { promise, resolve } = Promise.withResolvers<Happened>();
  const timer = setTimeout(() => resolve({ kind: "late" }), seconds * 1_000);
  return { happens: promise, forget: () => clearTimeout(timer) };
}

/** The heap has its own limit; pictures unfold outside it, where only the scales of the kernel see them. */
function overweight(reader: ChildProcess, { memoryBytes }: ReadingLimits): Wait {
  const { promise, resolve } = Promise.withResolvers<Happened>();
  const look = async () => {
    if ((await residentBytes(reader.pid)) > memoryBytes) resolve({ kind: "overweight" });
  };
  if (process.platform !== "linux") return { happens: promise, forget: () => undefined };
  void look();
  const timer = setInterval(() => void look(), LOOK_MS);
  return { happens: promise, forget: () => clearInterval(timer) };
}

async function residentBytes(pid: number | undefined): Promise<number> {
  try {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1_024;
  } catch {
    // It ended just now; its end is heard elsewhere.
    return 0;
  }
}

function begin(seconds: number): ChildProcess {
  const home = productFolder();
  const args = [
    "--no-warnings",
    `--max-old-space-size=${HEAP_MB}`,
    // It writes nothing, starts nothing, and of the disk it sees its program and files that are sealed.
    "--permission",
    "--allow-addons",
    ...["node_modules", ".build", "package.json"].map((name) => `--allow-fs-read=${home}/${name}`),
    `--allow-fs-read=${dataFolder()}/files`,
    `${home}/.build/reader.mjs`,
    ...(isOnDisk() ? [] : [ASK]),
  ];
  const env = { VALVIA_DATA: dataFolder(), NODE_ENV: "production" as const };
  const options = { cwd: home, env, serialization: "advanced" as const };
  const stdio: ("ignore" | "pipe" | "ipc")[] = ["ignore", "ignore", "pipe", "ipc"];
  killWhenLeaving();
  if (process.platform === "win32") return spawn(process.execPath, args, { ...options, stdio });
  // The kernel ends it too, should we be killed and nobody be left to count the seconds. No core with a file in it.
  const limited = `ulimit -c 0; ulimit -t ${Math.ceil(seconds) * 2}; exec "$0" "$@"`;
  return spawn("/bin/sh", ["-c", limited, process.execPath, ...args], { ...options, stdio });
}

/** The product's own folder, which has every parser. The web server runs two below it, in `.next/standalone`. */
function productFolder(): string {
  const here = process.cwd();
  return path.basename(here) === "standalone" ? path.dirname(path.dirname(here)) : here;
}

let isListening = false;
function killWhenLeaving(): void {
  if (isListening) return;
  isListening = true;
  process.once("exit", () => {
    for (const reader of running) reader.kill("SIGKILL");
  });
}
