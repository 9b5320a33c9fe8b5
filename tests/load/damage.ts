import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { newId } from "@/lib/kernel/ids";
import { readRange, type StoredFile, weigh, whenDamaged } from "@/lib/infra/record-store";
import { filesRoot } from "@/lib/infra/record-store-disk";
import { chunkCount, DamagedFile } from "@/lib/infra/record-store-driver";
import { newSealSeed, SEAL_BYTES, sealChunk } from "@/lib/infra/record-store-seal";
import { Dice } from "./dice";

const CHUNK_BYTES = 512;
const FILES = 24;

interface Kept {
  file: StoredFile;
  body: Buffer;
}

/** What somebody may do to the stored bytes of one file. Null when this file is too short for it. */
const HARMS = {
  flip: (dice, { body }) => {
    const at = dice.below(body.length);
    const harmed = Buffer.from(body);
    harmed.writeUInt8(harmed.readUInt8(at) ^ (1 << dice.below(8)), at);
    return harmed;
  },
  swapWithin: (dice, { file, body }) => {
    const chunks = chunkCount(file);
    if (chunks < 2) return null;
    const one = dice.below(chunks);
    const other = (one + 1 + dice.below(chunks - 1)) % chunks;
    const pieces = Array.from({ length: chunks }, (_, index) => chunkOf(body, index));
    [pieces[one], pieces[other]] = [chunkOf(body, other), chunkOf(body, one)];
    return Buffer.concat(pieces);
  },
  swapBetween: (dice, { body }, { body: foreign }) => {
    const index = dice.below(Math.ceil(Math.min(body.length, foreign.length) / (CHUNK_BYTES + SEAL_BYTES)));
    const start = index * (CHUNK_BYTES + SEAL_BYTES);
    const own = chunkOf(body, index);
    return Buffer.concat([
      body.subarray(0, start),
      chunkOf(foreign, index),
      body.subarray(start + own.length),
    ]);
  },
  cut: (dice, { body }) => body.subarray(0, dice.below(body.length)),
  extend: (dice, { body }) => {
    const more = dice.below(2) === 0 ? dice.bytes(1 + dice.below(60)) : chunkOf(body, 0);
    return Buffer.concat([body, more]);
  },
} satisfies Record<string, (dice: Dice, kept: Kept, other: Kept) => Buffer | null>;
type Harm = keyof typeof HARMS;

function chunkOf(body: Buffer, index: number): Buffer {
  const sealed = CHUNK_BYTES + SEAL_BYTES;
  return body.subarray(index * sealed, (index + 1) * sealed);
}

/** Harms stored files again and again: each time the store must say so, and may not give one wrong byte before. */
export async function run({ count = 100_000, seed = Date.now() % 2 ** 31, folder = "/dev/shm" } = {}) {
  process.env.VALVIA_DATA = await mkdtemp(path.join(folder, "damage-"));
  whenDamaged(async () => undefined);
  const dice = new Dice(seed);
  const kept = await Promise.all(Array.from({ length: FILES }, (_, at) => seal(dice, at)));
  const harms = Object.keys(HARMS) as Harm[];
  const done = Object.fromEntries(harms.map((harm) => [harm, 0])) as Record<Harm, number>;
  const missed: { harm: Harm; round: number }[] = [];
  for (let round = 0; round < count;) {
    const [one, harm] = [dice.oneOf(kept), dice.oneOf(harms)];
    const harmed = HARMS[harm](dice, one, dice.oneOf(kept.filter((other) => other !== one)));
    if (!harmed || harmed.equals(one.body)) continue;
    await writeFile(bodyOf(one.file), harmed);
    if (!(await isDetected(one.file))) missed.push({ harm, round });
    await writeFile(bodyOf(one.file), one.body);
    done[harm] += 1;
    round += 1;
  }
  let sound = 0;
  for (const { file } of kept) if (!(await isDetected(file))) sound += 1;
  await rm(process.env.VALVIA_DATA, { recursive: true });
  return {
    seed,
    count,
    done,
    missed,
    soundAfterwards: `${sound} of ${FILES}`,
    kept: missed.length === 0 && sound === FILES,
  };
}

const bodyOf = ({ recordId }: StoredFile) => path.join(filesRoot(), recordId.slice(-2), recordId, "body");

async function seal(dice: Dice, at: number): Promise<Kept> {
  const recordId = newId();
  const sizeBytes = at === 0 ? 1 : 1 + dice.below(20 * CHUNK_BYTES);
  const file = { recordId, key: randomBytes(32), sizeBytes, chunkBytes: CHUNK_BYTES };
  const plain = plainOf(file);
  const last = chunkCount(file) - 1;
  const seed = newSealSeed();
  const pieces = Array.from({ length: last + 1 }, (_, index) => {
    const part = plain.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES);
    return sealChunk(file.key, seed, { recordId, index, kind: index === last ? "last" : "middle" }, part);
  });
  const body = Buffer.concat(pieces.flat());
  await mkdir(path.dirname(bodyOf(file)), { recursive: true });
  await writeFile(bodyOf(file), body);
  return { file, body };
}

/** Every file says something else, and every chunk of it. */
function plainOf({ recordId, sizeBytes }: StoredFile): Buffer {
  return Buffer.from(`${recordId} `.repeat(Math.ceil(sizeBytes / 37))).subarray(0, sizeBytes);
}

async function isDetected(file: StoredFile): Promise<boolean> {
  let at = 0;
  const plain = plainOf(file);
  try {
    await weigh(file);
    for await (const piece of readRange(file, 0, file.sizeBytes)) {
      if (!piece.equals(plain.subarray(at, at + piece.length))) return false;
      at += piece.length;
    }
    return false;
  } catch (error) {
    return error instanceof DamagedFile && error.recordId === file.recordId;
  }
}
