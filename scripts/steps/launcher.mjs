import { readFileSync } from "node:fs";
import { commandOf, identity, isAlive } from "./processes.mjs";

const LOOK_MS = 250;

function parentOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

/** The npm (or our own first process) that started us and passes signals on; null when a person's shell did. */
export function launcher() {
  const ours = process.env.VALVIA_RELAUNCHED === "1" || process.env.npm_lifecycle_event !== undefined;
  if (!ours || process.ppid <= 1) return null;
  let pid = process.ppid;
  // npm puts a shell between itself and the script on some systems.
  if (process.platform === "linux" && /^\S*sh -c /.test(commandOf(pid) ?? "")) pid = parentOf(pid);
  return pid > 1 ? identity(pid) : null;
}

/** Calls `leave` once the launcher is gone: nobody could stop us any more. */
export function watchLauncher(who, leave) {
  if (who === null) return;
  const timer = setInterval(() => {
    if (isAlive(who)) return;
    clearInterval(timer);
    leave();
  }, LOOK_MS);
  timer.unref();
}
