import { type ChildProcess, spawn } from "node:child_process";
import { createDecipheriv, createHash, randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { newId } from "@/lib/kernel/ids";
import { newSealSeed, openChunk, sealChunk } from "@/lib/infra/record-store-seal";
import { DiskStore, filesRoot } from "@/lib/infra/record-store-disk";
import { makeUploader } from "../../bench/upload-world";
import { Dice } from "./dice";

interface World {
  db: pg.Client;
  caseId: string;
  /** Plain text of each file by its record's id. */
  plain: Map<string, string>;
}

interface Tally {
  kills: number;
  /** Kills that left some rows with the new key and some with the old one. */
  inTheMiddle: number;
  rotations: number;
  unreadable: string[];
}

const newKey = () => randomBytes(32).toString("base64");

/**
 * Kills the rotation of keys at random moments: after each, every file must open by one of the two master keys. When a
 * rotation came to its end, the old key is thrown away and the next one begins.
 */
export async function run({ url = "", kills = 200, files = 2_500, seed = Date.now() % 2 ** 31 }) {
  const dice = new Dice(seed);
  const world = await begin(url);
  let keys = { now: process.env.RECORDS_KEY ?? "", before: "" };
  for (let at = 0; at < files; at += 1) await addFile(world, keys.now, `file ${at} of seed ${seed}`);
  const tally: Tally = { kills: 0, inTheMiddle: 0, rotations: 0, unreadable: [] };
  // How long an undisturbed run takes decides where the kills may fall.
  keys = { now: newKey(), before: keys.now };
  const wholeMs = await rotate(keys, null);
  tally.unreadable.push(...(await unreadable(world, keys)));
  while (tally.kills < kills) {
    keys = { now: newKey(), before: keys.now };
    tally.rotations += 1;
    for (let left = files; left > 0 && tally.kills < kills;) {
      await killOnce(world, keys, dice, wholeMs);
      tally.kills += 1;
      if (tally.kills % 20 === 0)
        process.stdout.write(`${tally.kills} kills, ${tally.inTheMiddle} in the middle\n`);
      tally.unreadable.push(...(await unreadable(world, keys)));
      left = await wearing(world, keys.before);
      if (left > 0 && left < files) tally.inTheMiddle += 1;
      // Two at once, sometimes, and then to the end.
      if (left < files / 3) await Promise.all([rotate(keys, null), rotate(keys, dice.below(wholeMs))]);
      left = await wearing(world, keys.before);
    }
    await rotate(keys, null);
    tally.unreadable.push(...(await unreadable(world, { now: keys.now, before: "" })));
  }
  await world.db.end();
  const { unreadable: broken, ...counts } = tally;
  return { seed, files, ...counts, unreadable: broken.length, kept: broken.length === 0 };
}

async function begin(url: string): Promise<World> {
  const { caseId } = await makeUploader(url);
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  await db.query("SELECT set_config('app.role', 'system', false)");
  return { db, caseId, plain: new Map() };
}

async function addFile({ db, caseId, plain }: World, master: string, text: string): Promise<void> {
  const [id, key] = [newId(), randomBytes(32)];
  const { wrapFileKey } = await import("@/lib/infra/record-store-key");
  if (master !== process.env.RECORDS_KEY) throw new Error("The first key is this process's own.");
  const { wrappedKey, keyVersion } = wrapFileKey(id, key);
  const sealed = sealChunk(key, newSealSeed(), { recordId: id, index: 0, kind: "last" }, Buffer.from(text));
  const folder = path.join(filesRoot(), id.slice(-2), id);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "body"), Buffer.concat(sealed));
  await db.query(
    `INSERT INTO "Record" (id, "caseId", filename, "sizeBytes", "chunkBytes", "wrappedKey", "keyVersion")
     VALUES ($1, $2, 'x', $3, 1048576, $4, $5)`,
    [id, caseId, text.length, wrappedKey, keyVersion],
  );
  plain.set(id, text);
}

/** Every third kill falls anywhere in the run, the others within half a second of the first changed row. */
async function killOnce(world: World, keys: { now: string; before: string }, dice: Dice, wholeMs: number) {
  if (dice.below(3) === 0) return void (await rotate(keys, dice.below(wholeMs)));
  const before = await wearing(world, keys.before);
  const child = begun(keys);
  const gone = new Promise((resolve) => child.once("exit", resolve));
  while (child.exitCode === null && (await wearing(world, keys.before)) === before) await pause(2);
  await pause(dice.below(500));
  child.kill("SIGKILL");
  await gone;
}

function begun(keys: { now: string; before: string }): ChildProcess {
  const env = { ...process.env, RECORDS_KEY: keys.now, RECORDS_KEY_PREVIOUS: keys.before };
  return spawn(process.execPath, [path.resolve(".build/rotate-keys.mjs")], { env, stdio: "ignore" });
}

/** Runs the rotation in a process of its own; kills it after so many milliseconds. Answers how long it ran. */
async function rotate(keys: { now: string; before: string }, killAfterMs: number | null): Promise<number> {
  const since = performance.now();
  const child = begun(keys);
  const timer = killAfterMs === null ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  await new Promise((resolve) => child.once("exit", resolve));
  clearTimeout(timer);
  return performance.now() - since;
}

const versionOf = (master: string) =>
  createHash("sha256").update(Buffer.from(master, "base64")).digest().readUInt32BE(0) >>> 1;

async function wearing({ db }: World, master: string): Promise<number> {
  const asked = `SELECT count(*)::int AS n FROM "Record" WHERE "keyVersion" = $1`;
  return (await db.query<{ n: number }>(asked, [versionOf(master)])).rows[0]?.n ?? 0;
}

/** The ids of files that do not open, unwrapped here without a line of the product's own key code. */
async function unreadable(world: World, { now, before }: { now: string; before: string }): Promise<string[]> {
  const masters = new Map(
    [now, before].filter(Boolean).map((text) => [versionOf(text), Buffer.from(text, "base64")]),
  );
  const { rows } = await world.db.query<{ id: string; wrappedKey: Buffer; keyVersion: number }>(
    `SELECT id, "wrappedKey", "keyVersion" FROM "Record"`,
  );
  const store = new DiskStore();
  const broken: string[] = [];
  for (const { id, wrappedKey, keyVersion } of rows) {
    const text = world.plain.get(id) ?? "";
    try {
      const decipher = createDecipheriv(
        "aes-256-gcm",
        masters.get(keyVersion) ?? Buffer.alloc(32),
        wrappedKey.subarray(0, 12),
      );
      decipher.setAAD(Buffer.from(id)).setAuthTag(wrappedKey.subarray(-16));
      const key = Buffer.concat([decipher.update(wrappedKey.subarray(12, -16)), decipher.final()]);
      const shape = { recordId: id, sizeBytes: text.length, chunkBytes: 1_048_576 };
      const sealed = await store.readBody(shape, 0, text.length + 28);
      const opened = openChunk(key, { recordId: id, index: 0, kind: "last" }, sealed);
      if (opened.toString() !== text) broken.push(id);
    } catch {
      broken.push(id);
    }
  }
  if (rows.length !== world.plain.size) broken.push("a row is missing");
  return broken;
}
