import { describe, expect, it } from "vitest";
import { PATCH as patchItem } from "@/app/api/v1/cases/[id]/checklist/[item]/route";
import { GET as getChecklist } from "@/app/api/v1/cases/[id]/checklist/route";
import { GET as getContent } from "@/app/api/v1/records/[id]/content/route";
import { GET as getPreview } from "@/app/api/v1/records/[id]/preview/route";
import { PATCH as patchRecord } from "@/app/api/v1/records/[id]/route";
import { dateOf } from "@/lib/kernel/day";
import { waitingFiles } from "@/lib/desk/queries/case";
import { asPerson, openDb } from "@/lib/infra/db";
import { checklistFor } from "@/lib/records/checklist";
import { judgeRecord } from "@/lib/records/judge-record";
import { openRequiredItems, recordsOfCase } from "@/lib/records/queries";
import { makeDicom, makePdf } from "../../support/dicom";
import { reasonOf } from "../../support/outcomes";
import { makeCoordinator, makePatient, testSystem } from "../../support/people";
import { callAs, caseWithOwner, recordRow, uploadAndCheck } from "../../support/records";

const PATCH = { method: "PATCH" };
const audits = (event: string, objectId: string) => openDb().auditEvent.count({ where: { event, objectId } });
/** How many questions to the database wait for what this session of it holds. */
async function waitingFor(holder: number): Promise<number> {
  const [row] = await openDb().$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM pg_locks
    WHERE NOT granted AND ${holder}::int = ANY (pg_blocking_pids(pid))`;
  return row?.n ?? 0;
}

const openItems = (caseId: string) => asPerson(testSystem, (tx) => openRequiredItems(tx, caseId));

async function report(item = "tte_report") {
  const world = await caseWithOwner();
  const row = await uploadAndCheck(world.tus, world.caseId, makePdf([["Report"]]), {
    item,
    filename: "r.pdf",
  });
  return { ...world, id: row.id };
}

async function lines(person: Parameters<typeof callAs>[0], caseId: string) {
  const answer = await callAs(person, getChecklist, { id: caseId });
  expect(answer.status).toBe(200);
  const body = (await answer.json()) as {
    items: { item: string; status: string; title: string; why: string }[];
  };
  return new Map(body.items.map((line) => [line.item, line]));
}

describe("accepting a record", () => {
  it("settles its line, tells the timeline and leaves a trace", async () => {
    const { owner, patient, caseId, id } = await report();
    const answer = await callAs(owner, patchRecord, { id }, { ...PATCH, json: { state: "accepted" } });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ id, state: "accepted", reason: null });
    expect((await lines(patient, caseId)).get("tte_report")).toMatchObject({ status: "accepted" });
    expect(await openItems(caseId)).toEqual(["tte_loops", "ecg", "labs", "medication_list"]);
    expect(await audits("record.accepted", id)).toBe(1);
    const event = { caseId, kind: "record_accepted" };
    expect(await asPerson(testSystem, (tx) => tx.caseEvent.count({ where: event }))).toBe(1);
  });

  it("is done once when asked twice at once", async () => {
    const { owner, id } = await report();
    const judge = () => judgeRecord(owner, id, { state: "accepted" }, new Date());
    const answers = await Promise.all([judge(), judge()]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ reason: "illegal_transition" });
    expect(await audits("record.accepted", id)).toBe(1);
  });

  it("sees what the check of the stored bytes said while it waited for the row", async () => {
    const { owner, id } = await report();
    await judgeRecord(owner, id, { state: "rejected", reason: "other" }, new Date());
    const [begun, going] = [Promise.withResolvers<number>(), Promise.withResolvers<void>()];
    const noted = asPerson(testSystem, async (tx) => {
      const findings = [{ code: "damaged", facts: { was: "rejected" } }];
      await tx.record.update({ where: { id }, data: { findings } });
      const [own] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      begun.resolve(own?.pid ?? 0);
      await going.promise;
    });
    const holder = await begun.promise;
    const word = { state: "accepted" as const, clearance: true as const };
    const judged = judgeRecord(owner, id, word, new Date());
    await expect.poll(() => waitingFor(holder), { timeout: 15_000 }).toBeGreaterThan(0);
    going.resolve();
    await noted;
    expect(reasonOf(await judged)).toBe("illegal_transition");
    expect((await recordRow(id)).findings).toMatchObject([{ code: "damaged" }]);
  });

  it("says in its trace that a question was answered only where it was", async () => {
    const { owner, tus, caseId } = await caseWithOwner();
    const strange = await makeDicom({ patientName: "Schmidt^Walter" });
    const { id } = await uploadAndCheck(tus, caseId, strange);
    const judge = (form: Parameters<typeof judgeRecord>[2]) => judgeRecord(owner, id, form, new Date());
    expect((await judge({ state: "rejected", reason: "other" })).ok).toBe(true);
    expect((await judge({ state: "accepted", clearance: true })).ok).toBe(true);
    const traces = await openDb().auditEvent.findMany({
      where: { objectId: id, event: { in: ["record.rejected", "record.accepted"] } },
      orderBy: { at: "asc" },
    });
    expect(traces.map(({ facts }) => facts)).toMatchObject([{ cleared: false }, { cleared: true }]);
  });

  it("needs a clearance when the birth date is another, and keeps who gave it", async () => {
    const { owner, tus, caseId } = await caseWithOwner();
    const birthOn = dateOf("1960-06-06");
    await asPerson(testSystem, (tx) => tx.case.update({ where: { id: caseId }, data: { birthOn } }));
    const { id } = await uploadAndCheck(tus, caseId, await makeDicom());
    const asked = await callAs(owner, patchRecord, { id }, { ...PATCH, json: { state: "accepted" } });
    expect(asked.status).toBe(409);
    expect(await asked.json()).toMatchObject({ code: "needs_clearance" });
    const json = { state: "accepted", clearance: "The patient confirmed by phone; a typing error." };
    const answer = await callAs(owner, patchRecord, { id }, { ...PATCH, json });
    expect(answer.status).toBe(200);
    const today = new Date().toISOString().slice(0, 10);
    const shown = (await answer.json()) as { findings: { code: string }[] };
    expect(shown).toMatchObject({ state: "accepted", needsClearance: false });
    expect(shown.findings.find(({ code }) => code === "birth_date_mismatch")).toEqual({
      code: "birth_date_mismatch",
      sentence: "The birth date in this file is not the one of this case.",
      facts: {},
      needsClearance: false,
      clearedOn: today,
    });
    expect(JSON.stringify((await recordRow(id)).findings)).toContain(owner.personId);
  });

  it("can file the record under another line", async () => {
    const { owner, patient, caseId, id } = await report("letters");
    const json = { state: "accepted", item: "labs" };
    expect((await callAs(owner, patchRecord, { id }, { ...PATCH, json })).status).toBe(200);
    expect((await lines(patient, caseId)).get("labs")).toMatchObject({ status: "accepted" });
    const wrong = { state: "accepted", item: "horoscope" };
    expect((await callAs(owner, patchRecord, { id }, { ...PATCH, json: wrong })).status).toBe(409);
  });
});

describe("a file the check could not read", () => {
  it("stays closed to everybody but its patient, whatever is said about it", async () => {
    const { owner, patient, tus, caseId } = await caseWithOwner();
    const { id } = await uploadAndCheck(tus, caseId, Buffer.from("MZ a program"), { item: "ecg" });
    const judge = (json: object) => callAs(owner, patchRecord, { id }, { ...PATCH, json });
    expect((await judge({ state: "accepted" })).status).toBe(409);
    expect((await judge({ state: "rejected", reason: "unreadable" })).status).toBe(200);
    // A refusal is taken back where the file was fine; here it would let a program through.
    expect((await judge({ state: "accepted" })).status).toBe(409);
    expect((await callAs(owner, getContent, { id })).status).toBe(409);
    expect((await callAs(owner, getPreview, { id })).status).toBe(409);
    expect((await callAs(patient, getContent, { id })).status).toBe(200);
    expect((await recordRow(id)).state).toBe("rejected");
  });
});

describe("rejecting a record", () => {
  it("needs a reason of the list, and opens its line again", async () => {
    const { owner, patient, caseId, id } = await report();
    for (const json of [
      { state: "rejected" },
      { state: "rejected", reason: "ugly" },
      { state: "scanning" },
      {},
    ]) {
      expect((await callAs(owner, patchRecord, { id }, { ...PATCH, json })).status).toBe(422);
    }
    await judgeRecord(owner, id, { state: "accepted" }, new Date());
    const json = { state: "rejected", reason: "other", note: "Page two is missing: please send it." };
    const answer = await callAs(owner, patchRecord, { id }, { ...PATCH, json });
    expect(await answer.json()).toMatchObject({
      state: "rejected",
      reason: "other",
      note: "Page two is missing: please send it.",
    });
    expect((await lines(patient, caseId)).get("tte_report")).toMatchObject({
      status: "rejected",
      reason: "other",
    });
    expect(await openItems(caseId)).toContain("tte_report");
  });

  it("of another file leaves an accepted line alone", async () => {
    const { owner, patient, caseId, id, tus } = await report();
    await judgeRecord(owner, id, { state: "accepted" }, new Date());
    const second = await uploadAndCheck(tus, caseId, makePdf([["Old"]]), { item: "tte_report" });
    await judgeRecord(owner, second.id, { state: "rejected", reason: "too_old" }, new Date());
    expect((await lines(patient, caseId)).get("tte_report")).toMatchObject({ status: "accepted" });
  });

  it("is possible for an unreadable file, accepting it is not", async () => {
    const { owner, tus, caseId } = await caseWithOwner();
    const { id } = await uploadAndCheck(tus, caseId, Buffer.from("MZ"));
    expect(await judgeRecord(owner, id, { state: "accepted" }, new Date())).toMatchObject({
      reason: "illegal_transition",
    });
    const said = await judgeRecord(owner, id, { state: "rejected", reason: "unreadable" }, new Date());
    expect(said.ok).toBe(true);
  });
});

describe("who may judge", () => {
  it("is the owning coordinator alone", async () => {
    const { patient, caseId, id } = await report();
    const other = await makeCoordinator();
    const json = { state: "accepted" };
    expect((await callAs(other, patchRecord, { id }, { ...PATCH, json })).status).toBe(404);
    // The number of files is all a colleague learns before taking the case.
    expect((await recordsOfCase(other, caseId, { limit: 10 }))?.items).toEqual([]);
    expect(await waitingFiles(other, caseId)).toBe(1);
    expect((await callAs(patient, patchRecord, { id }, { ...PATCH, json })).status).toBe(404);
    expect((await recordRow(id)).state).toBe("readable");
  });
});

describe("the checklist", () => {
  it("asks in two phases and says why, in words", async () => {
    const { patient, caseId } = await caseWithOwner();
    const all = await lines(patient, caseId);
    expect([...all.keys()]).toEqual(checklistFor("teer").map((rule) => rule.item));
    expect(all.get("ecg")).toMatchObject({ phase: 1, need: "required", status: "missing", maxAgeDays: 92 });
    for (const line of all.values()) expect(line.title.length * line.why.length).toBeGreaterThan(100);
  });

  it("lets the coordinator close a gap with a reason", async () => {
    const { owner, patient, caseId } = await caseWithOwner();
    const close = (item: string, json: unknown, person = owner) =>
      callAs(person, patchItem, { id: caseId, item }, { ...PATCH, json });
    expect((await close("ecg", { status: "waived" })).status).toBe(422);
    expect((await close("ecg", { status: "accepted", reason: "x" })).status).toBe(422);
    expect((await close("ecg", { status: "waived", reason: "a\u0000b" })).status).toBe(422);
    expect((await close("horoscope", { status: "waived", reason: "x" })).status).toBe(404);
    expect((await close("ecg", { status: "waived", reason: "x" }, await makeCoordinator())).status).toBe(404);
    const answer = await close("ecg", { status: "waived", reason: "Sent by the home doctor last week." });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ item: "ecg", status: "waived", recordId: null });
    await close("labs", { status: "not_available", reason: "None were taken." });
    expect(await openItems(caseId)).toEqual(["tte_report", "tte_loops", "medication_list"]);
    expect((await lines(patient, caseId)).get("labs")).toMatchObject({ status: "not_available" });
    const where = { event: "checklist.closed", caseId };
    expect(await openDb().auditEvent.count({ where })).toBe(2);
  });

  it("closes no line whose file was accepted", async () => {
    const { owner, patient, caseId, id } = await report();
    await judgeRecord(owner, id, { state: "accepted" }, new Date());
    const json = { status: "waived", reason: "Not needed." };
    const answer = await callAs(owner, patchItem, { id: caseId, item: "tte_report" }, { ...PATCH, json });
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({ code: "line_accepted" });
    expect((await lines(patient, caseId)).get("tte_report")).toMatchObject({
      status: "accepted",
      recordId: id,
    });
    await judgeRecord(owner, id, { state: "rejected", reason: "unreadable" }, new Date());
    const again = await callAs(owner, patchItem, { id: caseId, item: "tte_report" }, { ...PATCH, json });
    expect(again.status).toBe(200);
  });

  it("keeps a closed line closed when a file arrives later, until it is accepted", async () => {
    const { owner, tus, caseId, patient } = await caseWithOwner();
    const json = { status: "waived", reason: "Not needed." };
    await callAs(owner, patchItem, { id: caseId, item: "labs" }, { ...PATCH, json });
    const { id } = await uploadAndCheck(tus, caseId, makePdf([["Labs"]]), { item: "labs" });
    expect((await lines(patient, caseId)).get("labs")).toMatchObject({ status: "waived" });
    await judgeRecord(owner, id, { state: "accepted" }, new Date());
    expect((await lines(patient, caseId)).get("labs")).toMatchObject({ status: "accepted" });
  });

  it("is hidden from a stranger", async () => {
    const { caseId } = await caseWithOwner();
    expect((await callAs(await makePatient(), getChecklist, { id: caseId })).status).toBe(404);
  });
});
