import type { ChildProcess } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import http from "node:http";
import { createServer } from "node:net";
import pg from "pg";
import { newId, newToken } from "@/lib/kernel/ids";
import { startChild } from "./children";

export const MIB = 1_048_576;

/** A patient with a case that takes files, and the patient's bearer token. */
export async function makeUploader(url: string): Promise<{ caseId: string; token: string }> {
  const [personId, caseId, token] = [newId(), newId(), newToken("vlv_")];
  const hash = createHash("sha256").update(token).digest("hex");
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  try {
    await db.query("SELECT set_config('app.role', 'system', false)");
    await db.query(
      `INSERT INTO "Person" (id, email, name, kind, roles) VALUES ($1, $2, 'Bench', 'private', '{patient}')`,
      [personId, `bench.${personId}@example.test`],
    );
    await db.query(
      `INSERT INTO "ApiToken" (id, "tokenHash", "personId", name, scopes) VALUES ($1, $2, $3, 'bench', '{all}')`,
      [newId(), hash, personId],
    );
    await db.query(
      `INSERT INTO "Case" (id, number, stage, "patientId", "nextAction", "nextDueAt", "updatedAt", "submittedAt")
       VALUES ($1, $2, 'collecting_records', $3, 'bench', now() + interval '1 day', now(), now())`,
      [caseId, `B-${caseId.slice(-10)}`, personId],
    );
    await db.query(
      `INSERT INTO "CaseAccess" (id, "caseId", "personId", scopes, purpose) VALUES ($1, $2, $3, '{owner}', 'patient')`,
      [newId(), caseId, personId],
    );
  } finally {
    await db.end();
  }
  return { caseId, token };
}

/** What the store says of an upload once it is complete. */
export async function hashInRow(url: string, recordId: string): Promise<string | null> {
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  try {
    await db.query("SELECT set_config('app.role', 'system', false)");
    const { rows } = await db.query<{ sha256: string }>(`SELECT sha256 FROM "Record" WHERE id = $1`, [
      recordId,
    ]);
    return rows[0]?.sha256 ?? null;
  } finally {
    await db.end();
  }
}

/** Milliseconds of processor time a process used so far, user and system; Linux counts them in hundredths of a second. */
export async function cpuMsOf(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const [, user = "0", system = "0"] = /\) (?:\S+ ){11}(\d+) (\d+)/.exec(stat) ?? [];
  return (Number(user) + Number(system)) * 10;
}

/** A server in a process of its own, with its memory watched. */
export class Served {
  private idleKib = 0;
  peakKib = 0;
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static async start(script: string, args: string[], env: NodeJS.ProcessEnv): Promise<Served> {
    const child = startChild(script, { args, env });
    const port = await new Promise<number>((resolve, reject) => {
      child.once("message", (message) => resolve((message as { port: number }).port));
      child.once("exit", (code) => reject(new Error(`${script} ended with ${code}.`)));
    });
    return new Served(child, port);
  }

  private async residentKib(): Promise<number> {
    const status = await readFile(`/proc/${this.child.pid}/status`, "utf8").catch(() => "");
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
  }

  async watch(): Promise<void> {
    this.idleKib ||= await this.residentKib();
    this.timer ??= setInterval(() => void this.sample(), 50);
  }

  private async sample(): Promise<void> {
    this.peakKib = Math.max(this.peakKib, await this.residentKib());
  }

  async cpuMs(): Promise<number> {
    return cpuMsOf(this.child.pid);
  }

  /** Memory at its highest above memory at rest, in MB. */
  get grownMb(): number {
    return Math.max(0, this.peakKib - this.idleKib) / 1024;
  }

  /** Memory at rest, in MB. */
  get idleMb(): number {
    return this.idleKib / 1024;
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    clearInterval(this.timer);
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => this.child.once("exit", () => resolve()));
    this.child.kill(signal);
    await gone;
  }
}

/** One block of noise, sent again and again: making bytes costs the sender nothing. */
const BLOCK = randomBytes(MIB);

export function hashOf(sizeBytes: number): string {
  const hash = createHash("sha256");
  for (let at = 0; at < sizeBytes; at += MIB) hash.update(BLOCK.subarray(0, Math.min(MIB, sizeBytes - at)));
  return hash.digest("hex");
}

export interface Sent {
  status: number;
  headers: http.IncomingHttpHeaders;
}

/** Sends a request whose body is the file from `from` to its end. `onProgress` hears how many bytes have left. */
export function sendFile(
  target: { port: number; method: string; path: string; headers: Record<string, string> },
  file: { from: number; sizeBytes: number },
  onProgress?: (bytes: number) => void,
): Promise<Sent> {
  const { port, method, path, headers } = target;
  const length = String(file.sizeBytes - file.from);
  return new Promise((resolve, reject) => {
    const all = { ...headers, "content-length": length };
    const request = http.request({ host: "127.0.0.1", port, method, path, headers: all, agent: false });
    request.once("error", reject);
    request.once("response", (response) => {
      response
        .resume()
        .once("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    writeAll(request, file, onProgress).catch(reject);
  });
}

async function writeAll(
  request: http.ClientRequest,
  { from, sizeBytes }: { from: number; sizeBytes: number },
  onProgress?: (bytes: number) => void,
): Promise<void> {
  let at = from;
  while (at < sizeBytes && !request.destroyed) {
    const inBlock = at % MIB;
    const end = Math.min(MIB, inBlock + sizeBytes - at);
    at += end - inBlock;
    const hasRoom = request.write(BLOCK.subarray(inBlock, end));
    onProgress?.(at);
    if (!hasRoom) await drained(request);
  }
  request.end();
}

function drained(request: http.ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      request.off("drain", go).off("close", go);
      resolve();
    };
    request.once("drain", go).once("close", go);
  });
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || !address) throw new Error("No port is free.");
  return address.port;
}
