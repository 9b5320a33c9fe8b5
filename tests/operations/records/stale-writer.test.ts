import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type pg from "pg";
import { afterEach, describe, expect, it, vi } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { sha256 } from "@/lib/infra/hash";
import { BodyLost } from "@/lib/infra/record-store-driver";
import { BodyWriter, readRange, type StoredFile } from "@/lib/infra/record-store";
import { Intake } from "@/lib/infra/record-store-intake";
import { SealingThread } from "@/lib/infra/record-store-sealer";
import { BodyMark } from "@/lib/infra/record-store-writer";
import { beginUpload, caseWithOwner, folderOf, idOf, recordRow, storedBytes } from "../../support/records";
import { brokenBody, noise } from "../../support/uploads";

const MIB = 1_048_576;
const stored = async (file: StoredFile) =>
  Buffer.concat(await Array.fromAsync(readRange(file, 0, file.sizeBytes)));

interface Locks {
  client: Promise<pg.Client> | null;
  holders: Map<string, unknown>;
}
const shared = globalThis as typeof globalThis & { valviaUploadLocks?: Locks; valviaThreads?: unknown };

/** From here on this is another process as far as a file can tell: its threads know nothing of what those before hold. */
function asAnotherProcess(): void {
  delete shared.valviaThreads;
}

/** The database gives the lock away, as when it believes a process dead that only stood still: its holder hears nothing. */
async function loseLock(id: string): Promise<void> {
  const client = await shared.valviaUploadLocks?.client;
  await client?.query("SELECT pg_advisory_unlock(hashtextextended($1, 1))", [id]);
  shared.valviaUploadLocks?.holders.delete(id);
}

describe("a writer that comes back after another took its upload over", () => {
  const file = () => ({ recordId: newId(), key: randomBytes(32), sizeBytes: 700_000, chunkBytes: 200_000 });
  const nothing = async () => undefined;

  it.each([
    ["from the first byte", 0],
    ["from where it stood", 400_000],
  ])("leaves every byte of the other alone, which began %s", async (_name, from) => {
    const one = file();
    const bytes = noise(one.sizeBytes);
    const stale = await Intake.open(one, 0, nothing);
    await stale.take(bytes.subarray(0, 450_000));
    if (from > 0) await stale.finish();
    if (from > 0) await stale.take(bytes.subarray(450_000, 650_000));
    asAnotherProcess();
    const other = await Intake.open(one, from, nothing);
    await other.take(bytes.subarray(from));
    await other.finish();
    await other.tidy();
    await other.close();
    const told: unknown = await stale.finish().catch((error: unknown) => error);
    await stale.close();
    expect((await stored(one)).equals(bytes)).toBe(true);
    expect(told).toBeInstanceOf(BodyLost);
    expect(await readdir(folderOf(one.recordId))).toEqual(["body"]);
  });

  it.each([
    ["goes on in the body of one that is known to be dead", (mark: string) => mark, true],
    [
      "copies the body of one it cannot see",
      (mark: string) => mark.replace(/[0-9a-f]{16}/, "0".repeat(16)),
      false,
    ],
  ])("is kept out at the price it needs: the next one %s", async (_name, changed, isSame) => {
    const one = file();
    const bytes = noise(one.sizeBytes);
    const first = await Intake.open(one, 0, nothing);
    const folder = folderOf(one.recordId);
    const mark = (await readdir(folder)).find((name) => name.startsWith("writer.")) ?? "";
    await first.take(bytes.subarray(0, 400_000));
    await first.finish();
    await first.close();
    expect(await readdir(folder)).toEqual(["body"]);
    const { pid } = spawnSync("true");
    await writeFile(path.join(folder, changed(mark.replace(`.${process.pid}.`, `.${pid}.`))), "");
    const { ino } = await stat(path.join(folder, "body"));
    const next = await Intake.open(one, 400_000, nothing);
    await next.take(bytes.subarray(400_000));
    await next.finish();
    await next.close();
    expect((await stat(path.join(folder, "body"))).ino === ino).toBe(isSame);
    expect((await stored(one)).equals(bytes)).toBe(true);
    expect(await readdir(folder)).toEqual(["body"]);
  });

  it("is told so, and the upload that went on without it is whole", async () => {
    const { tus, caseId } = await caseWithOwner();
    const bytes = noise(3 * MIB + 77);
    const location = await beginUpload(tus, caseId, bytes.length);
    const id = idOf(location);
    const wakes = Promise.withResolvers<void>();
    const sleeps = Promise.withResolvers<void>();
    const pieces = [bytes.subarray(0, 2 * MIB), bytes.subarray(2 * MIB, 2 * MIB + 999)];
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const piece = pieces.shift();
          if (piece) return controller.enqueue(piece);
          sleeps.resolve();
          await wakes.promise;
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const stale = tus.patch(location, 0, body);
    await sleeps.promise;
    await loseLock(id);
    asAnotherProcess();
    const came = await tus.patch(location, 0, Buffer.from(bytes));
    expect(came.status).toBe(204);
    wakes.resolve();
    expect((await stale).status).toBe(423);
    expect(await recordRow(id)).toMatchObject({ state: "scanning", sha256: sha256(bytes) });
    expect((await storedBytes(id)).equals(bytes)).toBe(true);
  });
});

