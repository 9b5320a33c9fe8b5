import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { GET as getContent } from "@/app/api/v1/records/[id]/content/route";
import { GET as getFrame } from "@/app/api/v1/records/[id]/frames/[frame]/route";
import { GET as getPreview } from "@/app/api/v1/records/[id]/preview/route";
import { POST as postNames } from "@/app/api/v1/cases/[id]/names-checks/route";
import { GET as getRecord } from "@/app/api/v1/records/[id]/route";
import { GET as listRecords } from "@/app/api/v1/cases/[id]/records/route";
import type { SignedIn } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { readDicomHeader } from "@/lib/records/dicom";
import { judgeRecord } from "@/lib/records/judge-record";
import { openCaseToClinic } from "../../support/cases";
import { makeClinic } from "../../support/clinics";
import type { RecordView } from "@/lib/records/views/record";
import { makeDicom, type DicomWish, makePdf } from "../../support/dicom";
import { makeCoordinator, makeReviewer, testSystem } from "../../support/people";
import { callAs, caseWithOwner, recordRow, uploadAndCheck } from "../../support/records";
import { foreignFiles } from "../../support/third-party-dicom";

const auditOf = async (objectId: string) => {
  const rows = await asPerson(testSystem, (tx) =>
    tx.auditEvent.findMany({ where: { objectId }, select: { event: true } }),
  );
  return rows.map(({ event }) => event);
};

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

/** A clip that was accepted and shared with a centre, with or without the name. */
async function shared(deidentified: boolean, wish: DicomWish = {}) {
  const world = await caseWithOwner();
  const bytes = await makeDicom({ patientName: "PETROVA^ANNA", birthDate: "19440302", ...wish });
  const row = await uploadAndCheck(world.tus, world.caseId, bytes, { filename: "Petrova echo.dcm" });
  await judgeRecord(world.owner, row.id, { state: "accepted" }, new Date());
  const clinic = await makeClinic();
  await openCaseToClinic(world.caseId, clinic.id);
  await asPerson(testSystem, (tx) =>
    tx.consent.updateMany({ where: { caseId: world.caseId, clinicId: clinic.id }, data: { deidentified } }),
  );
  return { ...world, id: row.id, bytes, clinic, reviewer: await makeReviewer(clinic.id) };
}

type Shared = Awaited<ReturnType<typeof shared>>;

/** The coordinator's word on names in the pictures of some files. */
const lookAt = ({ owner, caseId }: Shared, records: string[], result = "no_name") =>
  callAs(owner, postNames, { id: caseId }, { method: "POST", json: { records, result } });

/** The same, looked at. */
async function released(wish: DicomWish = {}) {
  const world = await shared(true, wish);
  expect((await lookAt(world, [world.id])).status).toBe(200);
  return world;
}

async function refusalOf(response: Response): Promise<string> {
  expect(response.status).toBe(409);
  return ((await response.json()) as { code: string }).code;
}

