import { beforeEach, describe, expect, it } from "vitest";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { AGE_SETTING } from "@/lib/records/age-limit";
import { agesOfCentre } from "@/lib/records/find-limits";
import { ageLimitsForm } from "@/lib/records/forms";
import { checklistForCase } from "@/lib/records/queries";
import { saveCentreAges } from "@/lib/records/save-centre-ages";
import { settleItem } from "@/lib/records/settle-item";
import { openCaseToClinic } from "../../support/cases";
import { makeClinic } from "../../support/clinics";
import { reasonOf, reasonsOf, valueOf } from "../../support/outcomes";
import { makeManager, makeReviewer, testSystem } from "../../support/people";
import { caseWithOwner } from "../../support/records";

const now = new Date();
const form = (ages: Record<string, string>, seenAt: Date | null = null) =>
  ageLimitsForm.parse({ ages, seenAt: seenAt?.toISOString() ?? "" });

beforeEach(() => openDb().setting.deleteMany({ where: { key: AGE_SETTING } }));

/** A centre that says how old records may be. */
async function centre(ages: Record<string, string>) {
  const clinic = await makeClinic();
  const manager = await makeManager(clinic.id);
  valueOf(await saveCentreAges(manager, form(ages), now));
  return { ...clinic, manager };
}

describe("how old records may be at one centre", () => {
  it("counts for a case whose patient asks it, with its name, and for no other", async () => {
    const { patient, owner, caseId } = await caseWithOwner();
    const { id, name } = await centre({ ecg: "30" });
    const lineFor = async (viewer: Parameters<typeof checklistForCase>[0]) =>
      (await checklistForCase(viewer, caseId))?.find(({ item }) => item === "ecg");
    expect(await lineFor(patient)).toMatchObject({ maxAgeDays: 92, centre: null });
    const record = { id: newId(), caseId, filename: "ecg.pdf", sizeBytes: 10n, chunkBytes: 65_536 };
    await asPerson(testSystem, async (tx) => {
      await tx.record.create({ data: { ...record, examOn: dateOf(addDays(dayOf(now), -40)) } });
      await settleItem(tx, { caseId, item: "ecg", status: "given", recordId: record.id });
    });
    expect((await lineFor(patient))?.status).toBe("given");
    await openCaseToClinic(caseId, id);
    for (const viewer of [patient, owner])
      expect(await lineFor(viewer)).toMatchObject({ maxAgeDays: 30, centre: name, status: "too_old" });
    await openDb().$transaction(async (tx) => {
      await tx.$executeRaw`SELECT set_config('app.role', 'system', true)`;
      await tx.consent.updateMany({ where: { caseId }, data: { withdrawnAt: now } });
    });
    expect(await lineFor(patient)).toMatchObject({ maxAgeDays: 92, centre: null, status: "given" });
  });

  it("is the strictest of those that are asked, and each of them hears of its own alone", async () => {
    const { patient, caseId } = await caseWithOwner();
    const [strict, loose] = [await centre({ ecg: "20" }), await centre({ ecg: "300", labs: "10" })];
    for (const { id } of [strict, loose]) await openCaseToClinic(caseId, id);
    const said = async (viewer: Parameters<typeof checklistForCase>[0]) =>
      (await checklistForCase(viewer, caseId))
        ?.filter(({ item }) => item === "ecg" || item === "labs")
        .map(({ item, maxAgeDays, centre: whose }) => [item, maxAgeDays, whose]);
    expect(await said(patient)).toEqual([
      ["ecg", 20, strict.name],
      ["labs", 10, loose.name],
    ]);
    expect(await said(await makeReviewer(loose.id))).toEqual([
      ["ecg", 300, loose.name],
      ["labs", 10, loose.name],
    ]);
    expect(await said(await makeReviewer(strict.id))).toEqual([
      ["ecg", 20, strict.name],
      ["labs", 42, null],
    ]);
  });

  it("is changed with a trace, once by two who looked at the same time", async () => {
    const { manager, id } = await centre({ ecg: "30" });
    expect(reasonOf(await saveCentreAges(manager, form({ ecg: "40" }), now))).toBe("stale_settings");
    const later = new Date(now.getTime() + 1_000);
    const both = await Promise.all([
      saveCentreAges(manager, form({ ecg: "40" }, now), later),
      saveCentreAges(await makeManager(id), form({ ecg: "50" }, now), later),
    ]);
    expect(reasonsOf(both)).toEqual(["done", "stale_settings"]);
    const lines = (await agesOfCentre(manager)).lines;
    expect([40, 50]).toContain(lines.find(({ item }) => item === "ecg")?.maxAgeDays);
    expect(lines.find(({ item }) => item === "labs")).toEqual({
      ...{ item: "labs", maxAgeDays: null, usualDays: 42 },
    });
    const trace = { event: "centre.ages_changed", objectId: id };
    expect(await openDb().auditEvent.count({ where: trace })).toBe(2);
  });

  it("is no other centre's to change, also in the database itself", async () => {
    const { id } = await centre({ ecg: "30" });
    const other = await makeManager((await makeClinic()).id);
    const reviewer = await makeReviewer(id);
    const data = { ages: {}, changedAt: new Date() };
    for (const person of [other, reviewer]) {
      const change = await asPerson(person, (tx) =>
        tx.clinicRecordAges.updateMany({ where: { clinicId: id }, data }),
      );
      expect(change.count).toBe(0);
    }
    const elsewhere = (await makeClinic()).id;
    const add = asPerson(other, (tx) =>
      tx.clinicRecordAges.create({ data: { clinicId: elsewhere, changedById: other.personId, ...data } }),
    );
    await expect(add).rejects.toThrow(/row-level security/);
  });
});
