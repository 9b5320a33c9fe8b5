import { describe, expect, it } from "vitest";
import { GET as getContent } from "@/app/api/v1/records/[id]/content/route";
import { DELETE as deleteRecord, GET as getRecord } from "@/app/api/v1/records/[id]/route";
import { GET as listRecords } from "@/app/api/v1/cases/[id]/records/route";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { lockUpload } from "@/lib/infra/upload-lock";
import { judgeRecord } from "@/lib/records/judge-record";
import { sweepUploads } from "@/lib/records/sweep-uploads";
import { openCaseToClinic } from "../../support/cases";
import { makeClinic } from "../../support/clinics";
import { makeDicom, makePdf } from "../../support/dicom";
import {
  makeAdmin,
  makeCoordinator,
  makeFinance,
  makePatient,
  makeReviewer,
  testSystem,
} from "../../support/people";
import { beginUpload, callAs, caseWithOwner, idOf, recordRow, uploadAndCheck } from "../../support/records";
import { describeStores } from "../../support/stores";

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());
const views = (objectId: string) =>
  openDb().auditEvent.count({ where: { event: "record.viewed", objectId } });

async function storedClip(frames = 30) {
  const world = await caseWithOwner();
  const bytes = await makeDicom({ patientName: "PETROVA^ANNA", frames, width: 200, height: 150 });
  bytes.write("TIFF-LIKE", 0, "latin1");
  const row = await uploadAndCheck(world.tus, world.caseId, bytes, { filename: "Écho „Herz“ 心.dcm" });
  return { ...world, bytes, id: row.id };
}

describeStores("the bytes of a record", () => {
  it("come back equal, sealed against running anywhere, and leave a trace", async () => {
    const { patient, bytes, id } = await storedClip();
    const response = await callAs(patient, getContent, { id });
    expect(response.status).toBe(200);
    expect((await bytesOf(response)).equals(bytes)).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "accept-ranges": "bytes",
      "cache-control": "no-store",
      "content-disposition":
        "attachment; filename=\"_cho _Herz_ _.dcm\"; filename*=UTF-8''%C3%89cho%20%E2%80%9EHerz%E2%80%9C%20%E5%BF%83.dcm",
      "content-length": String(bytes.length),
      "content-security-policy": "sandbox; default-src 'none'",
      "content-type": "application/dicom",
      "cross-origin-resource-policy": "same-origin",
      etag: `"${(await recordRow(id)).sha256}"`,
      "x-content-type-options": "nosniff",
    });
    expect(await views(id)).toBe(1);
  });

  it("come in ranges, across the borders of chunks", async () => {
    const { patient, bytes, id } = await storedClip();
    expect(bytes.length).toBeGreaterThan(2 * 1_048_576);
    const size = bytes.length;
    for (const [header, from, to] of [
      ["bytes=0-0", 0, 1],
      ["bytes=1048570-1048580", 1_048_570, 1_048_581],
      ["bytes=5-2097160", 5, 2_097_161],
      ["bytes=-100", size - 100, size],
      [`bytes=${size - 1}-`, size - 1, size],
      [`bytes=2000000-${size + 500}`, 2_000_000, size],
    ] as const) {
      const response = await callAs(patient, getContent, { id }, { headers: { range: header } });
      expect(response.status).toBe(206);
      expect(response.headers.get("content-range")).toBe(`bytes ${from}-${to - 1}/${size}`);
      expect((await bytesOf(response)).equals(bytes.subarray(from, to))).toBe(true);
    }
    const beyond = await callAs(patient, getContent, { id }, { headers: { range: `bytes=${size}-` } });
    expect(beyond.status).toBe(416);
    expect(beyond.headers.get("content-range")).toBe(`bytes */${size}`);
    // A viewer's many ranges are one look in the patient's log.
    expect(await views(id)).toBe(1);
  });

  it("lose the preamble for everybody but the patient", async () => {
    const { owner, bytes, id } = await storedClip(2);
    const copy = await bytesOf(await callAs(owner, getContent, { id }));
    expect(copy.subarray(0, 128).equals(Buffer.alloc(128))).toBe(true);
    expect(copy.subarray(128).equals(bytes.subarray(128))).toBe(true);
    const part = await bytesOf(
      await callAs(owner, getContent, { id }, { headers: { range: "bytes=4-140" } }),
    );
    expect(part.equals(copy.subarray(4, 141))).toBe(true);
  });

  it("are never shown in place, whoever asks for it", async () => {
    const { patient, tus, caseId } = await caseWithOwner();
    const pdf = await uploadAndCheck(tus, caseId, makePdf([["A"]]), { filename: "a.pdf" });
    const shown = await callAs(patient, getContent, { id: pdf.id }, { query: "?inline=1" });
    expect(shown.headers.get("content-disposition")).toMatch(/^attachment/);
    expect(shown.headers.get("content-security-policy")).toBe("sandbox; default-src 'none'");
    const page = await uploadAndCheck(tus, caseId, Buffer.from("<html><script>1</script>"), {
      filename: "a.html",
    });
    const refused = await callAs(patient, getContent, { id: page.id }, { query: "?inline=1" });
    expect(refused.headers.get("content-disposition")).toMatch(/^attachment/);
    expect(refused.headers.get("content-type")).toBe("application/octet-stream");
  });

  it("stay closed to others while unchecked or unknown, and open to the patient who sent them", async () => {
    const { patient, owner, tus, caseId } = await caseWithOwner();
    const id = await tus.upload(caseId, makePdf([["A"]]));
    expect((await callAs(patient, getContent, { id })).status).toBe(200);
    const early = await callAs(owner, getContent, { id });
    expect(early.status).toBe(409);
    expect(await early.json()).toMatchObject({ code: "not_open" });
    const odd = await uploadAndCheck(tus, caseId, Buffer.from("MZ a program"));
    expect((await callAs(owner, getContent, { id: odd.id })).status).toBe(409);
    expect((await callAs(patient, getContent, { id: odd.id })).status).toBe(200);
  });
});