describe("a centre that was asked without the name", () => {
  it.each([{}, { compressed: true }])(
    "gets a clip that says nothing of the person, else unchanged",
    async (wish) => {
      const { reviewer, id, bytes, patient } = await released(wish);
      const response = await callAs(reviewer, getContent, { id });
      expect(response.headers.get("content-disposition")).not.toContain("etrova");
      const copy = await bytesOf(response);
      expect(copy.length).toBe(bytes.length);
      expect(copy.includes("PETROVA")).toBe(false);
      expect(copy.includes("DEMO-0001")).toBe(false);
      expect(copy.includes("19440302")).toBe(false);
      const [before, after] = [readDicomHeader(bytes), readDicomHeader(copy)];
      const { studyUid, seriesUid, instanceUid } = after ?? {};
      expect(after).toEqual({
        ...before,
        ...{ patientName: null, birthOn: "1900-01-01", description: null, studyDescription: null },
        ...{ studyUid, seriesUid, instanceUid },
      });
      expect(instanceUid).not.toBe(before?.instanceUid);
      expect(studyUid).not.toBe(before?.studyUid);
      expect(studyUid).toHaveLength(before?.studyUid?.length ?? 0);
      const pixelsAt = before?.pixels?.at ?? 0;
      expect(copy.subarray(pixelsAt).equals(bytes.subarray(pixelsAt))).toBe(true);
      expect((await bytesOf(await callAs(patient, getContent, { id }))).equals(bytes)).toBe(true);
    },
  );

  it("gets the same copy in ranges, cut anywhere", async () => {
    const { reviewer, id } = await released();
    const copy = await bytesOf(await callAs(reviewer, getContent, { id }));
    for (let start = 0; start < 1_200; start += 137) {
      const headers = { range: `bytes=${start}-${start + 136}` };
      const part = await bytesOf(await callAs(reviewer, getContent, { id }, { headers }));
      expect(part.equals(copy.subarray(start, start + 137))).toBe(true);
    }
  });

  it("reads no name in the list either", async () => {
    const { reviewer, id, caseId } = await shared(true);
    const list = await (await callAs(reviewer, listRecords, { id: caseId })).text();
    const one = await (await callAs(reviewer, getRecord, { id })).text();
    expect(list).toContain(id);
    for (const text of [list, one]) expect(text).not.toContain("Petrova");
  });

  it("finds the study in the list under the UID the copy itself has", async () => {
    const { reviewer, id, bytes } = await released();
    const told = (await (await callAs(reviewer, getRecord, { id })).json()) as RecordView;
    const copy = readDicomHeader(await bytesOf(await callAs(reviewer, getContent, { id })));
    expect(told.header?.studyUid).toBe(copy?.studyUid);
    expect(told.header?.studyUid).not.toBe(readDicomHeader(bytes)?.studyUid);
    expect(told).toMatchObject({ sha256: null, isNameless: true, withoutName: "copy" });
    expect(told.header?.description).toBeNull();
  });

  it("waits for pictures a name may be written into until a coordinator has looked, and again when there was one", async () => {
    const world = await shared(true);
    const { reviewer, id } = world;
    expect(await refusalOf(await callAs(reviewer, getContent, { id }))).toBe("not_looked_at");
    expect(await refusalOf(await callAs(reviewer, getFrame, { id, frame: "1" }))).toBe("not_looked_at");
    expect(await (await lookAt(world, [id])).json()).toEqual({ changed: 1 });
    expect(await (await lookAt(world, [id])).json()).toEqual({ changed: 0 });
    expect((await callAs(reviewer, getContent, { id })).status).toBe(200);
    expect((await callAs(reviewer, getFrame, { id, frame: "1" })).status).toBe(200);
    await lookAt(world, [id], "name_found");
    expect(await refusalOf(await callAs(reviewer, getContent, { id }))).toBe("not_looked_at");
    expect(await auditOf(id)).toEqual(expect.arrayContaining(["record.names_checked", "record.name_found"]));
  });

  it("sees the pages of a paper that was looked at, and never its file", async () => {
    const world = await shared(true);
    const row = await uploadAndCheck(world.tus, world.caseId, makePdf([["PETROVA"]]), {
      filename: "Petrova.pdf",
    });
    const { id } = row;
    await judgeRecord(world.owner, id, { state: "accepted" }, new Date());
    expect(await refusalOf(await callAs(world.reviewer, getPreview, { id }))).toBe("not_looked_at");
    await lookAt(world, [id]);
    expect((await callAs(world.reviewer, getPreview, { id })).status).toBe(200);
    expect(await refusalOf(await callAs(world.reviewer, getContent, { id }))).toBe("pictures_only");
  });

  it("sees pictures without the letters somebody drew over them, which may be a name", async () => {
    const world = await shared(true);
    const file = foreignFiles().find(({ name }) => name === "overlay_graphic");
    const { id } = await uploadAndCheck(world.tus, world.caseId, file?.bytes ?? Buffer.alloc(0));
    await asPerson(testSystem, (tx) =>
      tx.record.update({ where: { id }, data: { state: "accepted", judgedAt: new Date() } }),
    );
    await lookAt(world, [id]);
    const seen = async (who: SignedIn) => {
      const answer = await callAs(who, getFrame, { id, frame: "1" });
      expect(answer.status).toBe(200);
      return (await sharp(await bytesOf(answer)).stats()).channels[0]?.mean ?? 0;
    };
    // The marks are white.
    expect(await seen(world.reviewer)).toBeLessThan(await seen(world.patient));
  });

  it("never gets a zip or a film, whatever anybody says", async () => {
    const world = await shared(true);
    for (const kind of ["dicom_archive", "video", "report_archive", "unknown"]) {
      await asPerson(testSystem, (tx) => tx.record.update({ where: { id: world.id }, data: { kind } }));
      await lookAt(world, [world.id]);
      const { id } = world;
      expect(await refusalOf(await callAs(world.reviewer, getContent, { id }))).toBe("cannot_be_nameless");
    }
  });

  it("never gets a report, whose text names the patient", async () => {
    const world = await shared(true);
    const { id, reviewer } = world;
    const header = { ...((await recordRow(id)).header as object), modality: "SR" };
    await asPerson(testSystem, (tx) => tx.record.update({ where: { id }, data: { header } }));
    await lookAt(world, [id]);
    expect(await refusalOf(await callAs(reviewer, getContent, { id }))).toBe("tells_in_words");
  });
});

describe("a look for names", () => {
  it("is no other coordinator's, and nobody else's", async () => {
    const world = await shared(true);
    const json = { records: [world.id], result: "no_name" };
    for (const stranger of [await makeCoordinator(), world.patient, world.reviewer]) {
      const answer = await callAs(stranger, postNames, { id: world.caseId }, { method: "POST", json });
      if (answer.status === 200) expect(await answer.json()).toEqual({ changed: 0 });
      else expect(answer.status).toBe(404);
    }
    expect((await recordRow(world.id)).namesCheckedAt).toBeNull();
  });
});

describe("a centre that was asked with the name", () => {
  it("gets it", async () => {
    const { reviewer, id } = await shared(false);
    const copy = await bytesOf(await callAs(reviewer, getContent, { id }));
    expect(readDicomHeader(copy)).toMatchObject({ patientName: "PETROVA^ANNA", birthOn: "1944-03-02" });
  });
});
