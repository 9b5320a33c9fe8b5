import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { type Spread, spread, timesOf } from "./figures";
import { cpuMsOf, freePort, hashInRow, hashOf, makeUploader, MIB, sendFile, Served } from "./upload-world";
import { startWeb } from "./web";

export const needsWeb = true;

const exec = promisify(execFile);

const GOAL =
  "≥ 1.2 × @tus/server plain (through the web server ≥ 0.6), ≥ 0.6 × raw pipe, memory ≤ 150 MB above idle and flat, ≤ 1 frame (16 MiB) sent twice after SIGKILL";
const PLAN = [
  { sizeBytes: 256 * MIB, rounds: 5 },
  { sizeBytes: 1_024 * MIB, rounds: 3 },
  { sizeBytes: 2_048 * MIB, rounds: 1 },
];
const FRAME_BYTES = 16 * MIB;
/** Ours in a process of its own, ours behind the web server, and what they are measured against. */
const SUBJECTS = ["ours", "web", "tus", "raw", "raw-synced"] as const;
type Subject = (typeof SUBJECTS)[number];

interface Running {
  port: number;
  cpuMs: () => Promise<number>;
  stop: () => Promise<void>;
}

interface SizeResult {
  sizeMb: number;
  /** Median MB/s. */
  rates: Record<Subject, number>;
  /** Median processor time of the serving process per MiB, which the load of the machine hardly changes. */
  cpuMs: Record<Subject, number>;
  /** Ours as a share of each other, median of the rounds, with the lowest and highest. */
  ratios: Record<Exclude<Subject, "ours">, Spread>;
  /** Ours behind the web server as a share of tus. */
  webOfTus: Spread;
  grownMb: number;
}

export interface UploadResult {
  row: 6;
  name: "upload";
  goal: string;
  sizes: SizeResult[];
  resentMb: number;
  met: boolean;
}

