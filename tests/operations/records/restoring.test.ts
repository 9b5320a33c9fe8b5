import { describe, expect, it } from "vitest";
import { GET as getContent } from "@/app/api/v1/records/[id]/content/route";
import { POST as postRestored } from "@/app/api/v1/records/[id]/restored/route";
import type { Coordinator } from "@/lib/kernel/actor";
import { asPerson, openDb } from "@/lib/infra/db";
import type { Damage } from "@/lib/infra/record-store-driver";
import { askRestore } from "@/lib/records/ask-restore";
import { checkRecord } from "@/lib/records/check-record";
import { damageOf, findingsOf } from "@/lib/records/finding";
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
/** What the coordinator asks for, and the worker's part of it. */
async function restore(owner: Coordinator, id: string) {
  const asked = await askRestore(owner, id, new Date());
  await restoreRecord(testSystem, { recordId: id, askedById: owner.personId }, new Date());
  return asked;
}

const markOf = async (id: string) => damageOf(findingsOf((await recordRow(id)).findings));
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
    // Asked too early, nothing changes but the word when it was read.
    const early = await callAs(owner, postRestored, { id }, { method: "POST" });
    expect(early.status).toBe(202);
    expect(await early.json()).toMatchObject({ id, state: "rejected" });
    expect((await markOf(id))?.facts).toMatchObject({ was: "accepted", askedAt: expect.any(String) });
    await restoreRecord(testSystem, { recordId: id, askedById: owner.personId }, new Date());
    expect((await markOf(id))?.facts).toEqual({ was: "accepted", readAt: expect.any(String) });
    expect(await recordRow(id)).toMatchObject({ state: "rejected", rejectReason: "unreadable" });
    expect((await lineOf(caseId, "letters"))?.status).toBe("rejected");
    await mend();
    await restore(owner, id);
    expect(await recordRow(id)).toMatchObject({ state: "accepted", rejectReason: null });
    expect(await recordRow(id)).toMatchObject({ judgedById: owner.personId, rejectReason: null });
    expect(await isMarked(id)).toBe(false);
    expect(await lineOf(caseId, "letters")).toMatchObject({ status: "accepted", recordId: id });
    expect((await callAs(patient, getContent, { id })).status).toBe(200);
    const trace = { event: { in: ["record.restored", "record.restore_asked"] }, objectId: id };
    const rows = await openDb().auditEvent.findMany({
      where: trace,
      select: { event: true, actorId: true, facts: true },
      orderBy: { at: "asc" },
    });
    const asked = { event: "record.restore_asked", actorId: owner.personId, facts: null };
    const facts = { from: "rejected", to: "accepted", askedById: owner.personId };
    expect(rows).toEqual([asked, asked, { event: "record.restored", actorId: null, facts }]);
  });

  it("is not marked again by a word of the damage that was met before", async () => {
    const { owner, tus, caseId } = await caseWithOwner();
    const { id } = await uploadAndCheck(tus, caseId, makePdf([["A"]]), { item: "letters" });
    await judgeRecord(owner, id, { state: "accepted" }, new Date());
    const late = met(id, "changed");
    const { mend } = await broken(door(), id);
    await mend();
    await restore(owner, id);
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
    await restore(owner, id);
    expect((await markOf(id))?.facts.readAt).toEqual(expect.any(String));
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
      expect(reasonOf(await restore(owner, id))).toBe("done");
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
    await restore(owner, id);
    expect(await lineOf(caseId, "letters")).toMatchObject({ status: "given", recordId: again.id });
  });

  it("takes back nothing a person said before: what was refused stays refused", async () => {
    const { owner, tus, caseId } = await caseWithOwner();
    const { id } = await uploadAndCheck(tus, caseId, makePdf([["A"]]));
    await judgeRecord(owner, id, { state: "rejected", reason: "wrong_patient" }, new Date());
    const { mend } = await broken(door(), id);
    await mend();
    await restore(owner, id);
    expect(await recordRow(id)).toMatchObject({ state: "rejected", rejectReason: "wrong_patient" });
    expect(await isMarked(id)).toBe(false);
  });

  it("is done once when it is asked for many times at once", async () => {
    const { owner, tus, caseId } = await caseWithOwner();
    const { id } = await uploadAndCheck(tus, caseId, makePdf([["A"]]));
    const { mend } = await broken(door(), id);
    await mend();
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => askRestore(owner, id, new Date())));
    expect(reasonsOf(all)).toEqual(all.map(() => "done"));
    const jobs = await openDb().$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM pgboss.job WHERE name = 'record.restore' AND data->>'recordId' = ${id}`;
    expect(jobs).toEqual([{ n: 1 }]);
    const told = { recordId: id, askedById: owner.personId };
    await Promise.all([1, 2, 3].map(() => restoreRecord(testSystem, told, new Date())));
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
    expect(reasonOf(await askRestore(owner, id, new Date()))).toBe("illegal_transition");
  });

  it("is asked for anew when the queue gave a reading up", async () => {
    const { owner, tus, caseId } = await caseWithOwner();
    const { id } = await uploadAndCheck(tus, caseId, makePdf([["A"]]));
    await noteDamage(testSystem, met(id, "gone"), new Date());
    const start = Date.now();
    const jobs = async () =>
      openDb().$queryRaw<{ n: number }[]>`
        SELECT count(*)::int AS n FROM pgboss.job WHERE name = 'record.restore' AND data->>'recordId' = ${id}`;
    for (const minutes of [0, 59, 61]) await askRestore(owner, id, new Date(start + minutes * 60_000));
    expect(await jobs()).toEqual([{ n: 2 }]);
  });
});
