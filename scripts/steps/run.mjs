import { spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { root } from "./root.mjs";
import { bytesOf, lastLines, openLog } from "./files.mjs";
import { whenLeaving } from "./leaving.mjs";
import { end, identity } from "./processes.mjs";
import { Stop } from "./say.mjs";

const running = new Map();
let tell = () => {};

const AT_ONCE = [
  { name: "SIGTERM", graceMs: 2_000, group: true },
  { name: "SIGKILL", graceMs: 2_000, group: true },
];

/** Hears of every command that begins and ends, so that the set-up lock can name them. */
export function onRuns(listener) {
  tell = listener;
}

export function endLeft(children) {
  return Promise.all(children.map((child) => end(child, AT_ONCE)));
}

function changed() {
  tell([...running.values()]);
}

/**
 * Runs one command of the set-up to its end, in a process group of its own, so that it can be ended whole.
 * With a log its words go there and the last lines come back; without one they come to the terminal.
 */
export async function run({ command, args, env = process.env, log = null, lines = 25, missing }) {
  const from = log ? bytesOf(log) : 0;
  const out = log ? openLog(log) : "inherit";
  const child = spawn(command, args, {
    cwd: root,
    env,
    detached: process.platform !== "win32",
    shell: process.platform === "win32" && !/\.exe$|node$/.test(command),
    // Nothing is ever written to it: a child that reads it hears when we are gone.
    stdio: ["pipe", out, out],
  });
  if (log) closeSync(out);
  const ended = new Promise((resolve, reject) => {
    child.once("error", (failure) =>
      reject(failure.code === "ENOENT" && missing ? new Stop(missing) : failure),
    );
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  if (child.pid === undefined) return ended;
  const who = identity(child.pid);
  running.set(child.pid, who);
  changed();
  const forget = whenLeaving(async () => void (await end(who, AT_ONCE)));
  try {
    const { code, signal } = await ended;
    return { code, signal, output: log ? lastLines(log, lines, from) : "" };
  } finally {
    forget();
    running.delete(child.pid);
    changed();
  }
}
