import { describe, expect, it } from "vitest";
import { GET as getContent } from "@/app/api/v1/records/[id]/content/route";
import { POST as postRestored } from "@/app/api/v1/records/[id]/restored/route";
import { asPerson, openDb } from "@/lib/infra/db";
import type { Damage } from "@/lib/infra/record-store-driver";
import { checkRecord } from "@/lib/records/check-record";
import { findingsOf } from "@/lib/records/finding";
import { judgeRecord } from "@/lib/records/judge-record";
import { noteDamage } from "@/lib/records/note-damage";
import { restoreRecord } from "@/lib/records/restore-record";
import { makePdf } from "../../support/dicom";
import { reasonOf, reasonsOf } from "../../support/outcomes";
import { makeAdmin, makeCoordinator, makeReviewer, testSystem } from "../../support/people";
import { makeClinic } from "../../support/clinics";
import { callAs, caseWithOwner, recordRow, uploadAndCheck } from "../../support/records";
import { type Backdoor, describeStores, DiskDoor } from "../../support/stores";
import { noise } from "../../support/uploads";

const MIB = 1_048_576;

/** A file that broke in the store and was noted so; `mend` puts its bytes back as a backup does. */
async function broken(door: Backdoor, id: string, at = 100) {
  const whole = await door.read(id, door.body);
  const changed = Buffer.from(whole);
  changed.writeUInt8(changed.readUInt8(at) ^ 4, at);
  await door.write(id, door.body, changed);
  await noteDamage(testSystem, met(id, "changed"), new Date());
  return { mend: () => door.write(id, door.body, whole) };
}

const met = (recordId: string, damage: Damage, at = new Date()) => ({
  recordId,
  damage,
  metAt: at.toISOString(),
});
const isMarked = async (id: string) =>
  findingsOf((await recordRow(id)).findings).some(({ code }) => code === "damaged");
const lineOf = (caseId: string, item: string) =>
  asPerson(testSystem, (tx) => tx.checklistItem.findFirst({ where: { caseId, item } }));

describeStores("a damaged file that was put back from a backup", (door) => {
  it("is what it was before, once every byte is as it was sent", async () => {
    const { patient, owner, tus, caseId } = await caseWithOwner();
    const { id } = await uploadAndCheck(tus, caseId, makePdf([["A"]]), { item: "letters" });
    await judgeRecord(owner, id, { state: "accepted" }, new Date());
    const { mend } = await broken(door(), id);
    expect((await recordRow(id)).state).toBe("rejected");
    // Asked too early, nothing changes.
    const early = await callAs(owner, postRestored, { id }, { method: "POST" });
    expect(early.status).toBe(409);
    expect(await early.json()).toMatchObject({ code: "still_damaged", damage: "changed" });
    expect(await recordRow(id)).toMatchObject({ state: "rejected", rejectReason: "unreadable" });
    expect((await lineOf(caseId, "letters"))?.status).toBe("rejected");
    await mend();
    const answer = await callAs(owner, postRestored, { id }, { method: "POST" });
    expect(await answer.json()).toMatchObject({ id, state: "accepted", reason: null });
    expect(await recordRow(id)).toMatchObject({ judgedById: owner.personId, rejectReason: null });
    expect(await isMarked(id)).toBe(false);
    expect(await lineOf(caseId, "letters")).toMatchObject({ status: "accepted", recordId: id });
    expect((await callAs(patient, getContent, { id })).status).toBe(200);
    const trace = { event: "record.restored", objectId: id, actorId: owner.personId };
    const rows = await openDb().auditEvent.findMany({ where: trace, select: { facts: true } });
    expect(rows).toEqual([{ facts: { from: "rejected", to: "accepted" } }]);
  });

  it("is not marked again by a word of the damage that was met before", async () => {
    const { owner, tus, caseId } = await caseWithOwner();
    const { id } = await uploadAndCheck(tus, caseId, makePdf([["A"]]), { item: "letters" });
    await judgeRecord(owner, id, { state: "accepted" }, new Date());
    const late = met(id, "changed");
    const { mend } = await broken(door(), id);
    await mend();
    await restoreRecord(owner, id, new Date());
    await noteDamage(testSystem, late, new Date());
    expect(await recordRow(id)).toMatchObject({ state: "accepted" });
    await noteDamage(testSystem, met(id, "changed", new Date(Date.now() + 1_000)), new Date());
    expect(await recordRow(id)).toMatchObject({ state: "rejected" });
  });

  it("is read to its end: damage in its last part is found", async () => {
    const { owner, tus, caseId } = await caseWithOwner();
    const id = await tus.upload(caseId, noise(3 * MIB));
    const whole = await door().read(id, door().body);
    await broken(door(), id, whole.length - 5);
    expect(reasonOf(await restoreRecord(owner, id, new Date()))).toBe("still_damaged");
    expect(await isMarked(id)).toBe(true);
  });
});

