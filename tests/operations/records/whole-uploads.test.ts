import { expect, it } from "vitest";
import type { Patient } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { storedIds } from "@/lib/infra/record-store";
import { createLink } from "@/lib/records/create-link";
import { handleUpload } from "@/lib/records/handle-upload";
import { makePatient, testSystem } from "../../support/people";
import { caseWithOwner, idOf, recordRow, storedBytes } from "../../support/records";
import { describeStores } from "../../support/stores";
import { base64, brokenBody, noise, TusClient } from "../../support/uploads";

const MIB = 1_048_576;
const TYPE = "application/offset+octet-stream";

/** Sends a file in one request, as the browser does with a slice. */
function sendWhole(
  tus: TusClient,
  caseId: string,
  bytes: Buffer<ArrayBuffer>,
  more: Record<string, string> = {},
) {
  const headers = { "content-type": TYPE, "content-length": String(bytes.length), ...more };
  const metadata = { filename: "IM1", sha256: sha256(bytes) };
  return tus.create(caseId, { size: bytes.length, metadata }, { headers, body: bytes });
}

const rowsOf = (caseId: string) =>
  asPerson(testSystem, (tx) => tx.record.findMany({ where: { caseId }, orderBy: { createdAt: "asc" } }));

/** Whatever is stored for nobody. */
async function strayBytes(): Promise<string[]> {
  const ids = await Array.fromAsync(storedIds());
  const rows = await asPerson(testSystem, (tx) => tx.record.findMany({ where: { id: { in: ids } } }));
  return ids.filter((id) => !rows.some((row) => row.id === id));
}

describeStores("a file that comes whole in one request", () => {
  it.each([1, 70_000, MIB])("of %i bytes is kept, byte for byte, and waits to be checked", async (size) => {
    const { tus, caseId, patient } = await caseWithOwner();
    const bytes = noise(size);
    const answer = await sendWhole(tus, caseId, bytes);
    expect(answer.status).toBe(201);
    expect(answer.headers.get("upload-offset")).toBe(String(size));
    expect(answer.headers.get("upload-expires")).toBeNull();
    const id = idOf(answer.headers.get("location") ?? "");
    const row = await recordRow(id);
    const facts = {
      state: "scanning",
      sha256: sha256(bytes),
      declaredSha256: sha256(bytes),
      filename: "IM1",
    };
    expect(row).toMatchObject({
      ...facts,
      offsetBytes: BigInt(size),
      uploaderId: patient.personId,
      expiresAt: null,
    });
    expect((await storedBytes(id)).equals(bytes)).toBe(true);
    expect(await tus.offset(answer.headers.get("location") ?? "")).toBe(size);
    const jobs = await openDb().$queryRaw<{ n: bigint }[]>`
      SELECT count(*) AS n FROM pgboss.job WHERE name = 'record.check' AND data->>'recordId' = ${id}`;
    expect(jobs[0]?.n).toBe(1n);
    expect(await openDb().auditEvent.count({ where: { event: "record.uploaded", objectId: id } })).toBe(1);
  });

  it("is one line of the timeline together with its study", async () => {
    const { tus, caseId } = await caseWithOwner();
    await Promise.all([1, 2, 3, 4].map((seed) => sendWhole(tus, caseId, noise(500, seed))));
    await sendWhole(tus, caseId, noise(500, 5));
    expect(await rowsOf(caseId)).toHaveLength(5);
    const lines = await asPerson(testSystem, (tx) =>
      tx.caseEvent.count({ where: { caseId, kind: "records_arrived" } }),
    );
    // Those who come at the same moment do not see each other's line.
    expect(lines).toBeLessThanOrEqual(4);
  });

  it("leaves neither row nor byte when it is not what its checksum says", async () => {
    const { tus, caseId } = await caseWithOwner();
    for (const size of [70_000, MIB]) {
      const wrong = { "upload-checksum": `sha1 ${base64("no such digest")}` };
      expect((await sendWhole(tus, caseId, noise(size), wrong)).status).toBe(460);
    }
    expect(await rowsOf(caseId)).toEqual([]);
    expect(await strayBytes()).toEqual([]);
  });

  it("leaves neither row nor byte when its line breaks", async () => {
    const { tus, caseId } = await caseWithOwner();
    const headers = { "content-type": TYPE, "content-length": "70000" };
    const body = brokenBody(noise(60_000));
    expect((await tus.create(caseId, { size: 70_000 }, { headers, body })).status).toBe(400);
    expect(await rowsOf(caseId)).toEqual([]);
    expect(await strayBytes()).toEqual([]);
  });

  it("is refused to a stranger and to a case that takes no bytes, and nothing stays", async () => {
    const { caseId } = await caseWithOwner();
    const stranger = await TusClient.of(await makePatient());
    expect((await sendWhole(stranger, caseId, noise(900))).status).toBe(404);
    expect((await sendWhole(stranger, newId(), noise(900))).status).toBe(404);
    const ended = await caseWithOwner("closed");
    expect((await sendWhole(ended.tus, ended.caseId, noise(900))).status).toBe(409);
    expect(await rowsOf(caseId)).toEqual([]);
    expect(await rowsOf(ended.caseId)).toEqual([]);
    expect(await strayBytes()).toEqual([]);
  });

  it("is asked for its right before a byte is kept, once its sender was refused", async () => {
    const [{ caseId }, theirs] = [await caseWithOwner(), await caseWithOwner()];
    expect((await sendWhole(theirs.tus, caseId, noise(900))).status).toBe(404);
    let isRead = false;
    const body = new ReadableStream<Uint8Array>({ pull: () => void (isRead = true) }, { highWaterMark: 0 });
    const headers = { "content-type": TYPE, "content-length": "900" };
    expect((await theirs.tus.create(caseId, { size: 900 }, { headers, body })).status).toBe(404);
    expect(isRead).toBe(false);
    // What is theirs they still bring.
    expect((await sendWhole(theirs.tus, theirs.caseId, noise(900))).status).toBe(201);
  });

  it("counts for the link it came by: two at once do not share its last place", async () => {
    const { patient, caseId } = await caseWithOwner();
    const token = await linkFor(patient, caseId);
    const send = (seed: number) => {
      const bytes = noise(800, seed);
      const headers = { "tus-resumable": "1.0.0", "upload-length": "800", "content-length": "800" };
      const more = { "upload-metadata": `filename ${base64("IM")}`, "content-type": TYPE };
      const url = `http://127.0.0.1:3000/api/v1/upload-links/${token}/uploads`;
      const request = new Request(url, { method: "POST", headers: { ...headers, ...more }, body: bytes });
      return handleUpload(request, { linkToken: token, recordId: null });
    };
    await asPerson(testSystem, (tx) =>
      tx.uploadLink.updateMany({ where: { caseId }, data: { filesMax: 2 } }),
    );
    const answers = await Promise.all([send(1), send(2), send(3)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 413]);
    const rows = await rowsOf(caseId);
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row).toMatchObject({ uploaderId: null, state: "scanning" });
    expect(await strayBytes()).toEqual([]);
  });
});

async function linkFor(patient: Patient, caseId: string): Promise<string> {
  const made = await createLink(patient, caseId, { name: "Imaging", days: 3 }, new Date());
  if (!made.ok) throw new Error(made.reason);
  return made.value.token;
}
