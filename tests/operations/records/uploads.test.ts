import { expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { openDb } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { beginUpload, caseWithOwner, idOf, recordRow, storedBytes } from "../../support/records";
import { describeStores } from "../../support/stores";
import { noise, TusClient } from "../../support/uploads";

const MIB = 1_048_576;

describeStores("an upload", (door) => {
  it("says what the server can do without asking who it is", async () => {
    const response = await TusClient.withToken("nobody").send("OPTIONS", `/api/v1/cases/${newId()}/uploads`);
    expect(response.status).toBe(204);
    expect(response.headers.get("tus-version")).toBe("1.0.0");
    expect(response.headers.get("tus-max-size")).toBe(String(5 * 1024 ** 3));
    expect(response.headers.get("tus-extension")).toContain("checksum");
  });

  it("arrives whole over several parts, byte for byte, and waits to be checked", async () => {
    const { tus, caseId } = await caseWithOwner();
    const bytes = noise(3 * MIB + 12_345);
    const location = await beginUpload(tus, caseId, bytes.length);
    let offset = 0;
    for (const length of [10, MIB, 1, 2 * MIB - 100, 500_000]) {
      const part = bytes.subarray(offset, offset + length);
      const response = await tus.patch(location, offset, Buffer.from(part));
      expect(response.status).toBe(204);
      offset = Number(response.headers.get("upload-offset"));
      expect(await tus.offset(location)).toBe(offset);
    }
    expect(offset).toBe(bytes.length);
    const id = idOf(location);
    const row = await recordRow(id);
    expect(row).toMatchObject({ state: "scanning", sha256: sha256(bytes), expiresAt: null });
    expect((await storedBytes(id)).equals(bytes)).toBe(true);
    expect(await door().names(id)).toEqual([door().body]);
    const job = await openDb().$queryRaw<{ n: bigint }[]>`
      SELECT count(*) AS n FROM pgboss.job WHERE name = 'record.check' AND data->>'recordId' = ${id}`;
    expect(job[0]?.n).toBe(1n);
    expect(await openDb().auditEvent.count({ where: { event: "record.uploaded", objectId: id } })).toBe(1);
  });

  it("can be created together with its first bytes", async () => {
    const { tus, caseId } = await caseWithOwner();
    const bytes = noise(70_000);
    const headers = { "content-type": "application/offset+octet-stream" };
    const created = await tus.create(
      caseId,
      { size: bytes.length },
      { headers, body: bytes.subarray(0, 60_000) },
    );
    expect(created.status).toBe(201);
    expect(created.headers.get("upload-offset")).toBe("60000");
    const location = created.headers.get("location") ?? "";
    const rest = await tus.patch(location, 60_000, bytes.subarray(60_000));
    expect(rest.headers.get("upload-offset")).toBe("70000");
    expect((await storedBytes(idOf(location))).equals(bytes)).toBe(true);
  });

  it("of nothing is whole at once", async () => {
    const { tus, caseId } = await caseWithOwner();
    const created = await tus.create(caseId, { size: 0 });
    expect(created.status).toBe(201);
    expect(created.headers.get("upload-offset")).toBe("0");
    expect((await recordRow(idOf(created.headers.get("location") ?? ""))).state).toBe("scanning");
  });

  it("answers the same creation once under one idempotency key", async () => {
    const { tus, caseId } = await caseWithOwner();
    const headers = { "idempotency-key": newId() };
    const first = await tus.create(caseId, { size: 5 }, { headers });
    const second = await tus.create(caseId, { size: 5 }, { headers });
    expect(second.status).toBe(201);
    expect(second.headers.get("location")).toBe(first.headers.get("location"));
    expect((await tus.create(caseId, { size: 6 }, { headers })).status).toBe(422);
  });
});
