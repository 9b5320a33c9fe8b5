import { describe, expect, it } from "vitest";
import { dateOf } from "@/lib/kernel/day";
import { asPerson, openDb } from "@/lib/infra/db";
import { judgeStudy } from "@/lib/records/judge-study";
import { makeDicom } from "../../support/dicom";
import { makeCoordinator, testSystem } from "../../support/people";
import { caseWithOwner, recordRow, uploadAndCheck } from "../../support/records";

/** A case with a CT of three slices, and the study's UID. */
async function studyOf(count = 3) {
  const place = await caseWithOwner();
  const ids: string[] = [];
  for (let instance = 1; instance <= count; instance += 1) {
    const whose = { patientName: "PETROVA^ANNA", birthDate: "19500101" };
    const bytes = await makeDicom({ ...whose, modality: "CT", instance, studyDate: "20261012" });
    bytes.writeUInt32LE(instance, bytes.length - 8);
    ids.push((await uploadAndCheck(place.tus, place.caseId, bytes)).id);
  }
  const { studyUid } = (await recordRow(ids[0] ?? "")).header as { studyUid: string };
  return { ...place, ids, studyUid };
}

const statesOf = async (ids: readonly string[]) =>
  (await Promise.all(ids.map(recordRow))).map(({ state }) => state);
const traces = (ids: string[], event: string) =>
  openDb().auditEvent.count({ where: { event, objectId: { in: ids } } });

describe("a word on a whole study", () => {
  it("accepts each of its files, with a trace for each and one line of the timeline", async () => {
    const { owner, caseId, ids, studyUid } = await studyOf();
    const judged = await judgeStudy(
      owner,
      caseId,
      { state: "accepted", studyUid, item: "ct_gated" },
      new Date(),
    );
    expect(judged).toEqual({ ok: true, value: { judged: 3, asked: 0 } });
    expect(await statesOf(ids)).toEqual(["accepted", "accepted", "accepted"]);
    expect(await traces(ids, "record.accepted")).toBe(3);
    const [events, item] = await asPerson(testSystem, (tx) =>
      Promise.all([
        tx.caseEvent.count({ where: { caseId, kind: "record_accepted" } }),
        tx.checklistItem.findUnique({ where: { caseId_item: { caseId, item: "ct_gated" } } }),
      ]),
    );
    expect(events).toBe(1);
    expect(item).toMatchObject({ status: "accepted" });
  });

  it("refuses each with the reason", async () => {
    const { owner, caseId, ids, studyUid } = await studyOf();
    await judgeStudy(owner, caseId, { state: "rejected", studyUid, reason: "too_old" }, new Date());
    expect(await statesOf(ids)).toEqual(["rejected", "rejected", "rejected"]);
    expect((await recordRow(ids[0] ?? "")).rejectReason).toBe("too_old");
  });

  it("leaves files with an open question for a look of their own, and says so", async () => {
    const { owner, caseId, ids, studyUid, tus } = await studyOf(2);
    await asPerson(testSystem, (tx) =>
      tx.case.update({ where: { id: caseId }, data: { birthOn: dateOf("1950-01-01") } }),
    );
    const other = await makeDicom({ modality: "CT", instance: 9, birthDate: "19770707" });
    const asked = await uploadAndCheck(tus, caseId, other);
    const judged = await judgeStudy(owner, caseId, { state: "accepted", studyUid }, new Date());
    expect(judged).toEqual({ ok: true, value: { judged: 2, asked: 1 } });
    expect(await statesOf([...ids, asked.id])).toEqual(["accepted", "accepted", "readable"]);
  });

  it("accepts files with an open question when the coordinator says to have looked, and keeps who and when", async () => {
    const { owner, caseId, ids, studyUid } = await studyOf(2);
    const findings = [{ code: "birth_date_mismatch", facts: {} }];
    await asPerson(testSystem, (tx) =>
      tx.record.updateMany({ where: { id: { in: ids } }, data: { findings } }),
    );
    const word = { state: "accepted" as const, studyUid };
    expect(await judgeStudy(owner, caseId, word, new Date())).toMatchObject({
      value: { judged: 0, asked: 2 },
    });
    const looked = await judgeStudy(owner, caseId, { ...word, clearance: "on" }, new Date());
    expect(looked).toEqual({ ok: true, value: { judged: 2, asked: 0 } });
    for (const id of ids)
      expect((await recordRow(id)).findings).toMatchObject([{ clearedById: owner.personId }]);
    const where = { event: "record.accepted", objectId: { in: ids } };
    const written = await openDb().auditEvent.findMany({ where });
    expect(written.map(({ facts }) => facts)).toMatchObject([{ cleared: true }, { cleared: true }]);
  });

  it("said twice at once is written once", async () => {
    const { owner, caseId, ids, studyUid } = await studyOf();
    const say = () => judgeStudy(owner, caseId, { state: "accepted", studyUid }, new Date());
    const answers = await Promise.all([say(), say()]);
    const judged = answers.map((answer) => (answer.ok ? answer.value.judged : 0));
    expect(judged.toSorted()).toEqual([0, 3]);
    expect(await traces(ids, "record.accepted")).toBe(3);
  });

  it("is nobody else's, and says nothing of other studies", async () => {
    const { owner, caseId, ids, studyUid } = await studyOf(1);
    const word = { state: "accepted" as const, studyUid };
    const stranger = await judgeStudy(await makeCoordinator(), caseId, word, new Date());
    expect(stranger).toMatchObject({ ok: false, reason: "not_found" });
    const other = await judgeStudy(owner, caseId, { ...word, studyUid: "1.2.3" }, new Date());
    expect(other).toMatchObject({ ok: false, reason: "not_found" });
    expect(await statesOf(ids)).toEqual(["readable"]);
  });
});
