import { createHash } from "node:crypto";
import { readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { asPerson } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { endThreads } from "@/lib/infra/record-store-sealer";
import { BodyMark } from "@/lib/infra/record-store-writer";
import { testSystem } from "../../support/people";
import { beginUpload, caseWithOwner, folderOf, idOf, recordRow, storedBytes } from "../../support/records";
import { describeStores } from "../../support/stores";
import { brokenBody, noise } from "../../support/uploads";

const MIB = 1_048_576;

describeStores("a broken line", (door) => {
  it("keeps what came, to the byte, and goes on from there", async () => {
    const { tus, caseId } = await caseWithOwner();
    const bytes = noise(2 * MIB + 777);
    const location = await beginUpload(tus, caseId, bytes.length);
    const cut = MIB + 4_321;
    await tus.patch(location, 0, brokenBody(bytes.subarray(0, 100_000), bytes.subarray(100_000, cut)));
    expect(await tus.offset(location)).toBe(cut);
    const rest = await tus.patch(location, cut, Buffer.from(bytes.subarray(cut)));
    expect(rest.status).toBe(204);
    expect((await recordRow(idOf(location))).sha256).toBe(sha256(bytes));
  });

  it("is counted to its last byte, also for who asks while the rest is still being kept", async () => {
    const { tus, caseId } = await caseWithOwner();
    const bytes = noise(3 * MIB);
    const location = await beginUpload(tus, caseId, bytes.length);
    const asked = Promise.withResolvers<number>();
    const waiting = [bytes.subarray(0, 2 * MIB), bytes.subarray(2 * MIB, 2 * MIB + 99)];
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = waiting.shift();
        if (piece) return controller.enqueue(piece);
        asked.resolve(tus.offset(location));
        controller.error(new Error("The line broke."));
      },
    });
    const broken = tus.patch(location, 0, body);
    expect(await asked.promise).toBe(2 * MIB + 99);
    await broken;
  });

  it("keeps nothing of a part whose checksum can no longer be proven", async () => {
    const { tus, caseId } = await caseWithOwner();
    const location = await beginUpload(tus, caseId, MIB);
    const checksum = { "upload-checksum": `sha256 ${createHash("sha256").update("x").digest("base64")}` };
    const response = await tus.patch(location, 0, brokenBody(noise(5_000)), checksum);
    expect(response.status).toBe(460);
    expect(await tus.offset(location)).toBe(0);
  });

  it("lets another process read the durable bytes again and end with the right hash", async () => {
    const { tus, caseId } = await caseWithOwner();
    const bytes = noise(MIB + 99);
    const location = await beginUpload(tus, caseId, bytes.length);
    await tus.patch(location, 0, Buffer.from(bytes.subarray(0, MIB + 9)));
    // A killed process takes its running hash with it.
    await endThreads();
    await tus.patch(location, MIB + 9, Buffer.from(bytes.subarray(MIB + 9)));
    expect((await recordRow(idOf(location))).sha256).toBe(sha256(bytes));
  });

  it("counts whole chunks that were written but not yet noted when their writer died", async () => {
    const { tus, caseId } = await caseWithOwner();
    const bytes = noise(4 * MIB + 5);
    const location = await beginUpload(tus, caseId, bytes.length);
    const id = idOf(location);
    await tus.patch(location, 0, Buffer.from(bytes.subarray(0, 3 * MIB + 50)));
    await asPerson(testSystem, (tx) => tx.record.update({ where: { id }, data: { offsetBytes: 100n } }));
    // The third chunk was half written when the power of its process went.
    const { unfinished } = door();
    const body = await door().read(id, unfinished);
    await door().write(id, unfinished, body.fill(0, 2 * (MIB + 28) + 1_000, 2 * (MIB + 28) + 1_500));
    expect(await tus.offset(location)).toBe(2 * MIB);
    const rest = await tus.patch(location, 2 * MIB, Buffer.from(bytes.subarray(2 * MIB)));
    expect(rest.status).toBe(204);
    expect((await recordRow(id)).sha256).toBe(sha256(bytes));
    expect((await storedBytes(id)).equals(bytes)).toBe(true);
  });

  it("never counts what a part with a wrong checksum left behind", async () => {
    const { tus, caseId } = await caseWithOwner();
    const bytes = noise(3 * MIB);
    const location = await beginUpload(tus, caseId, bytes.length);
    await tus.patch(location, 0, Buffer.from(bytes.subarray(0, 10)));
    const wrong = { "upload-checksum": `sha1 ${createHash("sha1").update("x").digest("base64")}` };
    expect((await tus.patch(location, 10, noise(3 * MIB - 10, 9), wrong)).status).toBe(460);
    expect(await tus.offset(location)).toBe(10);
    await tus.patch(location, 10, Buffer.from(bytes.subarray(10, 20)));
    expect(await tus.offset(location)).toBe(20);
    await tus.patch(location, 20, Buffer.from(bytes.subarray(20)));
    expect((await recordRow(idOf(location))).sha256).toBe(sha256(bytes));
  });

  it("never completes a file by recovering it: that is a writer's act", async () => {
    const { tus, caseId } = await caseWithOwner();
    const bytes = noise(2 * MIB);
    const location = await beginUpload(tus, caseId, bytes.length);
    const id = idOf(location);
    await tus.patch(location, 0, Buffer.from(bytes.subarray(0, MIB)));
    const tooMuch = new Response(noise(2 * MIB)).body ?? undefined;
    expect((await tus.patch(location, MIB, tooMuch)).status).toBe(413);
    expect(await tus.offset(location)).toBe(MIB);
    expect((await recordRow(id)).state).toBe("uploading");
    await tus.patch(location, MIB, Buffer.from(bytes.subarray(MIB)));
    expect((await recordRow(id)).sha256).toBe(sha256(bytes));
  });
});