/** The first call of this waits there until it is woken; the others go on. */
function standStill(what: { prototype: object }, act: string, at: "before" | "after") {
  const [sleeps, wakes] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const acts = what.prototype as Record<string, (...facts: unknown[]) => Promise<unknown>>;
  const real = acts[act];
  if (!real) throw new Error(`There is no ${act}.`);
  const wait = async () => {
    sleeps.resolve();
    await wakes.promise;
  };
  vi.spyOn(acts, act).mockImplementationOnce(async function (this: unknown, ...facts: unknown[]) {
    if (at === "before") await wait();
    const answer = await real.apply(this, facts);
    if (at === "after") await wait();
    return answer;
  });
  return { asleep: sleeps.promise, wake: () => wakes.resolve() };
}

describe("a writer that stands still when every byte of its upload is kept", () => {
  afterEach(() => vi.restoreAllMocks());

  it.each([
    ["one chunk", 150_000, SealingThread, "keep"],
    ["several chunks", 2 * MIB + 77, BodyWriter, "settle"],
  ] as const)("promises nothing of a body of %s that another has begun anew", async (_n, size, what, act) => {
    const { tus, caseId } = await caseWithOwner();
    const bytes = noise(size);
    const location = await beginUpload(tus, caseId, bytes.length);
    const id = idOf(location);
    const still = standStill(what, act, "after");
    const stale = tus.patch(location, 0, Buffer.from(bytes));
    await still.asleep;
    await loseLock(id);
    asAnotherProcess();
    await tus.patch(location, 0, brokenBody(bytes.subarray(0, 50_000)));
    still.wake();
    expect((await stale).status).toBe(423);
    expect((await recordRow(id)).state).toBe("uploading");
    const offset = await tus.offset(location);
    const rest = await tus.patch(location, offset, Buffer.from(bytes.subarray(offset)));
    expect(rest.status).toBe(204);
    expect(await recordRow(id)).toMatchObject({ state: "scanning", sha256: sha256(bytes), writer: null });
    expect((await storedBytes(id)).equals(bytes)).toBe(true);
    expect(await readdir(folderOf(id))).toEqual(["body"]);
  });

  it("leaves the body alone that another kept whole meanwhile", async () => {
    const { tus, caseId } = await caseWithOwner();
    const bytes = noise(150_000);
    const location = await beginUpload(tus, caseId, bytes.length);
    const id = idOf(location);
    const still = standStill(SealingThread, "keep", "before");
    const stale = tus.patch(location, 0, Buffer.from(bytes));
    await still.asleep;
    await loseLock(id);
    asAnotherProcess();
    expect((await tus.patch(location, 0, Buffer.from(bytes))).status).toBe(204);
    const body = path.join(folderOf(id), "body");
    const before = await stat(body);
    still.wake();
    expect((await stale).status).toBe(423);
    expect(await stat(body)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
    expect((await storedBytes(id)).equals(bytes)).toBe(true);
    expect(await readdir(folderOf(id))).toEqual(["body"]);
  });

  it("does not move an upload another has opened, and what it noted before counts for that one", async () => {
    const { tus, caseId } = await caseWithOwner();
    const bytes = noise(2 * MIB + 77);
    const location = await beginUpload(tus, caseId, bytes.length);
    const id = idOf(location);
    const still = standStill(BodyWriter, "settle", "after");
    const stale = tus.patch(location, 0, brokenBody(bytes.subarray(0, MIB + 5_000)));
    await still.asleep;
    await loseLock(id);
    asAnotherProcess();
    await tus.patch(location, 0, brokenBody(bytes.subarray(0, 70_000)));
    still.wake();
    expect((await stale).status).toBe(423);
    expect(await tus.offset(location)).toBe(70_000);
    expect((await tus.patch(location, 70_000, Buffer.from(bytes.subarray(70_000)))).status).toBe(204);
    expect((await storedBytes(id)).equals(bytes)).toBe(true);
  });
});

describe("a copy that does not come into the body's place", () => {
  const nothing = async () => undefined;
  const file = () => ({ recordId: newId(), key: randomBytes(32), sizeBytes: 700_000, chunkBytes: 200_000 });

  it("does not make the next one forget who may still write", async () => {
    const one = file();
    const bytes = noise(one.sizeBytes);
    const stale = await Intake.open(one, 0, nothing);
    await stale.take(bytes.subarray(0, 400_000));
    await stale.finish();
    await stale.take(bytes.subarray(400_000, 650_000));
    asAnotherProcess();
    const folder = folderOf(one.recordId);
    const [mark = ""] = (await readdir(folder)).filter((name) => name.startsWith("writer."));
    const blocked = path.join(
      folder,
      mark.replace(/\d+$/, (bodies) => `${Number(bodies) + 1}.copy`),
    );
    await mkdir(blocked);
    await expect(Intake.open(one, 400_000, nothing)).rejects.toThrow();
    await rm(blocked, { recursive: true });
    expect(await readdir(folder)).toEqual(expect.arrayContaining(["body", `taken.${mark}`]));
    const third = await Intake.open(one, 400_000, nothing);
    await third.take(bytes.subarray(400_000));
    await third.finish();
    await third.tidy();
    await third.close();
    const told: unknown = await stale.finish().catch((error: unknown) => error);
    await stale.close();
    expect(told).toBeInstanceOf(BodyLost);
    expect((await stored(one)).equals(bytes)).toBe(true);
    expect(await readdir(folder)).toEqual(["body"]);
  });

  it("never comes there after a later one took its writer's mark", async () => {
    const one = file();
    const bytes = noise(one.sizeBytes);
    const first = await Intake.open(one, 0, nothing);
    await first.take(bytes.subarray(0, 400_000));
    await first.finish();
    await first.close();
    const overtaken = async () => {
      const later = await Intake.open(one, 400_000, nothing);
      await later.take(bytes.subarray(400_000));
      await later.finish();
      await later.tidy();
      await later.close();
    };
    const turn = { confirm: overtaken, touch: () => undefined };
    const told = await Intake.open(one, 0, nothing, turn).catch((error: unknown) => error);
    expect(told).toBeInstanceOf(BodyLost);
    expect((await stored(one)).equals(bytes)).toBe(true);
    expect(await readdir(folderOf(one.recordId))).toEqual(["body"]);
  });

  it("is not laid by who is told that the upload is another's", async () => {
    const one = file();
    const first = await Intake.open(one, 0, nothing);
    const folder = folderOf(one.recordId);
    const before = await readdir(folder);
    const turn = { confirm: () => Promise.reject(new Error("another's")), touch: () => undefined };
    await expect(BodyMark.lay(folder, { isFresh: false, keptBytes: 0, turn })).rejects.toThrow("another's");
    expect(await readdir(folder)).toEqual(before);
    await first.close();
  });
});
