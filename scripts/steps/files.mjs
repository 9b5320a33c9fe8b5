import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  statfsSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

/** The text of a file, or null when there is none; every other failure rises. */
export function textOf(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (failure) {
    if (failure.code === "ENOENT") return null;
    throw failure;
  }
}

/** A folder only its owner can enter. */
export function privateFolder(path) {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (failure) {
    // On a read-only disk Node answers "no such file" to a recursive wish, and the truth to a plain one.
    if (failure.code === "ENOENT" && existsSync(dirname(path))) mkdirSync(path, { mode: 0o700 });
    throw failure;
  }
  chmodSync(path, 0o700);
  return path;
}

const ROOM_BYTES = 64 * 2 ** 20;

/** What to say when the disk below `path` has too little room to work on, else null. */
export function fullDisk(path) {
  const { bavail, bsize } = statfsSync(path);
  const free = bavail * bsize;
  if (free >= ROOM_BYTES) return null;
  const mb = Math.floor(free / 2 ** 20);
  return `The disk that holds ${path} is full: ${mb} MB are left and at least ${ROOM_BYTES / 2 ** 20} MB are needed. Free some space and run the command again; nothing committed is lost.`;
}

/** Replaces a file in one step that survives a power cut: written beside, flushed, renamed, folder flushed. */
export function writeWhole(path, text, mode = 0o600) {
  const beside = `${path}.${process.pid}.new`;
  const file = openSync(beside, "w", mode);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
  if (process.platform === "win32") return;
  const folder = openSync(dirname(path), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

const LOG_BYTES_MAX = 20_000_000;

/** Opens a log for appending; one that has grown large is set aside first, and the one before it dropped. */
export function openLog(path) {
  if (bytesOf(path) > LOG_BYTES_MAX) renameSync(path, `${path}.1`);
  return openSync(path, "a", 0o600);
}

export function bytesOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** The last lines of a log, for the screen of a failure; `from` is the byte where this run began. */
export function lastLines(path, count = 15, from = 0) {
  const size = bytesOf(path);
  if (size === 0) return "";
  const begin = Math.max(from, size - 64_000);
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(Math.max(0, size - begin));
    readSync(file, bytes, 0, bytes.length, begin);
    return bytes.toString("utf8").trimEnd().split("\n").slice(-count).join("\n");
  } finally {
    closeSync(file);
  }
}
