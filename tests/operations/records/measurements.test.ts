import { describe, expect, it } from "vitest";
import { GET as getMeasurements } from "@/app/api/v1/cases/[id]/measurements/route";
import { GET as getSeverity } from "@/app/api/v1/reviews/[id]/severity/route";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { addMeasurements } from "@/lib/records/add-measurements";
import { addMeasurementsForm } from "@/lib/records/forms";
import { measurementsOfCase } from "@/lib/records/queries";
import { removeMeasurement } from "@/lib/records/remove-measurement";
import { AIDS_SETTING } from "@/lib/reviews/clinical-aids";
import { severitiesForReview } from "@/lib/reviews/queries";
import { makeCase, openCaseToClinic } from "../../support/cases";
import { makeClinic } from "../../support/clinics";
import { reasonOf, traces, valueOf } from "../../support/outcomes";
import { makeCoordinator, makePatient, makeReviewer, testSystem } from "../../support/people";
import { callAs } from "../../support/records";
import { makeAnsweredCase } from "../../support/reviews";

const now = new Date("2026-06-01T12:00:00Z");

const told = (values: Record<string, [number | string, string]>, rest: object = {}) =>
  addMeasurementsForm.parse({
    measuredOn: "2026-05-20",
    values: Object.fromEntries(
      Object.entries(values).map(([field, [value, unit]]) => [field, { value, unit }]),
    ),
    ...rest,
  });

const severe = told({ mr_eroa_pisa: ["0,45", "cm2"], mr_rvol_pisa: [65, "mL"] });

async function shown(viewer: Parameters<typeof measurementsOfCase>[0], caseId: string) {
  const rows = await measurementsOfCase(viewer, caseId);
  return rows && rows.map(({ field, value }) => [field, value]).toSorted();
}

describe("measured numbers", () => {
  it("are kept in one unit with what was told beside it, all or none, and leave a trace", async () => {
    const { caseId, owner, patient } = await makeAnsweredCase();
    expect(await addMeasurements(owner, caseId, severe, now)).toEqual({ ok: true, value: { added: 2 } });
    expect(await measurementsOfCase(patient, caseId)).toMatchObject([
      { field: "mr_eroa_pisa", value: 45, toldValue: 0.45, toldUnit: "cm2", source: "coordinator" },
      { field: "mr_rvol_pisa", value: 65, toldValue: 65, toldUnit: "mL" },
    ]);
    expect(await traces(caseId, "measurement.added")).toBe(1);

    const half = told({ mr_vc_width: [7, "mm"], mr_rf_pisa: [500, "%"] });
    expect(await addMeasurements(owner, caseId, half, now)).toMatchObject({
      reason: "invalid_value",
      detail: { path: "values.mr_rf_pisa.value", low: 1, high: 90 },
    });
    expect(await shown(owner, caseId)).toHaveLength(2);
  });

  it("stand once, however often they are sent at once", async () => {
    const { caseId, owner } = await makeAnsweredCase();
    const added = await Promise.all([1, 2, 3].map(() => addMeasurements(owner, caseId, severe, now)));
    expect(added.map((one) => valueOf(one).added).toSorted()).toEqual([0, 0, 2]);
    expect(await shown(owner, caseId)).toHaveLength(2);
  });

  it("cannot be of tomorrow, nor out of another case's file", async () => {
    const { caseId, owner, patient } = await makeAnsweredCase();
    const later = { ...severe, measuredOn: "2026-06-03" as const };
    expect(reasonOf(await addMeasurements(owner, caseId, later, now))).toBe("invalid_day_ahead");
    const other = await makeCase({ patient, owner, stage: "collecting_records" });
    const recordId = newId();
    const row = { id: recordId, caseId: other.id, filename: "echo.pdf", sizeBytes: 10n, chunkBytes: 65_536 };
    await asPerson(testSystem, (tx) => tx.record.create({ data: row }));
    const foreign = { ...severe, recordId };
    expect(reasonOf(await addMeasurements(owner, caseId, foreign, now))).toBe("invalid_record");
    expect(valueOf(await addMeasurements(owner, other.id, foreign, now))).toEqual({ added: 2 });
  });

  it("are nobody's but the case's: no stranger, no other coordinator, no centre without consent", async () => {
    const { caseId, owner, clinic } = await makeAnsweredCase();
    await addMeasurements(owner, caseId, severe, now);
    const elsewhere = await makeReviewer((await makeClinic()).id);
    for (const stranger of [await makePatient(), elsewhere])
      expect(await measurementsOfCase(stranger, caseId)).toBeNull();
    const colleague = await makeCoordinator();
    expect(reasonOf(await addMeasurements(colleague, caseId, severe, now))).toBe("not_found");
    expect(await measurementsOfCase(colleague, caseId)).toEqual([]);
    expect(reasonOf(await addMeasurements(elsewhere, caseId, severe, now))).toBe("not_found");

    const reviewer = await makeReviewer(clinic.id);
    expect(await shown(reviewer, caseId)).toHaveLength(2);
    await asPerson(testSystem, (tx) =>
      tx.consent.updateMany({ where: { caseId, clinicId: clinic.id }, data: { withdrawnAt: now } }),
    );
    expect(await measurementsOfCase(reviewer, caseId)).toEqual([]);
    expect(reasonOf(await addMeasurements(reviewer, caseId, severe, now))).toBe("not_found");
  });

  it("of one centre are not shown to another, and only their own side takes them back, once", async () => {
    const { caseId, owner, clinic } = await makeAnsweredCase();
    const rival = await makeClinic();
    await openCaseToClinic(caseId, rival.id);
    const reviewer = await makeReviewer(clinic.id);
    const other = await makeReviewer(rival.id);
    await addMeasurements(owner, caseId, told({ lvef_biplane: [35, "%"] }), now);
    await addMeasurements(reviewer, caseId, severe, now);
    expect(await shown(reviewer, caseId)).toHaveLength(3);
    expect(await shown(other, caseId)).toEqual([["lvef_biplane", 35]]);

    const rows = (await measurementsOfCase(reviewer, caseId)) ?? [];
    const mine = rows.find(({ field }) => field === "mr_eroa_pisa")?.id ?? "";
    const desks = rows.find(({ field }) => field === "lvef_biplane")?.id ?? "";
    expect(reasonOf(await removeMeasurement(other, mine, now))).toBe("not_found");
    expect(reasonOf(await removeMeasurement(owner, mine, now))).toBe("not_found");
    expect(reasonOf(await removeMeasurement(reviewer, desks, now))).toBe("not_found");
    const twice = await Promise.all([1, 2].map(() => removeMeasurement(reviewer, mine, now)));
    expect(twice.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await traces(caseId, "measurement.removed")).toBe(1);
    // What was taken back may be written down again.
    expect(valueOf(await addMeasurements(reviewer, caseId, severe, now))).toEqual({ added: 1 });
  });
});