describe("who may read a record", () => {
  it("is not a stranger, another coordinator, finance, an administrator or a clinic without consent", async () => {
    const { id, caseId } = await storedClip(2);
    const clinic = await makeClinic();
    const outsiders = [makePatient(), makeCoordinator(), makeFinance(), makeAdmin(), makeReviewer(clinic.id)];
    for (const person of await Promise.all(outsiders)) {
      expect((await callAs(person, getContent, { id })).status).toBe(404);
      expect((await callAs(person, getRecord, { id })).status).toBe(404);
      const list = await callAs(person, listRecords, { id: caseId });
      // A coordinator may know the case, not its files.
      if (list.status === 200) expect(await list.json()).toEqual({ items: [], next: null });
      else expect(list.status).toBe(404);
    }
    expect((await callAs(null, getContent, { id })).status).toBe(401);
    expect((await callAs(await makePatient(), getContent, { id: "nonsense" })).status).toBe(404);
    expect(await views(id)).toBe(0);
  });

  it("is a clinic with a live consent, for accepted files only", async () => {
    const { owner, id, caseId } = await storedClip(2);
    const clinic = await makeClinic();
    await openCaseToClinic(caseId, clinic.id);
    const reviewer = await makeReviewer(clinic.id);
    expect((await callAs(reviewer, getContent, { id })).status).toBe(404);
    await judgeRecord(owner, id, { state: "accepted" }, new Date());
    expect((await callAs(reviewer, getContent, { id })).status).toBe(200);
    await asPerson(testSystem, (tx) =>
      tx.consent.updateMany({ where: { caseId, clinicId: clinic.id }, data: { withdrawnAt: new Date() } }),
    );
    expect((await callAs(reviewer, getContent, { id })).status).toBe(404);
  });
});

describe("the list of records", () => {
  it("comes page by page with sentences a patient understands", async () => {
    const { patient, tus, caseId } = await caseWithOwner();
    const ids: string[] = [];
    for (const line of ["A", "B", "C"]) {
      const metadata = { filename: `${line}.pdf`, item: "tte_loops" };
      ids.push((await uploadAndCheck(tus, caseId, makePdf([[line]]), metadata)).id);
    }
    const first = await (await callAs(patient, listRecords, { id: caseId }, { query: "?limit=2" })).json();
    const query = `?limit=2&cursor=${first.next}`;
    const second = await (await callAs(patient, listRecords, { id: caseId }, { query })).json();
    expect([...first.items, ...second.items].map((one: { id: string }) => one.id)).toEqual(ids);
    expect(second.next).toBeNull();
    expect(first.items[0]).toMatchObject({ state: "readable", pageCount: 1, needsClearance: false });
    expect(first.items[0].findings[0].sentence).toContain("the echo loops themselves are still missing");
    expect((await callAs(patient, listRecords, { id: caseId }, { query: "?cursor=%00" })).status).toBe(422);
    expect((await callAs(patient, listRecords, { id: caseId }, { query: "?limit=1e9" })).status).toBe(422);
  });
});