describe("taking the mark of damage away", () => {
  const door = () => new DiskDoor();

  it("brings a file back to its coordinator's look, or to its check", async () => {
    const { owner, tus, caseId } = await caseWithOwner();
    const { id: read } = await uploadAndCheck(tus, caseId, makePdf([["A"]]), { item: "letters" });
    const unread = await tus.upload(caseId, makePdf([["B"]]));
    for (const id of [read, unread]) {
      const { mend } = await broken(door(), id);
      await mend();
      expect(reasonOf(await restoreRecord(owner, id, new Date()))).toBe("done");
    }
    expect(await recordRow(read)).toMatchObject({ state: "readable", judgedAt: null });
    expect((await lineOf(caseId, "letters"))?.status).toBe("given");
    expect((await recordRow(unread)).state).toBe("scanning");
    await checkRecord(testSystem, unread, new Date());
    expect((await recordRow(unread)).state).toBe("readable");
  });

  it("leaves the line to the file that was sent again meanwhile", async () => {
    const { owner, tus, caseId } = await caseWithOwner();
    const { id } = await uploadAndCheck(tus, caseId, makePdf([["A"]]), { item: "letters" });
    const { mend } = await broken(door(), id);
    const again = await uploadAndCheck(tus, caseId, makePdf([["A, again"]]), { item: "letters" });
    await mend();
    await restoreRecord(owner, id, new Date());
    expect(await lineOf(caseId, "letters")).toMatchObject({ status: "given", recordId: again.id });
  });

  it("takes back nothing a person said before: what was refused stays refused", async () => {
    const { owner, tus, caseId } = await caseWithOwner();
    const { id } = await uploadAndCheck(tus, caseId, makePdf([["A"]]));
    await judgeRecord(owner, id, { state: "rejected", reason: "wrong_patient" }, new Date());
    const { mend } = await broken(door(), id);
    await mend();
    await restoreRecord(owner, id, new Date());
    expect(await recordRow(id)).toMatchObject({ state: "rejected", rejectReason: "wrong_patient" });
    expect(await isMarked(id)).toBe(false);
  });

  it("is done once when it is asked for many times at once", async () => {
    const { owner, tus, caseId } = await caseWithOwner();
    const { id } = await uploadAndCheck(tus, caseId, makePdf([["A"]]));
    const { mend } = await broken(door(), id);
    await mend();
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => restoreRecord(owner, id, new Date())));
    expect(reasonsOf(all).filter((reason) => reason === "done")).toHaveLength(1);
    expect(await openDb().auditEvent.count({ where: { event: "record.restored", objectId: id } })).toBe(1);
  });
});

describe("a file's mark of damage", () => {
  it("is nobody's to take away but its coordinator's", async () => {
    const { patient, tus, caseId } = await caseWithOwner();
    const { id } = await uploadAndCheck(tus, caseId, makePdf([["A"]]));
    await noteDamage(testSystem, met(id, "gone"), new Date());
    const strangers = [
      await makeCoordinator(),
      await makeAdmin(),
      await makeReviewer((await makeClinic()).id),
    ];
    for (const person of [patient, ...strangers])
      expect((await callAs(person, postRestored, { id }, { method: "POST" })).status).toBe(404);
    expect((await callAs(null, postRestored, { id }, { method: "POST" })).status).toBe(401);
    expect(await isMarked(id)).toBe(true);
  });

  it("cannot be taken away where there is none", async () => {
    const { owner, tus, caseId } = await caseWithOwner();
    const { id } = await uploadAndCheck(tus, caseId, makePdf([["A"]]));
    expect(reasonOf(await restoreRecord(owner, id, new Date()))).toBe("illegal_transition");
  });
});
