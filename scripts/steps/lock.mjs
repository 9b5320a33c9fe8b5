import { createHash, randomUUID } from "node:crypto";
import { closeSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { textOf, writeWhole } from "./files.mjs";
import { identity, isAlive } from "./processes.mjs";

const STEP_MS = 50;
/** A taker of a stale lock needs milliseconds; a claim older than this was left by a crash. */
const CLAIM_MS = 5_000;

/**
 * Takes a lock file. Answers `{ lock, left }`, `left` being what a dead holder had written, or `{ holder }` when a
 * living process keeps it and `mayWait(holder)` says no.
 */
export async function takeLock(path, { mayWait = () => false, launcher = null } = {}) {
  const mine = { nonce: randomUUID(), ...identity(process.pid), launcher, children: [] };
  for (;;) {
    if (createOnly(path, JSON.stringify(mine))) return { lock: held(path, mine), left: null };
    const text = textOf(path);
    if (text === null) continue;
    const holder = await read(path, text);
    if (isAlive(holder)) {
      if (!mayWait(holder)) return { holder };
      await pause(STEP_MS * 4);
    } else if (takeOver(path, holder, mine)) {
      return { lock: held(path, mine), left: holder };
    } else {
      await pause(STEP_MS);
    }
  }
}

/** A file just created may be read before it is written; one that stays unreadable belongs to nobody alive. */
async function read(path, text) {
  for (const waitMs of [0, STEP_MS, STEP_MS * 4]) {
    await pause(waitMs);
    const now = waitMs === 0 ? text : (textOf(path) ?? text);
    const holder = parsed(now);
    if (holder) return holder;
    text = now;
  }
  const nonce = createHash("sha256").update(text).digest("hex").slice(0, 16);
  return { nonce, pid: 0, started: null, launcher: null, children: [] };
}

function parsed(text) {
  try {
    const holder = JSON.parse(text);
    return typeof holder?.nonce === "string" ? holder : null;
  } catch (failure) {
    if (failure instanceof SyntaxError) return null;
    throw failure;
  }
}

/** Only one of several takers of the same dead holder gets the claim, and it looks again before it replaces. */
function takeOver(path, holder, mine) {
  const claim = `${path}.${holder.nonce}`;
  if (!createOnly(claim, String(process.pid))) {
    const age = Date.now() - (statSync(claim, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > CLAIM_MS) rmSync(claim, { force: true });
    return false;
  }
  try {
    const text = textOf(path) ?? "";
    const unchanged = (parsed(text)?.nonce ?? holder.nonce) === holder.nonce && text !== "";
    if (unchanged) writeWhole(path, JSON.stringify(mine));
    return unchanged;
  } finally {
    rmSync(claim, { force: true });
  }
}

function createOnly(path, text) {
  try {
    const file = openSync(path, "wx", 0o600);
    writeSync(file, text);
    closeSync(file);
    return true;
  } catch (failure) {
    if (failure.code === "EEXIST") return false;
    throw failure;
  }
}

function held(path, mine) {
  return {
    /** Writes down whom we started, so that a later start can end them if we are killed. */
    note(change) {
      Object.assign(mine, change);
      writeWhole(path, JSON.stringify(mine));
    },
    release() {
      if (parsed(textOf(path) ?? "")?.nonce === mine.nonce) rmSync(path, { force: true });
    },
  };
}
