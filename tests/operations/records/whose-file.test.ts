import { describe, expect, it } from "vitest";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { asPerson } from "@/lib/infra/db";
import { findingsOf } from "@/lib/records/finding";
import { judgeRecord } from "@/lib/records/judge-record";
import { makeDicom } from "../../support/dicom";
import { reasonOf } from "../../support/outcomes";
import { testSystem } from "../../support/people";
import { caseWithOwner, uploadAndCheck } from "../../support/records";

const recent = () => addDays(dayOf(new Date()), -20).replaceAll("-", "");
const codes = (row: { findings: unknown }) => findingsOf(row.findings).map((one) => one.code);

describe("whose a DICOM file is, and of what", () => {
  it("asks a person when the name is another and no birth date stands by it", async () => {
    const { owner, tus, caseId } = await caseWithOwner();
    const birthOn = dateOf("1950-01-01");
    await asPerson(testSystem, (tx) => tx.case.update({ where: { id: caseId }, data: { birthOn } }));
    const wish = { patientName: "Schmidt^Walter", studyDate: recent() };
    const stranger = await uploadAndCheck(tus, caseId, await makeDicom({ ...wish, birthDate: "" }));
    expect(codes(stranger)).toContain("name_mismatch");
    const judged = await judgeRecord(owner, stranger.id, { state: "accepted" }, new Date());
    expect(reasonOf(judged)).toBe("needs_clearance");
    // The same birthday stands by a name that marriage or an office changed.
    const married = await uploadAndCheck(tus, caseId, await makeDicom({ ...wish, instance: 2 }));
    expect(codes(married)).toContain("name_differs");
    expect(codes(married)).not.toContain("name_mismatch");
  });

  it("asks a person when the case names no birth date that could stand by another name", async () => {
    const { owner, tus, caseId } = await caseWithOwner();
    const wish = { patientName: "Schmidt^Walter", studyDate: recent() };
    const { id, findings } = await uploadAndCheck(tus, caseId, await makeDicom(wish));
    expect(codes({ findings })).toContain("name_mismatch");
    const word = { state: "accepted" as const };
    expect(reasonOf(await judgeRecord(owner, id, word, new Date()))).toBe("needs_clearance");
    const looked = { ...word, clearance: "She sent her maiden name by message." };
    expect((await judgeRecord(owner, id, looked, new Date())).ok).toBe(true);
  });

  it("compares a draft without a name with the name of its account, and one without any with nothing", async () => {
    const { patient, tus, caseId } = await caseWithOwner("draft");
    await asPerson(testSystem, (tx) =>
      tx.case.update({ where: { id: caseId }, data: { contactName: null } }),
    );
    const stranger = { patientName: "Schmidt^Walter", studyDate: recent() };
    const own = { ...stranger, patientName: "PETROVA^ANNA", instance: 2 };
    expect(codes(await uploadAndCheck(tus, caseId, await makeDicom(stranger)))).toContain("name_mismatch");
    expect(codes(await uploadAndCheck(tus, caseId, await makeDicom(own)))).not.toContain("name_mismatch");
    await asPerson(testSystem, (tx) =>
      tx.person.update({ where: { id: patient.personId }, data: { name: "" } }),
    );
    const nobody = await makeDicom({ ...stranger, instance: 3 });
    expect(codes(await uploadAndCheck(tus, caseId, nobody))).not.toContain("name_mismatch");
  });

  it("takes a CT of the head for no CT of the heart", async () => {
    const { tus, caseId } = await caseWithOwner();
    const wish = { modality: "CT", sliceMm: 3, studyDate: recent(), patientName: "PETROVA^ANNA" } as const;
    const head = await uploadAndCheck(
      tus,
      caseId,
      await makeDicom({ ...wish, description: "CT, HEAD/BRAIN WO CONTRAST" }),
    );
    expect([head.item, codes(head)]).toEqual([null, []]);
    const thorax = await makeDicom({ ...wish, instance: 2, description: "CTA neck, spine and thorax" });
    const both = await uploadAndCheck(tus, caseId, thorax);
    expect([both.item, codes(both)]).toEqual(["ct_gated", ["thick_slices"]]);
  });

  it("takes a coronary film at its cranial angle for what it is", async () => {
    const { tus, caseId } = await caseWithOwner();
    const film = await makeDicom({ modality: "XA", studyDate: recent(), description: "RAO 30 CRANIAL 25" });
    expect((await uploadAndCheck(tus, caseId, film)).item).toBe("coronary");
  });
});
