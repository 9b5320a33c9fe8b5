import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

function linuxStat(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The command name may hold spaces and brackets; the fixed fields begin after the last bracket.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { state: fields[0], started: fields[19] };
}

function bootId() {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}

function askPs(pid, column) {
  try {
    return execFileSync("ps", ["-o", `${column}=`, "-p", String(pid)], { encoding: "utf8" }).trim() || null;
  } catch {
    // ps exits with 1 when there is no such process.
    return null;
  }
}

/** When this process began, in words that no later process with the same number can repeat; null when it is gone. */
function startedAt(pid) {
  if (process.platform === "linux") {
    try {
      const { state, started } = linuxStat(pid);
      return state === "Z" || state === "X" ? null : `${bootId()}/${started}`;
    } catch (failure) {
      if (failure.code === "ENOENT" || failure.code === "ESRCH") return null;
      throw failure;
    }
  }
  if (process.platform === "win32") return isThere(pid) ? "unknown" : null;
  return askPs(pid, "lstart");
}

function isThere(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (failure) {
    return failure.code === "EPERM";
  }
}

/** The command line of a process, or null when it is gone or not ours to read. */
export function commandOf(pid) {
  if (process.platform !== "linux") return askPs(pid, "command");
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim() || null;
  } catch (failure) {
    if (["ENOENT", "ESRCH", "EACCES"].includes(failure.code)) return null;
    throw failure;
  }
}

/** What to write down so that the same process, and no other, is found again. */
export function identity(pid) {
  return { pid, started: startedAt(pid) };
}

export function isAlive({ pid, started }) {
  return started !== null && startedAt(pid) === started;
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
    return true;
  } catch (failure) {
    if (failure.code === "ESRCH") return false;
    throw failure;
  }
}

/** Waits until the process is gone; false when it outlived the time. */
async function gone(who, graceMs) {
  const until = Date.now() + graceMs;
  while (isAlive(who)) {
    if (Date.now() >= until) return false;
    await pause(25);
  }
  return true;
}

/** Ends a process by the given signals, each with its time; the last one is final. */
export async function end(who, signals) {
  for (const { name, graceMs, group = false } of signals) {
    if (!isAlive(who)) return true;
    signal(group ? -who.pid : who.pid, name);
    if (await gone(who, graceMs)) return true;
  }
  return !isAlive(who);
}
