import { describe, expect, it } from "vitest";
import { GET as getContent } from "@/app/api/v1/records/[id]/content/route";
import { GET as getRecord } from "@/app/api/v1/records/[id]/route";
import { GET as listRecords } from "@/app/api/v1/cases/[id]/records/route";
import { asPerson } from "@/lib/infra/db";
import { readDicomHeader } from "@/lib/records/dicom";
import { judgeRecord } from "@/lib/records/judge-record";
import { openCaseToClinic } from "../../support/cases";
import { makeClinic } from "../../support/clinics";
import { makeDicom, type DicomWish } from "../../support/dicom";
import { makeReviewer, testSystem } from "../../support/people";
import { callAs, caseWithOwner, uploadAndCheck } from "../../support/records";

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
  return { ...world, id: row.id, bytes, reviewer: await makeReviewer(clinic.id) };
}

describe("a centre that was asked without the name", () => {
  it.each([{}, { compressed: true }])(
    "gets a clip that says nothing of the person, else unchanged",
    async (wish) => {
      const { reviewer, id, bytes, patient } = await shared(true, wish);
      const response = await callAs(reviewer, getContent, { id });
      expect(response.headers.get("content-disposition")).not.toContain("etrova");
      const copy = await bytesOf(response);
      expect(copy.length).toBe(bytes.length);
      expect(copy.includes("PETROVA")).toBe(false);
      expect(copy.includes("DEMO-0001")).toBe(false);
      expect(copy.includes("19440302")).toBe(false);
      const [before, after] = [readDicomHeader(bytes), readDicomHeader(copy)];
      expect(after).toEqual({ ...before, patientName: null, birthOn: "1900-01-01" });
      const pixelsAt = before?.pixels?.at ?? 0;
      expect(copy.subarray(pixelsAt).equals(bytes.subarray(pixelsAt))).toBe(true);
      expect((await bytesOf(await callAs(patient, getContent, { id }))).equals(bytes)).toBe(true);
    },
  );

  it("gets the same copy in ranges, cut anywhere", async () => {
    const { reviewer, id } = await shared(true);
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
});

describe("a centre that was asked with the name", () => {
  it("gets it", async () => {
    const { reviewer, id } = await shared(false);
    const copy = await bytesOf(await callAs(reviewer, getContent, { id }));
    expect(readDicomHeader(copy)).toMatchObject({ patientName: "PETROVA^ANNA", birthOn: "1944-03-02" });
  });
});
