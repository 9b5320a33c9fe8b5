import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** The plain process that takes uploads, bundled as for production, so that a test can kill it. */
export class RecordsProcess {
  private child: ChildProcess | null = null;

  private constructor(
    private readonly folder: string,
    readonly port: number,
  ) {}

  static async make(): Promise<RecordsProcess> {
    const folder = await mkdtemp(path.join(tmpdir(), "valvia-records-"));
    await symlink(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
    await build({
      absWorkingDir: ROOT,
      entryPoints: [path.join(ROOT, "scripts/records.ts")],
      outfile: path.join(folder, "records.mjs"),
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node24",
      packages: "external",
      tsconfig: path.join(ROOT, "tsconfig.json"),
      alias: {
        "server-only": path.join(ROOT, "scripts/steps/empty.mjs"),
        "next/headers": "next/headers.js",
        "next/navigation": "next/navigation.js",
      },
      logLevel: "silent",
    });
    return new RecordsProcess(folder, await freePort());
  }

  async start(): Promise<void> {
    const env = { ...process.env, NODE_ENV: "production" as const, PORT: String(this.port) };
    const child = fork(path.join(this.folder, "records.mjs"), [], { env, execArgv: [], stdio: "ignore" });
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      child.once("message", () => resolve());
      child.once("exit", (code) => reject(new Error(`The process ended with ${code}.`)));
    });
  }

  /** As the kernel does it when memory is short: no handler runs, nothing is flushed. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    const gone = new Promise<number | null>((resolve) => child.once("exit", resolve));
    child.kill(signal);
    return gone;
  }

  async clear(): Promise<void> {
    await this.end("SIGKILL");
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || !address) throw new Error("No port is free.");
  return address.port;
}
