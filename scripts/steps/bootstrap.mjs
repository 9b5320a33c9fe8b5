import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { constants } from "node:os";
import { delimiter } from "node:path";
import { keepLoopbackDirect } from "./ask.mjs";
import { install, ownNode } from "./install.mjs";
import { leave, leaveWithLauncher, listen, whenLeaving } from "./leaving.mjs";
import { takeLock } from "./lock.mjs";
import { fromRoot, root } from "./root.mjs";
import { endLeft, onRuns } from "./run.mjs";
import { Stop, say, sentence } from "./say.mjs";

const RUNS_ON = 24;
const INTERRUPTED = 130;

function olderThan(major, minor) {
  const [ours, oursMinor] = process.versions.node.split(".").map(Number);
  return ours < major || (ours === major && oursMinor < minor);
}

/** One set-up at a time in one clone: two commands started together must not install or build over each other. */
export async function alone(work) {
  mkdirSync(fromRoot(".build"), { recursive: true });
  let told = false;
  const { lock, left } = await takeLock(fromRoot(".build", "set-up.lock"), {
    mayWait: (holder) => {
      if (!told) say(`Waiting for the set-up that process ${holder.pid} is running in this folder …`);
      told = true;
      return true;
    },
  });
  const forget = whenLeaving(() => lock.release());
  try {
    await endLeft(left?.children ?? []);
    onRuns((children) => lock.note({ children }));
    return await work();
  } finally {
    onRuns(() => {});
    forget();
    lock.release();
  }
}

/**
 * Installs, then runs `work` on Node 24 or newer: in this process, or in a new one that takes our place. Whatever
 * fails is told in one screen, after everything begun has been ended.
 */
export async function bootstrap(script, work) {
  process.chdir(root);
  keepLoopbackDirect(process.env);
  listen({ code: INTERRUPTED });
  leaveWithLauncher(INTERRUPTED);
  try {
    if (olderThan(20, 19)) {
      throw new Stop(
        `Valvia needs Node 20.19 or newer to begin; this is ${process.versions.node}. Install Node 24 from https://nodejs.org.`,
      );
    }
    await alone(install);
    await leave(olderThan(RUNS_ON, 0) ? await relaunch(script) : ((await work()) ?? 0));
  } catch (failure) {
    await leave(1, `\n${sentence(failure)}`);
  }
}

/** Runs the same script on another Node, hands every signal on, and ends as it ends. */
async function relaunch(script) {
  const node = ownNode();
  if (node === null) {
    throw new Stop(
      `Valvia runs on Node ${RUNS_ON}, and none is packaged for ${process.platform} ${process.arch}. Install it from https://nodejs.org and run the command again.`,
    );
  }
  const child = spawn(node, [fromRoot(script), ...process.argv.slice(2)], {
    stdio: "inherit",
    env: {
      ...process.env,
      PATH: [fromRoot("node_modules", ".bin"), process.env.PATH ?? ""].join(delimiter),
      VALVIA_RELAUNCHED: "1",
    },
  });
  const ended = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
  listen({ code: INTERRUPTED, quiet: true });
  const forget = whenLeaving(() => {
    child.kill("SIGTERM");
    return ended;
  });
  const code = await ended;
  forget();
  return code;
}
