import { spawn } from "node:child_process";
import { closeSync, mkdirSync, readlinkSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { bytesOf, lastLines, openLog, textOf, writeWhole } from "./files.mjs";
import { freePort, isFree } from "./ports.mjs";
import { ensureCluster } from "./postgres-cluster.mjs";
import { forgetOtherDatabases, postgresAccount, postgresEnv } from "./postgres-account.mjs";
import { commandOf, end, identity, isAlive } from "./processes.mjs";
import { Stop } from "./say.mjs";

const ATTEMPTS = 5;

/** Fast shutdown first, then immediate: the next start recovers from the log, nothing committed is lost. */
const DOWN = [
  { name: "SIGINT", graceMs: 4_000 },
  { name: "SIGQUIT", graceMs: 2_000 },
  { name: "SIGKILL", graceMs: 1_000 },
];

/**
 * Starts the embedded PostgreSQL of `dir` and answers when it takes connections, on the loopback only. `durable: false`
 * is for tests whose data nobody needs after a power cut. `launched` hears of the process before it is ready.
 * @returns {Promise<{url: string, port: number, who: {pid: number, started: string}, exited: Promise<string>, stop: () => Promise<void>}>}
 */
export async function startPostgres({
  dir,
  password,
  port: wanted = null,
  durable = true,
  launched = () => {},
}) {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  forgetOtherDatabases();
  const account = postgresAccount(dir);
  account.openWay(dir);
  const cluster = await ensureCluster({ dir, account, password, durable });
  await endOrphan(cluster);
  const log = join(dir, "postgres.log");
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(dir, wanted);
    const from = bytesOf(log);
    const server = launch({ account, cluster, port, durable, log });
    const running = answer({ server, port, password });
    launched(running);
    if (await isReady(server, cluster)) return running;
    const words = lastLines(log, 12, from);
    if (attempt === ATTEMPTS || !passes(words)) throw new Stop(refusal(words, cluster, log));
    await pause(500 * attempt);
  }
}

/** The port of the first start, kept for the next ones unless somebody else has taken it since. */
async function choosePort(dir, wanted) {
  if (wanted !== null) return wanted;
  const path = join(dir, "port");
  const kept = Number(textOf(path));
  if (Number.isInteger(kept) && kept > 0 && (await isFree(kept))) return kept;
  const port = await freePort();
  writeWhole(path, `${port}\n`);
  return port;
}

function launch({ account, cluster, port, durable, log }) {
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    // No socket file: its lock outlives a killed server and blocks the next start.
    unix_socket_directories: "",
    timezone: "UTC",
    log_timezone: "UTC",
    jit: "off",
    shared_buffers: "256MB",
    // Disks of today seek as fast as they scan.
    random_page_cost: "1.1",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  const wishes = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const { command, args, options } = account.command("postgres", ["-D", cluster, ...wishes]);
  const out = openLog(log);
  const detached = process.platform !== "win32";
  const child = spawn(command, args, {
    ...options,
    env: postgresEnv(),
    detached,
    stdio: ["ignore", out, out],
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
    watchdog: watch(who.pid),
    isOut: () => who.started === null || child.exitCode !== null || child.signalCode !== null,
  };
}

const WATCHDOG = `read -r _; kill -INT "$1" 2>/dev/null || exit
for i in 1 2 3 4 5 6 7 8 9 10; do sleep 0.5; kill -0 "$1" 2>/dev/null || exit; done
kill -QUIT "$1" 2>/dev/null`;

/** PostgreSQL outlives whoever started it; this shell reads a pipe that closes with us, and then ends it. */
function watch(pid) {
  if (process.platform === "win32") return null;
  const shell = spawn("sh", ["-c", WATCHDOG, "sh", String(pid)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  shell.unref();
  shell.stdin.unref?.();
  return { end: () => shell.kill("SIGKILL") };
}

/** The server writes "ready" into its pid file's eighth line, as pg_ctl itself reads it. */
async function isReady({ who, isOut, watchdog }, cluster) {
  while (!isOut()) {
    const lines = (textOf(join(cluster, "postmaster.pid")) ?? "").split("\n");
    if (Number(lines[0]) === who.pid && lines[7]?.trim() === "ready") return true;
    await pause(20);
  }
  watchdog?.end();
  return false;
}

/** Failures that a moment or another port cures: a port just taken, workers of a killed server still leaving. */
function passes(words) {
  return /could not bind|Address already in use|could not create any TCP|shared memory block .* still in use/.test(
    words,
  );
}

function refusal(words, cluster, log) {
  if (/No space left/.test(words))
    return `The disk that holds ${cluster} is full. Free some space and start again; nothing committed is lost.`;
  if (/Permission denied/.test(words))
    return `PostgreSQL may not read ${cluster}. Run the command as the account that made it.\n${words}`;
  return `PostgreSQL could not open its data in ${cluster}. Nothing was changed. Restore it from a backup, or move it away to begin with an empty world. Its last words (${log}):\n${words}`;
}

function answer({ server, port, password }) {
  const { who, exited, watchdog } = server;
  return {
    url: `postgresql://valvia:${password}@127.0.0.1:${port}/valvia`,
    port,
    who,
    exited: exited.finally(() => watchdog?.end()),
    stop: async () => {
      if (!(await end(who, DOWN))) throw new Stop(`PostgreSQL (process ${who.pid}) does not stop.`);
      watchdog?.end();
    },
  };
}

/** A server whose starter was killed still holds this cluster: it is ended the gentle way before we begin. */
async function endOrphan(cluster) {
  const pid = Number((textOf(join(cluster, "postmaster.pid")) ?? "").split("\n")[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !serves(pid, cluster)) return;
  const orphan = identity(pid);
  if (isAlive(orphan) && !(await end(orphan, DOWN))) {
    throw new Stop(
      `A PostgreSQL from an earlier start (process ${pid}) still uses ${cluster} and does not stop.`,
    );
  }
}

/** Numbers of processes are used again: only a postgres that stands in this very folder is ours. */
function serves(pid, cluster) {
  if (!/postgres/.test(commandOf(pid) ?? "")) return false;
  if (process.platform !== "linux") return (commandOf(pid) ?? "").includes(cluster);
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch (failure) {
    if (["ENOENT", "ESRCH", "EACCES"].includes(failure.code)) return false;
    throw failure;
  }
}