describeStores("erasing a record", (door) => {
  it("drops the key and the bytes, keeps the row and the trace", async () => {
    const { patient, id, caseId } = await storedClip(2);
    const answer = await callAs(patient, deleteRecord, { id }, { method: "DELETE" });
    expect(answer.status).toBe(204);
    expect(await door().names(id)).toEqual([]);
    const row = await recordRow(id);
    expect(row.wrappedKey).toBeNull();
    expect(row.erasedAt).toBeInstanceOf(Date);
    expect((await callAs(patient, getContent, { id })).status).toBe(404);
    expect((await callAs(patient, deleteRecord, { id }, { method: "DELETE" })).status).toBe(404);
    expect(await openDb().auditEvent.count({ where: { event: "record.erased", objectId: id } })).toBe(1);
    const item = await asPerson(testSystem, (tx) => tx.checklistItem.findFirst({ where: { caseId } }));
    expect(item).toMatchObject({ item: "tte_loops", status: "missing", recordId: null });
  });

  it("is the coordinator's once the records are with the centres, and never a stranger's", async () => {
    const { patient, owner, id, caseId } = await storedClip(2);
    await asPerson(testSystem, (tx) =>
      tx.case.update({ where: { id: caseId }, data: { stage: "with_centres" } }),
    );
    const late = await callAs(patient, deleteRecord, { id }, { method: "DELETE" });
    expect(late.status).toBe(409);
    const stranger = await makePatient();
    expect((await callAs(stranger, deleteRecord, { id }, { method: "DELETE" })).status).toBe(404);
    expect((await callAs(owner, deleteRecord, { id }, { method: "DELETE" })).status).toBe(204);
  });
});

describeStores("the sweep", (door) => {
  it("removes what nobody finished and bytes without a row, and nothing else", async () => {
    const { patient, tus, caseId, bytes, id } = await storedClip(2);
    const created = await tus.create(caseId, { size: 100 });
    const open = created.headers.get("location") ?? "";
    await tus.patch(open, 0, Buffer.alloc(10));
    const openId = open.split("/").pop() ?? "";
    const past = new Date(Date.now() - 1_000);
    await asPerson(testSystem, (tx) =>
      tx.record.update({ where: { id: openId }, data: { expiresAt: past } }),
    );
    const swept = await sweepUploads(testSystem, new Date());
    expect(swept.uploads).toBeGreaterThanOrEqual(1);
    expect((await tus.send("HEAD", open)).status).toBe(404);
    // Two hours on, everything is old enough to be looked at; what has a row stays.
    await sweepUploads(testSystem, new Date(Date.now() + 2 * 3_600_000));
    expect((await bytesOf(await callAs(patient, getContent, { id }))).equals(bytes)).toBe(true);
    const orphan = newId(Date.now() - 3 * 3_600_000);
    await door().write(orphan, "tail-0", Buffer.alloc(40));
    expect((await sweepUploads(testSystem, new Date())).files).toBeGreaterThanOrEqual(1);
    expect(await door().names(orphan)).toEqual([]);
  });

  it("leaves an upload whose time has passed to its writer, as long as that one writes", async () => {
    const { tus, caseId } = await caseWithOwner();
    const open = await beginUpload(tus, caseId, 100);
    await tus.patch(open, 0, Buffer.alloc(10));
    const id = idOf(open);
    await asPerson(testSystem, (tx) =>
      tx.record.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1_000) } }),
    );
    const writer = await lockUpload(id);
    await sweepUploads(testSystem, new Date());
    expect((await recordRow(id)).state).toBe("uploading");
    expect(await door().names(id)).not.toEqual([]);
    await writer?.release();
    await sweepUploads(testSystem, new Date());
    expect((await tus.send("HEAD", open)).status).toBe(404);
    expect(
      await door()
        .names(id)
        .catch(() => []),
    ).toEqual([]);
  });
});
