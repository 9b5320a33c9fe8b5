import { open } from "node:fs/promises";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { GET as getContent } from "@/app/api/v1/records/[id]/content/route";
import { GET as getPreview } from "@/app/api/v1/records/[id]/preview/route";
import { asPerson, openDb } from "@/lib/infra/db";
import { type Damage, DamagedFile } from "@/lib/infra/record-store-driver";
import { SEAL_BYTES } from "@/lib/infra/record-store-seal";
import { findingsOf, sentenceOf } from "@/lib/records/finding";
import { judgeRecord } from "@/lib/records/judge-record";
import { noteDamage } from "@/lib/records/note-damage";
import { makeDicom, makePdf } from "../../support/dicom";
import { testSystem } from "../../support/people";
import {
  callAs,
  caseWithOwner,
  folderOf,
  recordRow,
  storedBytes,
  uploadAndCheck,
} from "../../support/records";
import { RecordsProcess } from "../../support/records-process";
import { type Backdoor, describeStores } from "../../support/stores";
import { bearerOf, noise } from "../../support/uploads";

const MIB = 1_048_576;
const SEALED = MIB + SEAL_BYTES;

/** What somebody does to a stored file of three chunks, and what it is called then. */
const HARMS: [string, Damage, (door: Backdoor, id: string, other: string) => Promise<void>][] = [
  [
    "one flipped bit",
    "changed",
    (door, id) => changed(door, id, (body) => void body.writeUInt8(body.readUInt8(100) ^ 4, 100)),
  ],
  ["a cut", "cut", (door, id) => changed(door, id, (body) => body.subarray(0, SEALED + 5))],
  ["a cut to nothing", "gone", (door, id) => changed(door, id, () => Buffer.alloc(0))],
  ["more at its end", "longer", (door, id) => changed(door, id, (body) => Buffer.concat([body, body]))],
  ["its loss", "gone", (door, id) => door.remove(id, door.body)],
  [
    "two chunks in each other's place",
    "changed",
    (door, id) =>
      changed(door, id, (body) =>
        Buffer.concat([
          body.subarray(SEALED, 2 * SEALED),
          body.subarray(0, SEALED),
          body.subarray(2 * SEALED),
        ]),
      ),
  ],
  [
    "another file in its place",
    "changed",
    async (door, id, other) => door.write(id, door.body, await door.read(other, door.body)),
  ],
];

async function changed(door: Backdoor, id: string, change: (body: Buffer) => Buffer | void): Promise<void> {
  const body = await door.read(id, door.body);
  await door.write(id, door.body, change(body) ?? body);
}

async function toldJobs(id: string): Promise<{ recordId: string; damage: Damage }[]> {
  const rows = await openDb().$queryRaw<{ data: { recordId: string; damage: Damage } }[]>`
    SELECT data - 'metAt' AS data FROM pgboss.job WHERE name = 'record.damaged' AND data ? 'metAt' AND data->>'recordId' = ${id}`;
  return rows.map(({ data }) => data);
}

describeStores("a stored file", (door) => {
  it.each(HARMS)(
    "with %s is named to its reader and to the worker, and gives no byte",
    async (_what, damage, harm) => {
      const { patient, tus, caseId } = await caseWithOwner();
      const [id, other] = [
        await tus.upload(caseId, noise(3 * MIB - 9)),
        await tus.upload(caseId, noise(3 * MIB - 9, 2)),
      ];
      await harm(door(), id, other);
      const answer = await callAs(patient, getContent, { id });
      expect(answer.status).toBe(409);
      expect(await answer.json()).toMatchObject({ code: "file_damaged", recordId: id, damage });
      expect(await toldJobs(id)).toEqual([{ recordId: id, damage }]);
      expect((await storedBytes(other)).length).toBe(3 * MIB - 9);
    },
  );

  it("that breaks in its middle gives what is right and then nothing more", async () => {
    const { patient, tus, caseId } = await caseWithOwner();
    const bytes = noise(6 * MIB);
    const id = await tus.upload(caseId, bytes);
    await changed(door(), id, (body) => void body.fill(0, 4 * SEALED + 50, 4 * SEALED + 60));
    const answer = await callAs(patient, getContent, { id });
    expect(answer.status).toBe(200);
    const came: Uint8Array[] = [];
    const read = async () => {
      for await (const piece of answer.body ?? []) came.push(piece);
    };
    await expect(read()).rejects.toThrow(DamagedFile);
    const right = Buffer.concat(came);
    expect(right.equals(bytes.subarray(0, right.length))).toBe(true);
    expect(right.length).toBeLessThanOrEqual(4 * MIB);
    expect(await toldJobs(id)).toHaveLength(1);
    const before = await callAs(patient, getContent, { id }, { headers: { range: "bytes=0-99" } });
    expect(before.status).toBe(206);
  });

  it("with a broken picture says so where the picture is asked for", async () => {
    const { patient, tus, caseId } = await caseWithOwner();
    const { id } = await uploadAndCheck(tus, caseId, makePdf([["A"]]), { filename: "a.pdf" });
    await changed(door(), id, (body) => void body.writeUInt8(body.readUInt8(40) ^ 1, 40));
    const answer = await callAs(patient, getPreview, { id });
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({ code: "file_damaged", recordId: id });
  });
});

