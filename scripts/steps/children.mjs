import { spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { bytesOf, lastLines, openLog } from "./files.mjs";
import { end, identity } from "./processes.mjs";
import { fromRoot, root } from "./root.mjs";
import { Stop } from "./say.mjs";

const WATCH = pathToFileURL(fromRoot("scripts", "steps", "parent-watch.mjs")).href;

/**
 * Begins one Node process of the product: its words go to its log, it hears no Ctrl-C of the terminal, and it ends
 * when we are gone.
 */
export function launch({ name, args, env, log, graceMs }) {
  const from = bytesOf(log);
  const out = openLog(log);
  const child = spawn(process.execPath, ["--import", WATCH, ...args], {
    cwd: root,
    env,
    detached: process.platform !== "win32",
    stdio: ["pipe", out, out, "ipc"],
  });
  closeSync(out);
  const exited = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(signal ?? `code ${code}`));
  });
  const who = identity(child.pid);
  return {
    who,
    exited,
    /** Resolves when the child says over its channel that it is ready to work. */
    said: new Promise((resolve) => child.once("message", resolve)),
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

/** Waits for `ready`, unless the child ends or the time runs out first; then nothing of it is left. */
export async function untilReady({ name, child, ready, timeoutMs }) {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(() => resolve("no answer in time"), timeoutMs)));
  const how = await Promise.race([ready.then(() => null), child.exited, late]);
  clearTimeout(timer);
  if (how === null) return child;
  await child.stop();
  throw new Stop(`The ${name} did not start (${how}). Its last words:\n${child.lastWords()}`);
}
