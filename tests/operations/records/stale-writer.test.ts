import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type pg from "pg";
import { describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { sha256 } from "@/lib/infra/hash";
import { BodyLost } from "@/lib/infra/record-store-driver";
import { readRange, type StoredFile } from "@/lib/infra/record-store";
import { Intake } from "@/lib/infra/record-store-intake";
import { beginUpload, caseWithOwner, folderOf, idOf, recordRow, storedBytes } from "../../support/records";
import { noise } from "../../support/uploads";

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
