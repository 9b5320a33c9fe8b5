import { createHash } from "node:crypto";
import { readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { filesRoot, readRange } from "@/lib/infra/record-store";
import { openFileKey } from "@/lib/infra/record-store-key";
import { makeCase, openCaseToClinic } from "../../support/cases";
import { makeClinic } from "../../support/clinics";
import { makeAdmin, makeCoordinator, makePatient, makeReviewer, testSystem } from "../../support/people";
import { brokenBody, noise, TusClient } from "../../support/uploads";

const MIB = 1_048_576;

afterAll(() => rm(filesRoot(), { recursive: true, force: true }));

async function patientWithCase(stage: Parameters<typeof makeCase>[0]["stage"] = "collecting_records") {
  const patient = await makePatient();
  const { id: caseId } = await makeCase({ patient, stage });
  return { patient, caseId, tus: await TusClient.of(patient) };
}

const rowOf = (id: string) => asPerson(testSystem, (tx) => tx.record.findUniqueOrThrow({ where: { id } }));
const idOf = (location: string) => location.split("/").pop() ?? "";
const folderOf = (id: string) => path.join(filesRoot(), id.slice(-2), id);

async function storedBytes(id: string): Promise<Buffer> {
  const row = await rowOf(id);
  if (!row.wrappedKey) throw new Error("The key is gone.");
  const key = openFileKey(id, { wrappedKey: row.wrappedKey, keyVersion: row.keyVersion });
  const size = Number(row.sizeBytes);
  const pieces = await Array.fromAsync(
    readRange({ recordId: id, key, sizeBytes: size, chunkBytes: row.chunkBytes }, 0, size),
  );
  return Buffer.concat(pieces);
}

async function open(tus: TusClient, caseId: string, size: number): Promise<string> {
  const created = await tus.create(caseId, { size });
  expect(created.status).toBe(201);
  return created.headers.get("location") ?? "";
}

describe("an upload", () => {
  it("says what the server can do without asking who it is", async () => {
    const response = await TusClient.withToken("nobody").send("OPTIONS", `/api/v1/cases/${newId()}/uploads`);
    expect(response.status).toBe(204);
    expect(response.headers.get("tus-version")).toBe("1.0.0");
    expect(response.headers.get("tus-max-size")).toBe(String(5 * 1024 ** 3));
    expect(response.headers.get("tus-extension")).toContain("checksum");
  });

  it("arrives whole over several parts, byte for byte, and waits to be checked", async () => {
    const { tus, caseId } = await patientWithCase();
    const bytes = noise(3 * MIB + 12_345);
    const location = await open(tus, caseId, bytes.length);
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
    const row = await rowOf(id);
    expect(row).toMatchObject({ state: "scanning", sha256: sha256(bytes), expiresAt: null });
    expect((await storedBytes(id)).equals(bytes)).toBe(true);
    expect(await readdir(folderOf(id))).toEqual(["body"]);
    const job = await openDb().$queryRaw<{ n: bigint }[]>`
      SELECT count(*) AS n FROM pgboss.job WHERE name = 'record.check' AND data->>'recordId' = ${id}`;
    expect(job[0]?.n).toBe(1n);
    expect(await openDb().auditEvent.count({ where: { event: "record.uploaded", objectId: id } })).toBe(1);
  });

  it("can be created together with its first bytes", async () => {
    const { tus, caseId } = await patientWithCase();
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
    const { tus, caseId } = await patientWithCase();
    const created = await tus.create(caseId, { size: 0 });
    expect(created.status).toBe(201);
    expect(created.headers.get("upload-offset")).toBe("0");
    expect((await rowOf(idOf(created.headers.get("location") ?? ""))).state).toBe("scanning");
  });

  it("answers the same creation once under one idempotency key", async () => {
    const { tus, caseId } = await patientWithCase();
    const headers = { "idempotency-key": newId() };
    const first = await tus.create(caseId, { size: 5 }, { headers });
    const second = await tus.create(caseId, { size: 5 }, { headers });
    expect(second.status).toBe(201);
    expect(second.headers.get("location")).toBe(first.headers.get("location"));
    expect((await tus.create(caseId, { size: 6 }, { headers })).status).toBe(422);
  });
});

describe("a broken line", () => {
  it("keeps what came, to the byte, and goes on from there", async () => {
    const { tus, caseId } = await patientWithCase();
    const bytes = noise(2 * MIB + 777);
    const location = await open(tus, caseId, bytes.length);
    const cut = MIB + 4_321;
    await tus.patch(location, 0, brokenBody(bytes.subarray(0, 100_000), bytes.subarray(100_000, cut)));
    expect(await tus.offset(location)).toBe(cut);
    const rest = await tus.patch(location, cut, Buffer.from(bytes.subarray(cut)));
    expect(rest.status).toBe(204);
    expect((await rowOf(idOf(location))).sha256).toBe(sha256(bytes));
  });

  it("keeps nothing of a part whose checksum can no longer be proven", async () => {
    const { tus, caseId } = await patientWithCase();
    const location = await open(tus, caseId, MIB);
    const checksum = { "upload-checksum": `sha256 ${createHash("sha256").update("x").digest("base64")}` };
    const response = await tus.patch(location, 0, brokenBody(noise(5_000)), checksum);
    expect(response.status).toBe(460);
    expect(await tus.offset(location)).toBe(0);
  });

  it("lets another process read the durable bytes again and end with the right hash", async () => {
    const { tus, caseId } = await patientWithCase();
    const bytes = noise(MIB + 99);
    const location = await open(tus, caseId, bytes.length);
    await tus.patch(location, 0, Buffer.from(bytes.subarray(0, MIB + 9)));
    // A killed process takes its running hash with it.
    delete (globalThis as { valviaHashes?: unknown }).valviaHashes;
    await tus.patch(location, MIB + 9, Buffer.from(bytes.subarray(MIB + 9)));
    expect((await rowOf(idOf(location))).sha256).toBe(sha256(bytes));
  });

  it("is not troubled by bytes on the disk that were never promised", async () => {
    const { tus, caseId } = await patientWithCase();
    const bytes = noise(3 * MIB);
    const location = await open(tus, caseId, bytes.length);
    const id = idOf(location);
    await tus.patch(location, 0, Buffer.from(bytes.subarray(0, 2 * MIB + 50)));
    // Died after the disk had it, before the row did: the durable offset lies inside an older chunk.
    await tus.send("HEAD", location);
    await asPerson(testSystem, (tx) =>
      tx.record.update({ where: { id }, data: { offsetBytes: 2n * 1_048_576n } }),
    );
    const rest = await tus.patch(location, 2 * MIB, Buffer.from(bytes.subarray(2 * MIB)));
    expect(rest.status).toBe(204);
    expect((await rowOf(id)).sha256).toBe(sha256(bytes));
    expect((await storedBytes(id)).equals(bytes)).toBe(true);
  });
});

describe("a wrong part", () => {
  it("at another offset is refused, with the right one told", async () => {
    const { tus, caseId } = await patientWithCase();
    const location = await open(tus, caseId, 1_000);
    const response = await tus.patch(location, 5, noise(10));
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ code: "wrong_offset", status: 409 });
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await tus.offset(location)).toBe(0);
  });

  it("of a complete upload is refused", async () => {
    const { tus, caseId } = await patientWithCase();
    const location = await open(tus, caseId, 10);
    await tus.patch(location, 0, noise(10));
    expect((await tus.patch(location, 10, noise(1))).status).toBe(409);
  });

  it("with a wrong checksum changes nothing, and a right one goes through", async () => {
    const { tus, caseId } = await patientWithCase();
    const bytes = noise(2 * MIB);
    const location = await open(tus, caseId, bytes.length);
    for (const algorithm of ["sha1", "sha256", "md5"]) {
      const wrong = createHash(algorithm).update("other").digest("base64");
      const response = await tus.patch(location, 0, Buffer.from(bytes), {
        "upload-checksum": `${algorithm} ${wrong}`,
      });
      expect(response.status).toBe(460);
      expect(await tus.offset(location)).toBe(0);
    }
    const right = createHash("sha1").update(bytes).digest("base64");
    const taken = await tus.patch(location, 0, Buffer.from(bytes), { "upload-checksum": `sha1 ${right}` });
    expect(taken.status).toBe(204);
    expect((await rowOf(idOf(location))).sha256).toBe(sha256(bytes));
  });

  it("with an unknown checksum algorithm, media type or version is told so", async () => {
    const { tus, caseId } = await patientWithCase();
    const location = await open(tus, caseId, 10);
    expect((await tus.patch(location, 0, noise(1), { "upload-checksum": "crc32 AAAA" })).status).toBe(400);
    expect((await tus.patch(location, 0, noise(1), { "content-type": "text/plain" })).status).toBe(415);
    expect((await tus.patch(location, 0, noise(1), { "upload-offset": "-1" })).status).toBe(400);
    const old = await tus.patch(location, 0, noise(1), { "tus-resumable": "0.2.2" });
    expect(old.status).toBe(412);
    expect(old.headers.get("tus-version")).toBe("1.0.0");
  });

  it("longer than was announced is refused, said or unsaid", async () => {
    const { tus, caseId } = await patientWithCase();
    const location = await open(tus, caseId, 1_000);
    const said = await tus.patch(location, 0, noise(10), { "content-length": "1001" });
    expect(said.status).toBe(413);
    const unsaid = new Response(noise(2_000)).body ?? undefined;
    expect((await tus.patch(location, 0, unsaid)).status).toBe(413);
    expect(await tus.offset(location)).toBe(0);
  });

  it("from one of two writers at once is refused, and the bytes never mix", async () => {
    const { tus, caseId } = await patientWithCase();
    const size = 4 * MIB;
    const [one, other] = [noise(size, 1), noise(size, 2)];
    const location = await open(tus, caseId, size);
    const answers = await Promise.all([tus.patch(location, 0, one), tus.patch(location, 0, other)]);
    const statuses = answers.map((answer) => answer.status).toSorted();
    expect(statuses[0]).toBe(204);
    expect([409, 423]).toContain(statuses[1]);
    const stored = await storedBytes(idOf(location));
    expect(stored.equals(answers[0].status === 204 ? one : other)).toBe(true);
  });
});