describe("what the numbers say", () => {
  const turn = (on: boolean) =>
    openDb().setting.upsert({
      where: { key: AIDS_SETTING },
      create: { key: AIDS_SETTING, value: { on } },
      update: { value: { on } },
    });

  it("is not told by what a patient typed", async () => {
    await turn(true);
    const { caseId, owner, patient, clinic, reviewId } = await makeAnsweredCase();
    const reviewer = await makeReviewer(clinic.id);
    valueOf(await addMeasurements(patient, caseId, severe, now));
    expect(valueOf(await severitiesForReview(reviewer, reviewId))).toEqual([]);
    valueOf(await addMeasurements(owner, caseId, severe, now));
    expect(valueOf(await severitiesForReview(reviewer, reviewId))).not.toEqual([]);
  });

  it("is shown to the reviewer of the case only, by each guideline, of the newest examination", async () => {
    await turn(true);
    const { caseId, owner, clinic, reviewId } = await makeAnsweredCase();
    const reviewer = await makeReviewer(clinic.id);
    await addMeasurements(owner, caseId, severe, now);
    const graded = async () =>
      valueOf(await severitiesForReview(reviewer, reviewId)).flatMap(({ lesion, severity }) =>
        lesion === "mr_secondary"
          ? [[severity.guideline, severity.state === "graded" ? severity.grade : severity.reason]]
          : [],
      );
    expect(await graded()).toEqual([
      ["ESC25", "severe"],
      ["ESC21", "severe"],
      ["ACC20", "severe"],
    ]);

    const later = told({ mr_eroa_pisa: [35, "mm2"], mr_rvol_pisa: [50, "mL"] }, { measuredOn: "2026-05-28" });
    await addMeasurements(owner, caseId, later, now);
    expect(await graded()).toEqual([
      ["ESC25", "moderate_upper"],
      ["ESC21", "moderate_upper"],
      ["ACC20", "not_severe"],
    ]);
    const stranger = await makeReviewer((await makeClinic()).id);
    expect(reasonOf(await severitiesForReview(stranger, reviewId))).toBe("not_found");
  });

  it("leaves a trace of whoever reads the numbers, or what they say, by the API", async () => {
    await turn(true);
    const { caseId, owner, clinic, reviewId } = await makeAnsweredCase();
    await addMeasurements(owner, caseId, severe, now);
    const reviewer = await makeReviewer(clinic.id);
    const stranger = await makeReviewer((await makeClinic()).id);
    expect((await callAs(stranger, getMeasurements, { id: caseId })).status).toBe(404);
    expect((await callAs(stranger, getSeverity, { id: reviewId })).status).toBe(404);
    expect(await traces(caseId, "case.viewed")).toBe(0);
    expect((await callAs(reviewer, getMeasurements, { id: caseId })).status).toBe(200);
    expect(await traces(caseId, "case.viewed")).toBe(1);
    expect((await callAs(reviewer, getSeverity, { id: reviewId })).status).toBe(200);
    expect(await traces(caseId, "review.viewed")).toBe(1);
  });

  it("is told to nobody where clinical aids are off, as they are before anybody turns them on", async () => {
    const { caseId, owner, clinic, reviewId } = await makeAnsweredCase();
    await addMeasurements(owner, caseId, severe, now);
    const reviewer = await makeReviewer(clinic.id);
    await turn(false);
    expect(reasonOf(await severitiesForReview(reviewer, reviewId))).toBe("clinical_aids_off");
    await openDb().setting.deleteMany({ where: { key: AIDS_SETTING } });
    expect(reasonOf(await severitiesForReview(reviewer, reviewId))).toBe("clinical_aids_off");
  });
});