/** Row 6: one file through each server, whole, in rotated order; ours is encrypted, hashed and synced, the others are not. */
export async function run(url = process.env.DATABASE_URL ?? ""): Promise<UploadResult> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "valvia-bench-upload-"));
  const bench = await Bench.start(url, folder);
  try {
    const sizes: SizeResult[] = [];
    for (const { sizeBytes, rounds } of PLAN) sizes.push(await bench.measure(sizeBytes, rounds));
    const resentMb = (await bench.resentAfterKill(512 * MIB)) / MIB;
    print(sizes, resentMb);
    const met =
      sizes.every(
        ({ ratios, webOfTus, grownMb }) =>
          ratios.tus.median >= 1.2 && ratios.raw.median >= 0.6 && webOfTus.median >= 0.6 && grownMb <= 150,
      ) && resentMb <= FRAME_BYTES / MIB;
    return { row: 6, name: "upload", goal: GOAL, sizes, resentMb, met };
  } finally {
    await bench.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

class Bench {
  private constructor(
    private readonly url: string,
    private readonly folder: string,
    private readonly uploader: { caseId: string; token: string },
    private ours: Served,
    private readonly others: Record<Exclude<Subject, "ours">, Running>,
  ) {}

  private serverOf(subject: Subject): Running {
    return subject === "ours" ? this.ours : this.others[subject];
  }

  static async start(url: string, folder: string): Promise<Bench> {
    const peer = (kind: Subject) => Served.start(built("bench/upload-peer.mjs"), [kind, folder], process.env);
    const ours = await startOurs(url, folder);
    const others = {
      web: await startBehindWeb(url, folder),
      tus: await peer("tus"),
      raw: await peer("raw"),
      "raw-synced": await peer("raw-synced"),
    };
    const bench = new Bench(url, folder, await makeUploader(url), ours, others);
    // Connections, the job sender and the compiled queries come with the first upload; they are part of being idle.
    for (const subject of SUBJECTS) await bench.once(subject, MIB);
    return bench;
  }

  async stop(): Promise<void> {
    for (const subject of SUBJECTS) await this.serverOf(subject).stop();
  }

  async measure(sizeBytes: number, rounds: number): Promise<SizeResult> {
    const none = (): Record<Subject, number[]> => ({ ours: [], web: [], tus: [], raw: [], "raw-synced": [] });
    const [rates, cpu] = [none(), none()];
    await this.ours.watch();
    for (let round = 0; round < rounds; round += 1) {
      for (let turn = 0; turn < SUBJECTS.length; turn += 1) {
        const subject = SUBJECTS[(turn + round) % SUBJECTS.length] ?? "ours";
        const server = this.serverOf(subject);
        const before = await server.cpuMs();
        rates[subject].push(await this.once(subject, sizeBytes));
        cpu[subject].push(((await server.cpuMs()) - before) / (sizeBytes / MIB));
      }
    }
    const ratio = (other: Subject) => timesOf(rates.ours, rates[other]);
    const each = <T>(of: (subject: Subject) => T) =>
      Object.fromEntries(SUBJECTS.map((subject) => [subject, of(subject)])) as Record<Subject, T>;
    return {
      sizeMb: sizeBytes / MIB,
      rates: each((subject) => spread(rates[subject]).median),
      cpuMs: each((subject) => spread(cpu[subject]).median),
      ratios: {
        web: ratio("web"),
        tus: ratio("tus"),
        raw: ratio("raw"),
        "raw-synced": ratio("raw-synced"),
      },
      webOfTus: timesOf(rates.web, rates.tus),
      grownMb: this.ours.grownMb,
    };
  }

  /** MB/s of one upload, from the first byte sent to the answer. */
  private async once(subject: Subject, sizeBytes: number): Promise<number> {
    // What the last one left in the page cache must not be this one's burden.
    await exec("sync");
    const { port } = this.serverOf(subject);
    const begin = await this.begin(subject, sizeBytes);
    const since = performance.now();
    const sent = await sendFile({ port, ...begin }, { from: 0, sizeBytes });
    const seconds = (performance.now() - since) / 1_000;
    if (sent.status !== 204) throw new Error(`${subject} answered ${sent.status}.`);
    if (isOurs(subject)) await this.verify(begin.path, sizeBytes);
    await this.clear(subject, begin.path);
    return sizeBytes / 1_000_000 / seconds;
  }

  private async begin(subject: Subject, sizeBytes: number) {
    if (subject === "raw" || subject === "raw-synced")
      return { method: "PUT", path: "/raw.bin", headers: {} };
    const headers: Record<string, string> = {
      "tus-resumable": "1.0.0",
      ...(isOurs(subject) ? { authorization: `Bearer ${this.uploader.token}` } : {}),
    };
    const origin = `http://127.0.0.1:${this.serverOf(subject).port}`;
    const path = isOurs(subject) ? `/api/v1/cases/${this.uploader.caseId}/uploads` : "/files";
    const announce = {
      "upload-length": String(sizeBytes),
      "upload-metadata": `filename ${btoa("bench.bin")}`,
    };
    const created = await fetch(origin + path, { method: "POST", headers: { ...headers, ...announce } });
    if (created.status !== 201) throw new Error(`${subject} did not begin: ${created.status}.`);
    const location = new URL(created.headers.get("location") ?? "", origin).pathname;
    const part = { "upload-offset": "0", "content-type": "application/offset+octet-stream" };
    return { method: "PATCH", path: location, headers: { ...headers, ...part } };
  }

  private async verify(location: string, sizeBytes: number): Promise<void> {
    const kept = await hashInRow(this.url, location.split("/").at(-1) ?? "");
    if (kept !== hashOf(sizeBytes)) throw new Error("The stored bytes are not the ones that were sent.");
  }

  private async clear(subject: Subject, location: string): Promise<void> {
    const name = location.split("/").at(-1) ?? "";
    const stored = path.join(this.folder, "files", name.slice(-2), name);
    await rm(isOurs(subject) ? stored : path.join(this.folder, name), { recursive: true, force: true });
    if (subject === "tus") await rm(path.join(this.folder, `${name}.json`), { force: true });
  }

  /** Kills our process in the middle, starts it again and ends the upload: how many bytes had to be sent twice. */
  async resentAfterKill(sizeBytes: number): Promise<number> {
    const begin = await this.begin("ours", sizeBytes);
    const { ours } = this;
    let sent = 0;
    const broken = sendFile({ port: ours.port, ...begin }, { from: 0, sizeBytes }, (bytes) => {
      sent = bytes;
      if (bytes >= sizeBytes / 2) ours.child.kill("SIGKILL");
    });
    await broken.then(
      () => Promise.reject(new Error("The upload outlived its server.")),
      () => ours.stop("SIGKILL"),
    );
    this.ours = await startOurs(this.url, this.folder);
    const { port } = this.ours;
    const head = await fetch(`http://127.0.0.1:${port}${begin.path}`, {
      method: "HEAD",
      headers: begin.headers,
    });
    const offset = Number(head.headers.get("upload-offset"));
    const headers = { ...begin.headers, "upload-offset": String(offset) };
    const rest = await sendFile({ port, ...begin, headers }, { from: offset, sizeBytes });
    if (rest.status !== 204) throw new Error(`The rest was answered with ${rest.status}.`);
    await this.verify(begin.path, sizeBytes);
    await this.clear("ours", begin.path);
    return Math.max(0, sent - offset);
  }
}

async function startOurs(url: string, folder: string): Promise<Served> {
  const port = await freePort();
  const env = { ...process.env, DATABASE_URL: url, VALVIA_DATA: folder, PORT: String(port), ROLE: "records" };
  return Served.start(built("records.mjs"), [], env);
}

const isOurs = (subject: Subject) => subject === "ours" || subject === "web";

async function startBehindWeb(url: string, folder: string): Promise<Running> {
  const { port, pid, stop } = await startWeb(url, { VALVIA_DATA: folder });
  return { port, stop, cpuMs: () => cpuMsOf(pid) };
}

/** Bundles are made by the bench's own script, before any row runs. */
function built(file: string): string {
  return path.join(process.cwd(), ".build", file);
}

function print(sizes: readonly SizeResult[], resentMb: number): void {
  const share = ({ median, min, max }: Spread) =>
    `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`;
  console.table(
    sizes.map(({ sizeMb, rates, cpuMs, ratios, webOfTus, grownMb }) => ({
      MiB: sizeMb,
      "ours MB/s": Math.round(rates.ours),
      "web MB/s": Math.round(rates.web),
      "tus MB/s": Math.round(rates.tus),
      "raw MB/s": Math.round(rates.raw),
      "× tus": share(ratios.tus),
      "× raw": share(ratios.raw),
      "× raw synced": share(ratios["raw-synced"]),
      "web × tus": share(webOfTus),
      "CPU-ms/MiB ours, web, tus, raw": [cpuMs.ours, cpuMs.web, cpuMs.tus, cpuMs.raw]
        .map((ms) => ms.toFixed(2))
        .join(", "),
      "memory +MB": Math.round(grownMb),
    })),
  );
  console.log(`After SIGKILL ${resentMb.toFixed(1)} MiB were sent twice.`);
}