describe("a bad announcement", () => {
  it.each([
    ["no length", { "upload-length": "" }, 400],
    ["a length that is no number", { "upload-length": "1e9" }, 400],
    ["a length beyond five gibibytes", { "upload-length": String(5 * 1024 ** 3 + 1) }, 413],
    ["a deferred length", { "upload-defer-length": "1" }, 400],
    ["no file name", { "upload-metadata": "" }, 422],
    ["metadata that is not base64", { "upload-metadata": "filename a$b" }, 400],
    ["an unknown item", { "upload-metadata": `filename ${btoa("a")},item ${btoa("../etc")}` }, 422],
    ["a hash that is none", { "upload-metadata": `filename ${btoa("a")},sha256 ${btoa("zz")}` }, 422],
  ])("with %s is refused", async (_name, headers, status) => {
    const { tus, caseId } = await patientWithCase();
    const response = await tus.create(caseId, { size: 10 }, { headers });
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
  });
});

describe("who may upload", () => {
  it("is not a stranger, who learns nothing", async () => {
    const { tus, caseId } = await patientWithCase();
    const location = await open(tus, caseId, 10);
    const clinic = await makeClinic();
    for (const person of [
      await makePatient(),
      await makeCoordinator(),
      await makeAdmin(),
      await makeReviewer(clinic.id),
    ]) {
      const stranger = await TusClient.of(person);
      expect((await stranger.create(caseId, { size: 10 })).status).toBe(404);
      expect((await stranger.send("HEAD", location)).status).toBe(404);
      expect((await stranger.patch(location, 0, noise(10))).status).toBe(404);
      expect((await stranger.send("DELETE", location)).status).toBe(404);
    }
    const elsewhere = location.replace(caseId, newId());
    expect((await tus.send("HEAD", elsewhere)).status).toBe(404);
    expect((await tus.send("HEAD", `/api/v1/cases/${caseId}/uploads/not-an-id`)).status).toBe(404);
    expect((await TusClient.withToken("wrong").create(caseId, { size: 1 })).status).toBe(401);
  });

  it("is the companion with that scope, the owning coordinator and a clinic that was let in", async () => {
    const [patient, companion, owner] = [
      await makePatient(),
      await makePatient("Boris"),
      await makeCoordinator(),
    ];
    const { id: caseId } = await makeCase({ patient, stage: "with_centres", owner });
    const clinic = await makeClinic();
    await openCaseToClinic(caseId, clinic.id);
    const access = {
      caseId,
      personId: companion.personId,
      scopes: ["upload" as const],
      purpose: "companion",
    };
    await openDb().caseAccess.create({ data: access });
    for (const person of [companion, owner, await makeReviewer(clinic.id)]) {
      const tus = await TusClient.of(person);
      const id = await tus.upload(caseId, noise(100));
      expect((await rowOf(id)).uploaderId).toBe(person.personId);
    }
    const patients = await open(await TusClient.of(patient), caseId, 10);
    expect((await (await TusClient.of(companion)).send("HEAD", patients)).status).toBe(404);
  });

  it("is nobody once the case is closed", async () => {
    const { tus, caseId } = await patientWithCase();
    const location = await open(tus, caseId, 10);
    await asPerson(testSystem, (tx) =>
      tx.case.update({ where: { id: caseId }, data: { stage: "closed", closedAt: new Date() } }),
    );
    const response = await tus.create(caseId, { size: 10 });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ code: "illegal_transition" });
    expect((await tus.send("HEAD", location)).status).toBe(200);
  });
});

