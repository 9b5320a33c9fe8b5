import { describe, expect, it } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import type { CaseStage } from "@/lib/cases/case";
import { eraseStudy } from "@/lib/records/erase-study";
import { judgeStudy } from "@/lib/records/judge-study";
import { labelStudy } from "@/lib/records/label-study";
import { checklistForCase } from "@/lib/records/queries";
import { makeDicom } from "../../support/dicom";
import { reasonOf, valueOf } from "../../support/outcomes";
import { makeCoordinator, makePatient, testSystem } from "../../support/people";
import { caseWithOwner, recordRow, storedBytes, uploadAndCheck } from "../../support/records";

const now = new Date();

const moveTo = (caseId: string, stage: CaseStage) =>
  asPerson(testSystem, (tx) => tx.case.update({ where: { id: caseId }, data: { stage } }));

/** A case with two slices of one CT and a slice of another. */
async function studies() {
  const place = await caseWithOwner();
  const ids: string[] = [];
  for (const instance of [1, 2]) {
    const slice = { patientName: "PETROVA^ANNA", modality: "CT", instance, studyDate: "20261012" } as const;
    const bytes = await makeDicom(slice);
    bytes.writeUInt32LE(instance, bytes.length - 8);
    ids.push((await uploadAndCheck(place.tus, place.caseId, bytes)).id);
  }
  const other = await uploadAndCheck(place.tus, place.caseId, await makeDicom({ modality: "CT", study: 7 }));
  const { studyUid } = (await recordRow(ids[0] ?? "")).header as { studyUid: string };
  return { ...place, ids, studyUid, otherId: other.id };
}

const traces = (ids: string[], event: string) =>
  openDb().auditEvent.count({ where: { event, objectId: { in: ids } } });

describe("a whole examination", () => {
  it("is erased by who sent it: keys, bytes and its line, with a trace for each file; others stay", async () => {
    const { patient, caseId, ids, studyUid, otherId } = await studies();
    expect(await eraseStudy(patient, caseId, studyUid, now)).toEqual({ ok: true, value: { erased: 2 } });
    for (const id of ids) {
      expect(await recordRow(id)).toMatchObject({ erasedAt: now, wrappedKey: null, header: {} });
      await expect(storedBytes(id)).rejects.toThrow("gone");
    }
    expect((await recordRow(otherId)).erasedAt).toBeNull();
    expect(await traces(ids, "record.erased")).toBe(2);
  });

  it("is erased once by two at once, and never by a stranger or after it went out", async () => {
    const { patient, caseId, studyUid, ids } = await studies();
    for (const stranger of [await makePatient(), await makeCoordinator()])
      expect(reasonOf(await eraseStudy(stranger, caseId, studyUid, now))).toBe("not_found");
    await moveTo(caseId, "with_centres");
    expect(reasonOf(await eraseStudy(patient, caseId, studyUid, now))).toBe("illegal_transition");
    await moveTo(caseId, "collecting_records");
    const both = await Promise.all([1, 2].map(() => eraseStudy(patient, caseId, studyUid, now)));
    expect(both.map((one) => (one.ok ? one.value.erased : 0)).toSorted()).toEqual([0, 2]);
    expect(await traces(ids, "record.erased")).toBe(2);
  });

  it("is put under another line until somebody judged it", async () => {
    const { patient, owner, caseId, ids, studyUid } = await studies();
    const form = { studyUid, item: "ct_calcium" as const };
    expect(reasonOf(await labelStudy(await makePatient(), caseId, form))).toBe("not_found");
    expect(valueOf(await labelStudy(patient, caseId, form))).toEqual({ labelled: 2 });
    for (const id of ids) expect((await recordRow(id)).item).toBe("ct_calcium");
    const lines = await checklistForCase(patient, caseId);
    expect(lines?.find(({ item }) => item === "ct_calcium")).toMatchObject({ status: "given" });
    expect(await traces(ids, "record.labelled")).toBe(2);
    valueOf(await judgeStudy(owner, caseId, { state: "accepted", studyUid }, now));
    expect(reasonOf(await labelStudy(patient, caseId, form))).toBe("illegal_transition");
  });
});