describeStores("the store", (door) => {
  it("holds nothing readable, neither of a part nor of the whole", async () => {
    const { tus, caseId } = await caseWithOwner();
    const marker = "PATIENT^ANNA MARKER 7731";
    const bytes = Buffer.from(`${marker} `.repeat(60_000));
    const location = await beginUpload(tus, caseId, bytes.length);
    await tus.patch(location, 0, bytes.subarray(0, 500_000));
    const id = idOf(location);
    const stored = async () => Promise.all((await door().names(id)).map((name) => door().read(id, name)));
    const partly = await stored();
    await tus.patch(location, 500_000, bytes.subarray(500_000));
    const whole = await stored();
    for (const file of [...partly, ...whole]) expect(file.includes("MARKER")).toBe(false);
    expect(Buffer.concat(partly).length).toBeGreaterThan(500_000);
    expect(Buffer.concat(whole).length).toBeGreaterThan(bytes.length);
  });
});

describe("a disk", () => {
  it("that is full is told, and nothing is lost", async () => {
    const { tus, caseId } = await caseWithOwner();
    const bytes = noise(2 * MIB);
    const location = await beginUpload(tus, caseId, bytes.length);
    await tus.patch(location, 0, bytes.subarray(0, MIB));
    const body = path.join(folderOf(idOf(location)), "body");
    const kept = await readFile(body);
    await rm(body);
    await symlink("/dev/full", body);
    const response = await tus.patch(location, MIB, Buffer.from(bytes.subarray(MIB)));
    expect(response.status).toBe(507);
    expect(await response.json()).toMatchObject({ code: "storage_full" });
    expect(await tus.offset(location)).toBe(MIB);
    await rm(body);
    await writeFile(body, kept);
    expect((await tus.patch(location, MIB, Buffer.from(bytes.subarray(MIB)))).status).toBe(204);
    expect((await recordRow(idOf(location))).sha256).toBe(sha256(bytes));
  });

  it("that is full tells how far an upload was noted, and with more room how far it is", async () => {
    const { tus, caseId } = await caseWithOwner();
    const bytes = noise(4 * MIB);
    const location = await beginUpload(tus, caseId, bytes.length);
    await tus.patch(location, 0, bytes.subarray(0, 3 * MIB));
    const where = { id: idOf(location) };
    await asPerson(testSystem, (tx) => tx.record.update({ where, data: { offsetBytes: BigInt(MIB) } }));
    const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    const mark = vi.spyOn(BodyMark, "lay").mockRejectedValueOnce(full);
    expect(await tus.offset(location)).toBe(MIB);
    expect(mark).toHaveBeenCalledTimes(1);
    mark.mockRestore();
    expect(await tus.offset(location)).toBe(3 * MIB);
  });

  it("whose body another writes by now tells how far an upload was noted, in whichever part of the server it was told", async () => {
    const { tus, caseId } = await caseWithOwner();
    const bytes = noise(3 * MIB);
    const location = await beginUpload(tus, caseId, bytes.length);
    await tus.patch(location, 0, bytes.subarray(0, 2 * MIB));
    const where = { id: idOf(location) };
    await asPerson(testSystem, (tx) => tx.record.update({ where, data: { offsetBytes: BigInt(MIB) } }));
    const lost = Object.assign(new Error("Another writer took this body over."), { name: "BodyLost" });
    const mark = vi.spyOn(BodyMark, "lay").mockRejectedValue(lost);
    expect(await tus.offset(location)).toBe(MIB);
    const refused = await tus.patch(location, MIB, Buffer.from(bytes.subarray(MIB)));
    expect(refused.status).toBe(423);
    expect(mark).toHaveBeenCalledTimes(2);
    mark.mockRestore();
    expect(await tus.offset(location)).toBe(2 * MIB);
  });
});