describe("taking an upload back", () => {
  it("removes its row and its bytes", async () => {
    const { tus, caseId } = await patientWithCase();
    const location = await open(tus, caseId, 1_000);
    await tus.patch(location, 0, noise(10));
    expect((await tus.send("DELETE", location)).status).toBe(204);
    expect((await tus.send("HEAD", location)).status).toBe(404);
    await expect(readdir(folderOf(idOf(location)))).rejects.toThrow("ENOENT");
  });

  it("is too late when the file is complete", async () => {
    const { tus, caseId } = await patientWithCase();
    const location = await open(tus, caseId, 10);
    await tus.patch(location, 0, noise(10));
    expect((await tus.send("DELETE", location)).status).toBe(409);
  });
});

describe("an upload nobody finished", () => {
  it("is gone after its time, and says so", async () => {
    const { tus, caseId } = await patientWithCase();
    const location = await open(tus, caseId, 1_000);
    const past = new Date(Date.now() - 1_000);
    await asPerson(testSystem, (tx) =>
      tx.record.update({ where: { id: idOf(location) }, data: { expiresAt: past } }),
    );
    expect((await tus.send("HEAD", location)).status).toBe(410);
    expect((await tus.patch(location, 0, noise(1))).status).toBe(410);
  });
});

describe("the disk", () => {
  it("holds nothing readable, neither of a part nor of the whole", async () => {
    const { tus, caseId } = await patientWithCase();
    const marker = "PATIENT^ANNA MARKER 7731";
    const bytes = Buffer.from(`${marker} `.repeat(60_000));
    const location = await open(tus, caseId, bytes.length);
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
    const { tus, caseId } = await patientWithCase();
    const bytes = noise(2 * MIB);
    const location = await open(tus, caseId, bytes.length);
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
    expect((await rowOf(idOf(location))).sha256).toBe(sha256(bytes));
  });
});
