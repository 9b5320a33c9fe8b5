import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { readRange } from "@/lib/infra/record-store";
import { openFileKey } from "@/lib/infra/record-store-key";
import { makeUploader, MIB, Served } from "../../bench/upload-world";
import { Dice } from "./dice";
import { DroppingProxy } from "./proxy";
import { compare } from "./sound-line";
import { ask, atOnce, hashOf, send, type StudyFile, studyOf, type Target } from "./study";
import { AT_ONCE, startWarm, targetOf, TUS } from "./study-servers";

interface Wish {
  url: string;
  folder: string;
  mb?: number;
  files?: number;
  store?: "disk" | "s3";
  kills?: number;
  dropSeconds?: number;
  /** Of the line, in MB a second. */
  speed?: number;
  compareMb?: number;
  seed?: number;
}

/**
 * A study of many files over a line that drops, to a server that is killed: every byte must arrive, and little may be
 * sent twice. Before it, the same kind of study over a sound line, beside a plain tus server and a raw pipe.
 */
export async function run(wish: Wish) {
  const { mb = 5_120, files = 1_500, store = "disk", seed = Date.now() % 2 ** 31, compareMb = 512 } = wish;
  const s3 = store === "s3" ? await startS3(wish.folder) : null;
  try {
    const beside = { url: wish.url, folder: wish.folder, mb: compareMb };
    const speeds = compareMb > 0 ? await compare(beside, new Dice(seed)) : {};
    const study = studyOf(new Dice(seed), files, mb * 1_000_000);
    const trial = await Trial.begin(wish, study);
    const figures = await trial.run();
    return { seed, store, mb, files, speeds, ...figures };
  } finally {
    await s3?.stop();
  }
}

/** Tells this process and every child where the store is. */
async function startS3(folder: string): Promise<Served> {
  const directory = path.join(folder, "s3");
  await mkdir(directory);
  const server = await Served.start(path.resolve(".build/load/s3-server.mjs"), [directory], process.env);
  Object.assign(process.env, {
    S3_ENDPOINT: `http://127.0.0.1:${server.port}`,
    S3_BUCKET: "records",
    S3_REGION: "eu-central-1",
    S3_ACCESS_KEY_ID: "S3RVER",
    S3_SECRET_ACCESS_KEY: "S3RVER",
  });
  return server;
}

/** What one life of our server weighed. */
interface Life {
  idleMb: number;
  grownMb: number;
}

class Trial {
  private readonly lives: Life[] = [];
  private readonly ids = new Map<string, StudyFile>();
  private arrived = 0;
  private resent: number[] = [];
  private killed = 0;
  private rising: Promise<void> | null = null;

  private constructor(
    private readonly wish: Wish,
    private readonly study: readonly StudyFile[],
    private server: Served,
    private readonly proxy: DroppingProxy,
    private readonly uploader: { caseId: string; token: string },
  ) {}

  static async begin(wish: Wish, study: readonly StudyFile[]): Promise<Trial> {
    const server = await startWarm(wish.url);
    const { dropSeconds = 20, speed = 40 } = wish;
    const line = { everyMs: dropSeconds * 1_000, bytesPerSecond: speed * 1_000_000 };
    const proxy = await DroppingProxy.start(server.port, line);
    return new Trial(wish, study, server, proxy, await makeUploader(wish.url));
  }

  async run() {
    const since = performance.now();
    await atOnce(AT_ONCE, this.study, (file) => this.upload(file));
    const seconds = (performance.now() - since) / 1_000;
    await this.rising;
    await this.endLife("SIGTERM");
    await this.proxy.stop();
    const wrong = await this.wrongFiles();
    const total = this.study.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const resentMax = Math.max(0, ...this.resent) / MIB;
    return {
      seconds: Math.round(seconds),
      mbPerSecond: Math.round(total / 1_000_000 / seconds),
      drops: this.proxy.drops,
      kills: this.killed,
      interrupted: this.resent.length,
      resentMibMax: resentMax,
      resentMib: this.resent.reduce((sum, bytes) => sum + bytes, 0) / MIB,
      lives: this.lives,
      wrong: wrong.length,
      kept: wrong.length === 0 && this.lives.every(({ grownMb }) => grownMb <= 150),
    };
  }

  private get auth(): Record<string, string> {
    return { authorization: `Bearer ${this.uploader.token}` };
  }

  private async upload(file: StudyFile): Promise<void> {
    const target = await this.patiently(() =>
      targetOf(
        this.proxy.port,
        { path: `/api/v1/cases/${this.uploader.caseId}/uploads`, headers: this.auth },
        file,
      ),
    );
    this.ids.set(target.path.split("/").at(-1) ?? "", file);
    for (let from = 0; ;) {
      const headers = { ...target.headers, "upload-offset": String(from) };
      const { status, sent } = await send({ ...target, headers }, file, from);
      if (status === 204) break;
      const offset = await this.patiently(() => this.offsetOf(target));
      this.resent.push(Math.max(0, sent - offset));
      from = offset;
      if (offset === file.sizeBytes) break;
    }
    this.arrived += file.sizeBytes;
    this.maybeKill();
  }

  private async offsetOf(target: Target): Promise<number> {
    const head = await ask({ ...target, method: "HEAD", headers: { ...TUS, ...this.auth } });
    if (head?.status !== 200) throw new Error(`HEAD was answered with ${head?.status}.`);
    return Number(head.headers["upload-offset"]);
  }

  /** The line drops and the server dies: a client waits a moment and asks again. */
  private async patiently<T>(act: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await act();
      } catch (error) {
        if (attempt > 120) throw error;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  }

  private maybeKill(): void {
    const { kills = 3 } = this.wish;
    const total = this.study.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    if (this.rising || this.killed >= kills || this.arrived < (total * (this.killed + 1)) / (kills + 1))
      return;
    this.killed += 1;
    this.rising = this.killAndRise().finally(() => (this.rising = null));
  }

  private async killAndRise(): Promise<void> {
    await this.endLife("SIGKILL");
    this.server = await startWarm(this.wish.url);
    this.proxy.toPort = this.server.port;
  }

  private async endLife(signal: NodeJS.Signals): Promise<void> {
    const { idleMb, grownMb } = this.server;
    this.lives.push({ idleMb: Math.round(idleMb), grownMb: Math.round(grownMb) });
    await this.server.stop(signal);
  }

  /** Reads every file back out of the store, opened by its key, and compares its SHA-256. */
  private async wrongFiles(): Promise<string[]> {
    const db = new pg.Client({ connectionString: this.wish.url });
    await db.connect();
    await db.query("SELECT set_config('app.role', 'system', false)");
    const wrong: string[] = [];
    for (const [id, file] of this.ids) {
      const { rows } = await db.query(`SELECT * FROM "Record" WHERE id = $1`, [id]);
      const [row] = rows as { wrappedKey: Buffer; keyVersion: number; sha256: string }[];
      const expected = hashOf(file);
      const found = row ? await this.storedHash(id, file, openFileKey(id, row)) : "no row";
      if (found !== expected || row?.sha256 !== expected) wrong.push(id);
    }
    await db.end();
    return wrong;
  }

  private async storedHash(recordId: string, { sizeBytes }: StudyFile, key: Buffer): Promise<string> {
    const hash = createHash("sha256");
    const file = { recordId, key, sizeBytes, chunkBytes: MIB };
    for await (const piece of readRange(file, 0, sizeBytes)) hash.update(piece);
    return hash.digest("hex");
  }
}
