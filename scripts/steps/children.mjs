import { spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { bytesOf, lastLines, openLog } from "./files.mjs";
import { end, identity } from "./processes.mjs";
import { fromRoot, root } from "./root.mjs";
import { Stop } from "./say.mjs";

/** Given to `node --import`, it ends the process when the one that started it is gone. */
export const WATCH = pathToFileURL(fromRoot("scripts", "steps", "parent-watch.mjs")).href;

/**
 * Begins one Node process of the product: its words go to its log, it hears no Ctrl-C of the terminal, and it ends
 * when we are gone.
 */
export function launch({ name, args, env, log, graceMs }) {
  const from = bytesOf(log);
  const out = openLog(log);
  const child = spawn(process.execPath, ["--import", WATCH, ...args], {
    cwd: root,
    env: { ...env, VALVIA_STARTER: String(process.pid) },
    detached: process.platform !== "win32",
    stdio: ["pipe", out, out, "ipc"],
  });
  closeSync(out);
  const exited = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(signal ?? `code ${code}`));
  });
  const who = identity(child.pid);
  let ready = false;
  child.once("message", () => (ready = true));
  return {
    who,
    exited,
    /** True once the child said over its channel that it is ready to work. */
    saidReady: () => ready,
    lastWords: () => lastLines(log, 15, from),
    stop: async () => {
      const down = [
        { name: "SIGTERM", graceMs },
        { name: "SIGKILL", graceMs: 1_000, group: true },
      ];
      if (!(await end(who, down))) throw new Stop(`The ${name} (process ${who.pid}) does not stop.`);
    },
  };
}

/** Waits until `isReady` says so, unless the child ends or the time runs out first; then nothing of it is left. */
export async function untilReady({ name, child, isReady, timeoutMs }) {
  let how = null;
  child.exited.then((reason) => (how = reason));
  const until = Date.now() + timeoutMs;
  while (how === null) {
    if (await isReady()) return child;
    if (Date.now() > until) how = "no answer in time";
    await pause(50);
  }
  await child.stop();
  throw new Stop(`The ${name} did not start (${how}). Its last words:\n${child.lastWords()}`);
}
