import type pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { openDb } from "@/lib/infra/db";
import { closeUploadLocks, lockUpload } from "@/lib/infra/upload-lock";

const held = globalThis as typeof globalThis & { valviaUploadLocks?: { client: Promise<pg.Client> | null } };

async function lockOf(id: string) {
  const lock = await lockUpload(id);
  if (!lock) throw new Error("Somebody else has it.");
  return lock;
}

const advisoryLocks = () =>
  openDb().$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM pg_locks
     WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

describe("the lock of an upload", () => {
  afterAll(() => closeUploadLocks());

  it("is one writer's, until that one lets go", async () => {
    const id = newId();
    const lock = await lockOf(id);
    expect(await lockUpload(id)).toBeNull();
    await lock.release();
    await (await lockOf(id)).release();
  });

  it("tells its holder when the database dropped it, and the late end of that line touches nobody else", async () => {
    const [first, second] = [await lockOf(newId()), newId()];
    const broken = await held.valviaUploadLocks?.client;
    broken?.emit("error", new Error("The line broke."));
    expect(first.signal.reason).toBe("lock_lost");
    const lock = await lockOf(second);
    broken?.emit("end");
    expect(lock.signal.aborted).toBe(false);
    await lock.release();
    await first.release();
    await broken?.end();
    expect(await advisoryLocks()).toEqual([{ n: 0 }]);
    await (await lockOf(second)).release();
  });
});
