import { createHash } from "node:crypto";
import { readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { asPerson } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { testSystem } from "../../support/people";
import { beginUpload, caseWithOwner, folderOf, idOf, recordRow, storedBytes } from "../../support/records";
import { brokenBody, noise } from "../../support/uploads";

const MIB = 1_048_576;

describe("a broken line", () => {
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
    delete (globalThis as { valviaHashes?: unknown }).valviaHashes;
    await tus.patch(location, MIB + 9, Buffer.from(bytes.subarray(MIB + 9)));
    expect((await recordRow(idOf(location))).sha256).toBe(sha256(bytes));
  });

  it("is not troubled by bytes on the disk that were never promised", async () => {
    const { tus, caseId } = await caseWithOwner();
    const bytes = noise(3 * MIB);
    const location = await beginUpload(tus, caseId, bytes.length);
    const id = idOf(location);
    await tus.patch(location, 0, Buffer.from(bytes.subarray(0, 2 * MIB + 50)));
    // Died after the disk had it, before the row did: the durable offset lies inside an older chunk.
    await tus.send("HEAD", location);
    await asPerson(testSystem, (tx) =>
      tx.record.update({ where: { id }, data: { offsetBytes: 2n * 1_048_576n } }),
    );
    const rest = await tus.patch(location, 2 * MIB, Buffer.from(bytes.subarray(2 * MIB)));
    expect(rest.status).toBe(204);
    expect((await recordRow(id)).sha256).toBe(sha256(bytes));
    expect((await storedBytes(id)).equals(bytes)).toBe(true);
  });
});

describe("the disk", () => {
  it("holds nothing readable, neither of a part nor of the whole", async () => {
    const { tus, caseId } = await caseWithOwner();
    const marker = "PATIENT^ANNA MARKER 7731";
    const bytes = Buffer.from(`${marker} `.repeat(60_000));
    const location = await beginUpload(tus, caseId, bytes.length);
    await tus.patch(location, 0, bytes.subarray(0, 500_000));
    const folder = folderOf(idOf(location));
    const partly = await Promise.all(
      (await readdir(folder)).map((name) => readFile(path.join(folder, name))),
    );
    await tus.patch(location, 500_000, bytes.subarray(500_000));
    const whole = await readFile(path.join(folder, "body"));
    for (const file of [...partly, whole]) expect(file.includes("MARKER")).toBe(false);
    expect(Buffer.concat([...partly, whole]).length).toBeGreaterThan(bytes.length);
  });

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
});