describe("damage that was met", () => {
  it("is noted on the record: closed to all but the patient, asked for again, with a trace, and once", async () => {
    const { patient, owner, tus, caseId } = await caseWithOwner();
    const clip = await makeDicom({ frames: 30, width: 64, height: 64 });
    const { id } = await uploadAndCheck(tus, caseId, clip, { item: "tte_loops" });
    await judgeRecord(owner, id, { state: "accepted" }, new Date());
    for (let twice = 0; twice < 2; twice += 1)
      await noteDamage(
        testSystem,
        { recordId: id, damage: "cut", metAt: new Date().toISOString() },
        new Date(),
      );
    const row = await recordRow(id);
    expect(row).toMatchObject({ state: "rejected", rejectReason: "unreadable", judgedById: null });
    const said = findingsOf(row.findings).filter((one) => one.code === "damaged");
    expect(said).toHaveLength(1);
    for (const one of said) expect(sentenceOf(one, false)).toContain("Please send it again");
    const item = await asPerson(testSystem, (tx) => tx.checklistItem.findFirst({ where: { recordId: id } }));
    expect(item).toMatchObject({ item: "tte_loops", status: "rejected", reason: "unreadable" });
    expect((await callAs(owner, getContent, { id })).status).toBe(409);
    expect((await callAs(patient, getContent, { id })).status).toBe(200);
    const trace = { event: "record.damaged", objectId: id };
    expect(await openDb().auditEvent.count({ where: trace })).toBe(1);
  });

  it("ends the check of a file, with a sentence of ours", async () => {
    const { tus, caseId } = await caseWithOwner();
    const id = await tus.upload(caseId, noise(10));
    await noteDamage(
      testSystem,
      { recordId: id, damage: "gone", metAt: new Date().toISOString() },
      new Date(),
    );
    expect((await recordRow(id)).state).toBe("unreadable");
  });

  it("changes nothing about a file that was erased or is not whole yet", async () => {
    const { tus, caseId } = await caseWithOwner();
    const created = await tus.create(caseId, { size: 10 });
    const id = created.headers.get("location")?.split("/").pop() ?? "";
    await noteDamage(
      testSystem,
      { recordId: id, damage: "gone", metAt: new Date().toISOString() },
      new Date(),
    );
    expect((await recordRow(id)).state).toBe("uploading");
  });
});

describe("the process that gives bytes", () => {
  let server: RecordsProcess | undefined;
  afterAll(() => server?.clear());

  it("cuts the line where a file breaks, so that nobody takes a part for the whole", async () => {
    server = await RecordsProcess.make();
    await server.start();
    const { patient, tus, caseId } = await caseWithOwner();
    const id = await tus.upload(caseId, noise(20 * MIB));
    const body = await open(path.join(folderOf(id), "body"), "r+");
    await body.write(Buffer.alloc(9), 0, 9, 17 * SEALED + 500);
    await body.close();
    const headers = { authorization: `Bearer ${await bearerOf(patient)}` };
    const answer = await fetch(`http://127.0.0.1:${server.port}/api/v1/records/${id}/content`, { headers });
    expect(answer.status).toBe(200);
    await expect(answer.arrayBuffer()).rejects.toThrow("terminated");
  });
});
