import { describe, expect, it } from "vitest";
import { POST as postMeasurements } from "@/app/api/v1/cases/[id]/measurements/route";
import { asPerson } from "@/lib/infra/db";
import { addMeasurements } from "@/lib/records/add-measurements";
import { checkRecord } from "@/lib/records/check-record";
import { eraseRecord } from "@/lib/records/erase-record";
import { findingsOf } from "@/lib/records/finding";
import { addMeasurementsForm } from "@/lib/records/forms";
import { judgeRecord } from "@/lib/records/judge-record";
import { measurementsOfCase } from "@/lib/records/queries";
import { removeMeasurement } from "@/lib/records/remove-measurement";
import { openCaseToClinic } from "../../support/cases";
import { makeClinic } from "../../support/clinics";
import { reasonOf, valueOf } from "../../support/outcomes";
import { makePatient, makeReviewer, testSystem } from "../../support/people";
import { callAs, caseWithOwner, recordRow, uploadAndCheck } from "../../support/records";
import { makeAnsweredCase } from "../../support/reviews";
import { makeReport } from "../../support/structured-report";

const now = new Date("2026-06-01T12:00:00Z");

const report = makeReport({
  studyDate: "20260510",
  items: [
    { name: ["80071-4", "LN", "EROA by PISA"], number: [0.42, "cm2"] },
    { name: ["80064-9", "LN", "Regurgitant volume"], number: [64, "ml"] },
    { name: ["79964-3", "LN", "Peak velocity"], number: [42, "m/s"] },
  ],
});

const observations = (birthDate: string, ...others: object[]) =>
  Buffer.from(
    JSON.stringify({
      resourceType: "Bundle",
      type: "collection",
      entry: [
        { resource: { resourceType: "Patient", birthDate, name: [{ family: "Petrova" }] } },
        ...others.map((resource) => ({ resource })),
        {
          resource: {
            resourceType: "Observation",
            status: "final",
            code: { coding: [{ system: "http://loinc.org", code: "33762-6" }] },
            effectiveDateTime: "2026-05-12",
            valueQuantity: { value: 1_800, unit: "pg/mL" },
          },
        },
      ],
    }),
  );

const codes = (row: { findings: unknown }) => findingsOf(row.findings).map((one) => one.code);

async function shown(viewer: Parameters<typeof measurementsOfCase>[0], caseId: string) {
  const rows = await measurementsOfCase(viewer, caseId);
  return rows && rows.map(({ field, value, source }) => [field, value, source]).toSorted();
}

const numbersOfReport = [
  ["mr_eroa_pisa", 42, "file"],
  ["mr_rvol_pisa", 64, "file"],
];

