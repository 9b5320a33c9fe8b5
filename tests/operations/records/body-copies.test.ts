import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { writeCopy } from "@/lib/infra/record-store-copy";
import { noise } from "../../support/uploads";

const MIB = 1_048_576;
let folder = "";
const body = () => path.join(folder, "body");
const copy = () => path.join(folder, "copy");

beforeEach(async () => void (folder = await mkdtemp(path.join(tmpdir(), "copies-"))));
afterEach(() => rm(folder, { recursive: true }));

it("holds only what counts of a body", async () => {
  const bytes = noise(5 * MIB);
  await writeFile(body(), bytes);
  await writeCopy(body(), copy(), { bytesMax: 3 * MIB + 5, touch: () => undefined });
  expect((await readFile(copy())).equals(bytes.subarray(0, 3 * MIB + 5))).toBe(true);
});

it("is empty where nothing counts, or nothing is there", async () => {
  await writeCopy(body(), copy(), { bytesMax: MIB, touch: () => undefined });
  expect(await readFile(copy())).toHaveLength(0);
  await writeFile(body(), noise(99));
  await writeCopy(body(), copy(), { bytesMax: 0, touch: () => undefined });
  expect(await readFile(copy())).toHaveLength(0);
});

it("is not begun where there is no room for all of it", async () => {
  await writeFile(body(), "x");
  // More than any disk has; a file system that shares blocks between files has room for it all the same.
  await truncate(body(), 8 * 1024 ** 4);
  const told: unknown = await writeCopy(body(), copy(), { bytesMax: Infinity, touch: () => undefined }).catch(
    (error: unknown) => error,
  );
  if (told !== undefined) {
    expect(told).toMatchObject({ code: "ENOSPC" });
    expect(await readdir(folder)).toEqual(["body"]);
  }
});

it("says all the time that it goes on", async () => {
  await writeFile(body(), noise(4 * MIB));
  let touched = 0;
  await writeCopy(body(), copy(), { bytesMax: 4 * MIB, touch: () => void (touched += 1) });
  expect(touched).toBeGreaterThan(3);
});
