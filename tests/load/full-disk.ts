import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { readRange } from "@/lib/infra/record-store";
import { openFileKey } from "@/lib/infra/record-store-key";
import { freePort, makeUploader, MIB, Served } from "../../bench/upload-world";
import { ask, hashOf, send, type StudyFile, type Target } from "./study";

const exec = promisify(execFile);
const FILES: StudyFile[] = Array.from({ length: 4 }, (_, at) => ({
  name: `IM${at}`,
  sizeBytes: 30 * MIB + at,
  shift: at * 77,
}));

/**
 * A disk that is full in the middle (a small one in memory, so it must be run as root): the upload is refused with a
 * sentence, what was there stays whole, and with more room the upload goes on where it stood.
 */
export async function run({ url, folder }: { url: string; folder: string }) {
  const data = path.join(folder, "small");
  await mkdir(data);
  await exec("mount", ["-t", "tmpfs", "-o", "size=80m", "tmpfs", data]);
  process.env.VALVIA_DATA = data;
  const env = { ...process.env, PORT: String(await freePort()), ROLE: "records" };
  const server = await Served.start(path.resolve(".build/records.mjs"), [], env);
  try {
    const { caseId, token } = await makeUploader(url);
    const headers = { "tus-resumable": "1.0.0", authorization: `Bearer ${token}` };
    const place = { port: server.port, path: `/api/v1/cases/${caseId}/uploads`, headers };
    const targets = await Promise.all(FILES.map((file) => begin(place, file)));
    const statuses: number[] = [];
    for (const [at, file] of FILES.entries()) statuses.push((await go(targets[at], file)).status);
    const kept = await Promise.all(targets.map(offsetOf));
    const sound = await soundFiles(url, targets);
    const problem = await fetch(`http://127.0.0.1:${server.port}${targets[3]?.path}`, {
      method: "PATCH",
      headers: {
        ...headers,
        "upload-offset": String(kept[3]),
        "content-type": "application/offset+octet-stream",
      },
      body: Buffer.alloc(20 * MIB),
    });
    const said = (await problem.json()) as { code: string; detail: string };
    await exec("mount", ["-o", "remount,size=400m", data]);
    const rest = await Promise.all(FILES.map((file, at) => go(targets[at], file)));
    const whole = await soundFiles(url, targets);
    return {
      statuses,
      offsetsMib: kept.map((bytes) => bytes / MIB),
      soundWhileFull: sound,
      said,
      statusesWithRoom: rest.map(({ status }) => status),
      sound: whole,
      kept: whole === FILES.length && sound === 2 && said.code === "storage_full" && statuses.includes(507),
    };
  } finally {
    await server.stop();
    await exec("umount", [data]);
  }
}

async function begin(place: Omit<Target, "method">, file: StudyFile): Promise<Target> {
  const announced = {
    "upload-length": String(file.sizeBytes),
    "upload-metadata": `filename ${btoa(file.name)}`,
  };
  const created = await ask({ ...place, method: "POST", headers: { ...place.headers, ...announced } });
  if (created?.status !== 201) throw new Error(`An upload did not begin: ${created?.status}.`);
  return { ...place, path: created.headers.location ?? "", method: "PATCH" };
}

async function offsetOf(target: Target): Promise<number> {
  const head = await ask({ ...target, method: "HEAD" });
  return Number(head?.headers["upload-offset"] ?? -1);
}

/** Goes on with a file where it stands; 204 when there is nothing left to send. */
async function go(target: Target | undefined, file: StudyFile): Promise<{ status: number }> {
  if (!target) throw new Error("This file was not begun.");
  const from = await offsetOf(target);
  if (from === file.sizeBytes) return { status: 204 };
  const part = { "upload-offset": String(from), "content-type": "application/offset+octet-stream" };
  return send({ ...target, headers: { ...target.headers, ...part } }, file, from);
}

/** How many files are complete and open to what was sent. */
async function soundFiles(url: string, targets: readonly Target[]): Promise<number> {
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  await db.query("SELECT set_config('app.role', 'system', false)");
  let sound = 0;
  for (const [at, { path: place }] of targets.entries()) {
    const [id, file] = [place.split("/").at(-1) ?? "", FILES[at]];
    const asked = `SELECT * FROM "Record" WHERE id = $1 AND sha256 IS NOT NULL`;
    const [row] = (await db.query<{ wrappedKey: Buffer; keyVersion: number }>(asked, [id])).rows;
    if (!row || !file) continue;
    const stored = { recordId: id, key: openFileKey(id, row), sizeBytes: file.sizeBytes, chunkBytes: MIB };
    const hash = createHash("sha256");
    for await (const piece of readRange(stored, 0, file.sizeBytes)) hash.update(piece);
    if (hash.digest("hex") === hashOf(file)) sound += 1;
  }
  await db.end();
  return sound;
}