describe("numbers in a file", () => {
  it("ask whose they are where it speaks of somebody else too", async () => {
    const { tus, caseId } = await caseWithOwner();
    const birthOn = new Date("1951-02-03");
    await asPerson(testSystem, (tx) => tx.case.update({ where: { id: caseId }, data: { birthOn } }));
    const other = { resourceType: "Patient", birthDate: "1944-05-06", name: [{ text: "Walter Schmidt" }] };
    const sent = { filename: "labs.json" };
    const own = await uploadAndCheck(tus, caseId, observations("1951-02-03"), sent);
    expect(codes(own)).toEqual(["numbers_read"]);
    const mixed = await uploadAndCheck(tus, caseId, observations("1951-02-03", other), sent);
    expect(codes(mixed)).toEqual(["birth_date_mismatch", "name_mismatch", "numbers_read"]);
  });

  it("are read as it arrives, once, with what was told, and what cannot be right is left out and said", async () => {
    const { tus, caseId, patient, owner } = await caseWithOwner();
    const row = await uploadAndCheck(tus, caseId, report, { filename: "SR0001" });
    expect(row).toMatchObject({ state: "readable", kind: "dicom" });
    expect(codes(row)).toEqual(expect.arrayContaining(["numbers_read", "numbers_doubtful"]));
    expect(await shown(patient, caseId)).toEqual(numbersOfReport);
    expect(await measurementsOfCase(owner, caseId)).toMatchObject([
      { recordId: row.id, toldValue: 0.42, toldUnit: "cm2", enteredByName: "" },
      { recordId: row.id, field: "mr_rvol_pisa" },
    ]);
    await checkRecord(testSystem, row.id, new Date());
    expect(await shown(owner, caseId)).toEqual(numbersOfReport);
    expect(await measurementsOfCase(await makePatient(), caseId)).toBeNull();
  });

  it("are read out of FHIR observations, and whose they are is compared with the case", async () => {
    const { tus, caseId, owner } = await caseWithOwner();
    const birthOn = new Date("1951-02-03T00:00:00Z");
    await asPerson(testSystem, (tx) => tx.case.update({ where: { id: caseId }, data: { birthOn } }));
    const same = await uploadAndCheck(tus, caseId, observations("1951-02-03"), { filename: "labs.json" });
    expect(same).toMatchObject({ state: "readable", kind: "fhir", mediaType: "application/fhir+json" });
    expect(codes(same)).not.toContain("birth_date_mismatch");
    const other = await uploadAndCheck(tus, caseId, observations("1949-02-03"), { filename: "labs.json" });
    expect(codes(other)).toContain("birth_date_mismatch");
    expect(await shown(owner, caseId)).toContainEqual(["nt_pro_bnp", 1_800, "file"]);
    const text = await uploadAndCheck(tus, caseId, Buffer.from('{"resourceType": 7}'), {
      filename: "a.json",
    });
    expect(text).toMatchObject({ state: "unreadable" });
    expect(codes(text)).toEqual(["unknown_type"]);
  });

  it("reach a centre with their file, and leave with it", async () => {
    const { tus, caseId, patient, owner } = await caseWithOwner();
    const clinic = await makeClinic();
    const reviewer = await makeReviewer(clinic.id);
    await openCaseToClinic(caseId, clinic.id, clinic.country);
    const { id } = await uploadAndCheck(tus, caseId, report, { filename: "SR0001" });
    expect(await shown(reviewer, caseId)).toEqual([]);
    valueOf(await judgeRecord(owner, id, { state: "accepted" }, now));
    expect(await shown(reviewer, caseId)).toEqual(numbersOfReport);
    valueOf(await judgeRecord(owner, id, { state: "rejected", reason: "wrong_patient" }, now));
    for (const viewer of [reviewer, owner, patient]) expect(await shown(viewer, caseId)).toEqual([]);
    valueOf(await judgeRecord(owner, id, { state: "accepted" }, now));
    valueOf(await eraseRecord(owner, id, now));
    for (const viewer of [reviewer, owner, patient]) expect(await shown(viewer, caseId)).toEqual([]);
    expect((await recordRow(id)).erasedAt).not.toBeNull();
  });

  it("can be taken back by the desk, not by a patient or a stranger", async () => {
    const { tus, caseId, patient, owner } = await caseWithOwner();
    await uploadAndCheck(tus, caseId, report, { filename: "SR0001" });
    const [first] = (await measurementsOfCase(owner, caseId)) ?? [];
    for (const other of [patient, await makePatient(), await makeReviewer((await makeClinic()).id)])
      expect(reasonOf(await removeMeasurement(other, first?.id ?? "", now))).toBe("not_found");
    valueOf(await removeMeasurement(owner, first?.id ?? "", now));
    expect(await shown(owner, caseId)).toHaveLength(1);
  });
});

const told = (values: Record<string, { value: number; unit: string }>) =>
  addMeasurementsForm.parse({ measuredOn: "2026-05-20", values });
const severe = told({ mr_eroa_pisa: { value: 45, unit: "mm2" }, mr_rvol_pisa: { value: 65, unit: "mL" } });

describe("a patient's own numbers", () => {
  it("are shown as theirs without their name", async () => {
    const { caseId, patient, clinic } = await makeAnsweredCase();
    const reviewer = await makeReviewer(clinic.id);
    expect(await addMeasurements(patient, caseId, severe, now)).toEqual({ ok: true, value: { added: 2 } });
    expect(await measurementsOfCase(reviewer, caseId)).toMatchObject([
      { source: "patient", enteredByName: "" },
      { source: "patient", enteredByName: "" },
    ]);
  });

  it("are theirs to take back, and nobody's to write for them", async () => {
    const { caseId, patient } = await makeAnsweredCase();
    const stranger = await makePatient();
    expect(reasonOf(await addMeasurements(stranger, caseId, severe, now))).toBe("not_found");
    const refused = await callAs(
      stranger,
      postMeasurements,
      { id: caseId },
      { method: "POST", json: severe },
    );
    expect(refused.status).toBe(404);
    await addMeasurements(patient, caseId, severe, now);
    const [first] = (await measurementsOfCase(patient, caseId)) ?? [];
    expect(reasonOf(await removeMeasurement(stranger, first?.id ?? "", now))).toBe("not_found");
    valueOf(await removeMeasurement(patient, first?.id ?? "", now));
    expect(await shown(patient, caseId)).toHaveLength(1);
  });
});
