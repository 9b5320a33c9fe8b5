import { describe, expect, it } from "vitest";
import { POST } from "@/app/api/v1/cases/[id]/uploads/known/route";
import type { SignedIn } from "@/lib/kernel/actor";
import { openDb } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { eraseRecord } from "@/lib/records/erase-record";
import { findUnfinished } from "@/lib/records/find-known";
import { noteDamage } from "@/lib/records/note-damage";
import { makePdf } from "../../support/dicom";
import { makeAdmin, makeCoordinator, makePatient, testSystem } from "../../support/people";
import { beginUpload, callAs, caseWithOwner, recordRow, uploadAndCheck } from "../../support/records";
import { noise } from "../../support/uploads";

const fileOf = (bytes: Uint8Array) => ({ sha256: sha256(bytes), sizeBytes: bytes.length });

async function ask(person: SignedIn | null, caseId: string, ...all: Uint8Array[]) {
  return callAs(person, POST, { id: caseId }, { method: "POST", json: { files: all.map(fileOf) } });
}
const itemsOf = async (response: Response) => ((await response.json()) as { items: object[] }).items;

describe("asking which files are here already", () => {
  it("tells those the case holds whole, by their content and whatever they are called", async () => {
    const { tus, caseId, patient } = await caseWithOwner();
    const pdf = makePdf([["Report"]]);
    await uploadAndCheck(tus, caseId, pdf, { filename: "a.pdf" });
    const items = await itemsOf(await ask(patient, caseId, noise(100), pdf));
    expect(items).toEqual([{ ...fileOf(pdf), state: "here", upload: null }]);
  });

  it("does not count what was refused, erased, or lies in another case", async () => {
    const { tus, caseId, patient } = await caseWithOwner();
    const [refused, erased, elsewhere] = [noise(200, 2), makePdf([["Gone"]]), makePdf([["Elsewhere"]])];
    await uploadAndCheck(tus, caseId, refused);
    const gone = await uploadAndCheck(tus, caseId, erased);
    const other = await caseWithOwner();
    await uploadAndCheck(other.tus, other.caseId, elsewhere);
    await eraseRecord(patient, gone.id, new Date());
    expect(await itemsOf(await ask(patient, caseId, refused, erased, elsewhere))).toEqual([]);
  });

  it("asks once more for the bytes of a file that was damaged where it is kept", async () => {
    const { tus, caseId, patient } = await caseWithOwner();
    const pdf = makePdf([["Report"]]);
    const { id } = await uploadAndCheck(tus, caseId, pdf);
    const met = { recordId: id, damage: "cut" as const, metAt: new Date().toISOString() };
    await noteDamage(testSystem, met, new Date());
    expect(await itemsOf(await ask(patient, caseId, pdf))).toEqual([]);
  });

  it("tells where to go on with what was begun, to the one who began it", async () => {
    const { tus, caseId, patient } = await caseWithOwner();
    const bytes = noise(5_000);
    const created = await tus.create(caseId, {
      size: bytes.length,
      metadata: { filename: "ct.dcm", sha256: sha256(bytes) },
    });
    const location = created.headers.get("location") ?? "";
    await tus.patch(location, 0, bytes.subarray(0, 2_000));
    const items = await itemsOf(await ask(patient, caseId, bytes));
    expect(items).toEqual([{ ...fileOf(bytes), state: "begun", upload: location }]);
    await tus.patch(location, 2_000, bytes.subarray(2_000));
    expect((await recordRow(location.split("/").pop() ?? "")).state).toBe("scanning");
  });

  it("tells a companion nothing of what another began, only what is here", async () => {
    const { tus, caseId } = await caseWithOwner();
    const bytes = noise(500, 9);
    await tus.create(caseId, { size: 500, metadata: { filename: "ct.dcm", sha256: sha256(bytes) } });
    const companion = await makePatient("Boris");
    await openDb().caseAccess.create({
      data: { caseId, personId: companion.personId, scopes: ["upload"], purpose: "companion" },
    });
    expect(await itemsOf(await ask(companion, caseId, bytes))).toEqual([]);
    await tus.upload(caseId, bytes);
    expect(await itemsOf(await ask(companion, caseId, bytes))).toMatchObject([{ state: "here" }]);
  });

  it("answers a stranger as if the case were not there", async () => {
    const { tus, caseId } = await caseWithOwner();
    const pdf = makePdf([["Report"]]);
    await uploadAndCheck(tus, caseId, pdf);
    for (const person of [await makePatient(), await makeCoordinator(), await makeAdmin()])
      expect((await ask(person, caseId, pdf)).status).toBe(404);
    expect((await ask(null, caseId, pdf)).status).toBe(401);
    const reader = await makePatient("Clara");
    await openDb().caseAccess.create({
      data: { caseId, personId: reader.personId, scopes: ["read"], purpose: "companion" },
    });
    expect((await ask(reader, caseId, pdf)).status).toBe(404);
  });
});

describe("what was not finished", () => {
  it("is listed for the one who began it, until it is whole", async () => {
    const { tus, caseId, patient, owner } = await caseWithOwner();
    expect(await findUnfinished(patient, caseId, new Date())).toBeNull();
    const location = await beginUpload(tus, caseId, 10);
    const found = await findUnfinished(patient, caseId, new Date());
    expect(found).toMatchObject({ count: 1, names: ["echo.dcm"] });
    expect(found?.keptUntil.getTime()).toBeGreaterThan(Date.now());
    expect(await findUnfinished(owner, caseId, new Date())).toBeNull();
    expect(await findUnfinished(await makePatient(), caseId, new Date())).toBeNull();
    await tus.patch(location, 0, noise(10));
    expect(await findUnfinished(patient, caseId, new Date())).toBeNull();
  });
});
