import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { sha256 } from "@/lib/infra/hash";
import { readRange, type StoredFile, weigh } from "@/lib/infra/record-store";
import { Intake } from "@/lib/infra/record-store-intake";
import { endThreads } from "@/lib/infra/record-store-sealer";
import { noise } from "../../support/uploads";
import { folderOf } from "../../support/records";

/** One request's part of an upload: taken in pieces, made durable, let go. */
async function take(file: StoredFile, bytes: Buffer, from: number, to: number): Promise<string | null> {
  const intake = await Intake.open(file, from, async () => undefined);
  try {
    for (let at = from; at < to; at += 30_011)
      await intake.take(bytes.subarray(at, Math.min(at + 30_011, to)));
    const { sha256: hash } = await intake.finish();
    await intake.tidy();
    return hash;
  } finally {
    await intake.close();
  }
}

const stored = async (file: StoredFile) =>
  Buffer.concat(await Array.fromAsync(readRange(file, 0, file.sizeBytes)));

it("a file written in whole blocks is the one that came, wherever its parts end and whichever thread goes on", async () => {
  const sizes = fc.integer({ min: 131_072, max: 700_000 });
  const stops = fc.array(fc.tuple(fc.nat(999), fc.boolean()), { maxLength: 4 });
  const chunks = fc.constantFrom(50_000, 65_536 - 28, 65_536, 262_144);
  await fc.assert(
    fc.asyncProperty(sizes, stops, chunks, async (sizeBytes, parts, chunkBytes) => {
      const file = { recordId: newId(), key: randomBytes(32), sizeBytes, chunkBytes };
      const bytes = noise(sizeBytes);
      const ends = parts.map(([share]) => Math.floor((sizeBytes * share) / 1_000)).toSorted((a, b) => a - b);
      let [from, hash]: [number, string | null] = [0, null];
      for (const [at, to] of [...ends, sizeBytes].entries()) {
        hash = await take(file, bytes, from, to);
        from = to;
        // A thread that is new knows neither the hash so far nor what waited for its block.
        if (parts[at]?.[1]) await endThreads();
      }
      expect(hash).toBe(sha256(bytes));
      expect((await stored(file)).equals(bytes)).toBe(true);
      await weigh(file);
      const { size } = await stat(path.join(folderOf(file.recordId), "body"));
      expect(size).toBe(sizeBytes + Math.ceil(sizeBytes / chunkBytes) * 28);
    }),
    { numRuns: 40 },
  );
});

it("what a part promised is on the disk before its writer goes on", async () => {
  const file = { recordId: newId(), key: randomBytes(32), sizeBytes: 400_000, chunkBytes: 50_000 };
  const bytes = noise(file.sizeBytes);
  await take(file, bytes, 0, 210_000);
  const whole = Buffer.concat(await Array.fromAsync(readRange(file, 0, 200_000)));
  expect(whole.equals(bytes.subarray(0, 200_000))).toBe(true);
});

it("a writer who lost the upload, or whose part was refused, writes nothing more when it ends", async () => {
  const file = { recordId: newId(), key: randomBytes(32), sizeBytes: 400_000, chunkBytes: 50_000 };
  const body = path.join(folderOf(file.recordId), "body");
  const lost = await Intake.open(file, 0, async () => undefined);
  await lost.take(noise(120_000));
  // Both chunks are with the thread; the end of the second waits there for its block.
  await expect.poll(async () => (await stat(body)).size, { timeout: 20_000 }).toBe(98_304);
  const before = await readFile(body);
  await lost.close();
  expect((await readFile(body)).equals(before)).toBe(true);
  // What it hashed counts for nobody.
  const bytes = noise(file.sizeBytes, 3);
  expect(await take(file, bytes, 0, file.sizeBytes)).toBe(sha256(bytes));
});

it("a file of one chunk is kept in one step, and the longer way where something of it lies already", async () => {
  for (const [at, sizeBytes] of [0, 1, 70_000, 131_072, 262_144].entries()) {
    const file = { recordId: newId(), key: randomBytes(32), sizeBytes, chunkBytes: 262_144 };
    const bytes = noise(sizeBytes, at + 1);
    const folder = folderOf(file.recordId);
    // A server that died in the middle of it leaves a folder with half a body.
    if (at % 2 === 1) {
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, "body"), noise(20));
    }
    expect(await take(file, bytes, 0, sizeBytes)).toBe(sha256(bytes));
    expect((await stored(file)).equals(bytes)).toBe(true);
    await weigh(file);
    expect(await readdir(folder)).toEqual(["body"]);
  }
});

it("a file of one chunk whose line breaks goes on from the byte it stood at", async () => {
  const file = { recordId: newId(), key: randomBytes(32), sizeBytes: 200_000, chunkBytes: 262_144 };
  const bytes = noise(file.sizeBytes, 9);
  expect(await take(file, bytes, 0, 90_001)).toBeNull();
  expect(await take(file, bytes, 90_001, file.sizeBytes)).toBe(sha256(bytes));
  expect((await stored(file)).equals(bytes)).toBe(true);
});
