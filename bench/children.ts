import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";

interface Wish {
  args?: readonly string[];
  env?: NodeJS.ProcessEnv;
  execArgv?: readonly string[];
  out?: "ignore" | "inherit";
  err?: "ignore" | "inherit";
}

/** Another program of a trial, in a process of its own. It ends with the process that began it, however that one ends. */
export function startChild(
  script: string,
  { args = [], env = process.env, execArgv = [], out = "ignore", err = "inherit" }: Wish = {},
): ChildProcess {
  const watch = pathToFileURL(path.resolve("scripts/steps/parent-watch.mjs")).href;
  return fork(path.resolve(script), [...args], {
    env: { ...env, VALVIA_STARTER: String(process.pid) },
    execArgv: ["--import", watch, ...execArgv],
    stdio: ["pipe", out, err, "ipc"],
  });
}
