import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { inTurn, type Spread, spread, timesOf } from "./figures";
import { cpuMs } from "./pages-world";
import { freePort, ownDatabase } from "./web";

/** Read by `npm run bench`: this row asks the built product. */
export const needsWeb = true;

const ROUNDS = 5;
const GOAL = "ready ≤ 8 × a node server that says hello (processor time), build ≤ 60 s";
const HELLO = `require("node:http").createServer((_, answer) => answer.end("hello")).listen(Number(process.env.PORT), "127.0.0.1")`;

interface Step {
  seconds: number;
  /** Processor seconds of it and of all it started: what other programs on the machine change least. */
  cpuSeconds: number;
}

export interface StartResult {
  row: 9;
  name: "start";
  goal: string;
  /** From the lock file, with what npm has in its cache; null where npm could not reach its registry. */
  install: Step | null;
  build: Step;
  /** From the start of the process to its first good answer. */
  readyMs: { ours: Spread; hello: Spread };
  readyCpuMs: { ours: Spread; hello: Spread };
  times: Spread;
  timesCpu: Spread;
  /** Resident after the first answer. */
  memoryMb: { ours: Spread; hello: Spread };
  met: boolean;
}

/** Row 9: from the sources to the first answer: installing, building, starting, and the memory it takes. */
export async function run(url = process.env.DATABASE_URL ?? ""): Promise<StartResult> {
  const own = await ownDatabase(url, "bench_start");
  const { install, build } = installAndBuild();
  const server = path.join(process.cwd(), ".next", "standalone", "server.js");
  const seen = { ours: newTally(), hello: newTally() };
  const starts = { ours: [server], hello: ["-e", HELLO] };
  const env = { ...process.env, DATABASE_URL: own, HOSTNAME: "127.0.0.1", ROLE: "web" };
  await inTurn(ROUNDS + 1, ["ours", "hello"], async (name, round) => {
    const start = await startOnce(starts[name], env, name === "ours" ? "/api/health/live" : "/");
    // The first start reads the files from the disk; the next ones find them in memory, both subjects alike.
    if (round === 0) return;
    seen[name].ms.push(start.ms);
    seen[name].cpu.push(start.cpu);
    seen[name].memory.push(start.memory);
  });
  return resultOf({ install, build, seen });
}

interface Tally {
  ms: number[];
  cpu: number[];
  memory: number[];
}

function newTally(): Tally {
  return { ms: [], cpu: [], memory: [] };
}

interface Measured {
  install: Step | null;
  build: Step;
  seen: { ours: Tally; hello: Tally };
}

function resultOf({ install, build, seen: { ours, hello } }: Measured): StartResult {
  const both = (of: (tally: Tally) => number[]) => ({ ours: spread(of(ours)), hello: spread(of(hello)) });
  const readyMs = both(({ ms }) => ms);
  const readyCpuMs = both(({ cpu }) => cpu);
  const memoryMb = both(({ memory }) => memory);
  const [times, timesCpu] = [timesOf(ours.ms, hello.ms), timesOf(ours.cpu, hello.cpu)];
  console.table({ install, build });
  console.table({
    "ready ms": readyMs.ours,
    "ready ms, hello": readyMs.hello,
    times,
    "CPU-ms": readyCpuMs.ours,
    "CPU-ms, hello": readyCpuMs.hello,
    "times CPU": timesCpu,
    "memory MB": memoryMb.ours,
    "memory MB, hello": memoryMb.hello,
  });
  const met = timesCpu.median <= 8 && build.seconds <= 60;
  return {
    row: 9,
    name: "start",
    goal: GOAL,
    install,
    build,
    readyMs,
    readyCpuMs,
    times,
    timesCpu,
    memoryMb,
    met,
  };
}

/** In a copy of the sources, thrown away afterwards. */
function installAndBuild(): { install: Step | null; build: Step } {
  const folder = mkdtempSync(path.join(os.tmpdir(), "valvia-start-"));
  const listed = execFileSync("git", ["ls-files", "-z"], { encoding: "utf8", maxBuffer: 2 ** 26 });
  try {
    for (const file of listed.split("\0").filter((name) => name !== "" && existsSync(name)))
      cpSync(file, path.join(folder, file), { recursive: true });
    const wish = "--include=dev --include=optional --prefer-offline --no-audit --no-fund --loglevel=error";
    const install = timed(folder, `npm ci ${wish}`);
    if (install === null) cpSync("node_modules", path.join(folder, "node_modules"), { recursive: true });
    const build = timed(folder, `"${process.execPath}" scripts/build.mjs`);
    if (build === null) throw new Error("The copy could not be built.");
    return { install, build };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Null when it fails. The shell counts what all its children took. */
function timed(cwd: string, command: string): Step | null {
  const since = performance.now();
  try {
    const env = { ...process.env, VALVIA_MODE: "demo" };
    const said = execFileSync("sh", ["-c", `${command} >/dev/null && times`], {
      cwd,
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const children = said.trim().split("\n").at(-1) ?? "";
    const cpuSeconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
      (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
      0,
    );
    return { seconds: (performance.now() - since) / 1_000, cpuSeconds };
  } catch {
    // Told as null: an install needs the registry, and this machine may not reach it.
    return null;
  }
}

/** One start to the first good answer; the process is ended again. */
async function startOnce(args: readonly string[], given: NodeJS.ProcessEnv, address: string) {
  const port = await freePort();
  const env = { ...given, PORT: String(port), APP_URL: `http://127.0.0.1:${port}` };
  const since = performance.now();
  const child = spawn(process.execPath, [...args], { env, stdio: "ignore" });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  try {
    await untilGood(child, `http://127.0.0.1:${port}${address}`);
    const ms = performance.now() - since;
    const pid = child.pid ?? 0;
    return { ms, cpu: cpuMs([pid]), memory: residentMb(pid) };
  } finally {
    child.kill("SIGTERM");
    await gone;
  }
}

async function untilGood(child: ChildProcess, url: string): Promise<void> {
  const until = Date.now() + 60_000;
  while (child.exitCode === null && Date.now() < until) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return void (await answer.arrayBuffer());
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error("The server does not become ready.");
}

function residentMb(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(line?.[1] ?? Number.NaN) / 1_024;
}
