import { beforeAll, describe, expect, it } from "vitest";
import { addHours, dateOf } from "@/lib/kernel/day";
import type { Actor } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { makeCase, openCaseToClinic } from "../../support/cases";
import { makeClinic } from "../../support/clinics";
import { makeCoordinator, makeFinance, makePatient, makeReviewer, testSystem } from "../../support/people";

/** Tables a case's people see through the database's own eyes, without any `where` of ours. */
const CASE_TABLES = [
  "Case",
  "Consent",
  "CaseEvent",
  "Task",
  "Record",
  "ChecklistItem",
  "Review",
  "Estimate",
  "Message",
  "Document",
] as const;

async function seenBy(actor: Actor): Promise<Record<string, number>> {
  return asPerson(actor, async (tx) => {
    const counts: Record<string, number> = {};
    for (const table of CASE_TABLES) {
      const rows = await tx.$queryRawUnsafe<{ n: bigint }[]>(`SELECT count(*) AS n FROM "${table}"`);
      counts[table] = Number(rows[0]?.n ?? 0n);
    }
    return counts;
  });
}

const NOTHING = Object.fromEntries(CASE_TABLES.map((table) => [table, 0]));

describe("the database itself", () => {
  let caseId = "";
  let clinicId = "";
  let patient: Awaited<ReturnType<typeof makePatient>>;
  let owner: Awaited<ReturnType<typeof makeCoordinator>>;

  beforeAll(async () => {
    patient = await makePatient();
    owner = await makeCoordinator();
    clinicId = (await makeClinic()).id;
    caseId = (await makeCase({ patient, stage: "with_centres", owner })).id;
    const now = new Date();
    await asPerson(testSystem, async (tx) => {
      await tx.caseEvent.create({ data: { caseId, kind: "stage", actorRole: "system" } });
      await tx.task.create({
        data: { caseId, kind: "call", title: "call", ownerKind: "on_call", dueAt: addHours(now, 1) },
      });
      await tx.checklistItem.create({
        data: { caseId, item: "ecg", phase: 1, need: "required", position: 1 },
      });
      await tx.record.create({
        data: {
          caseId,
          filename: "echo.dcm",
          sizeBytes: 4n,
          offsetBytes: 4n,
          chunkBytes: 1024,
          state: "accepted",
          sha256: "00",
          completedAt: now,
          judgedAt: now,
          judgedById: owner.personId,
        },
      });
      const review = await tx.review.create({
        data: { caseId, clinicId, requestedById: owner.personId, dueAt: addHours(now, 72) },
      });
      await tx.estimate.create({
        data: {
          caseId,
          clinicId,
          reviewId: review.id,
          version: 1,
          currency: "EUR",
          validUntil: dateOf("2030-01-01"),
          createdById: owner.personId,
        },
      });
      for (const audience of ["patient", "centre", "internal"] as const) {
        await tx.message.create({
          data: {
            caseId,
            audience,
            clinicId: audience === "centre" ? clinicId : null,
            authorId: owner.personId,
            authorRole: "coordinator",
            authorName: "C",
            body: "Hello",
          },
        });
      }
    });
  });

  it("shows a stranger, an uninvited clinic and nobody at all nothing", async () => {
    const otherClinic = await makeClinic();
    expect(await seenBy(await makePatient())).toEqual(NOTHING);
    expect(await seenBy(await makeReviewer(otherClinic.id))).toEqual(NOTHING);
    expect(await openDb().case.count()).toBe(0);
    expect(await openDb().record.count()).toBe(0);
  });

  it("shows the patient their side: no internal words, no draft estimate", async () => {
    const seen = await seenBy(patient);
    expect(seen).toMatchObject({ Case: 1, Record: 1, Message: 1, Estimate: 0, Review: 1 });
  });

  it("shows a clinic its own side only while the door is open and the consent lives", async () => {
    const reviewer = await makeReviewer(clinicId);
    expect(await seenBy(reviewer)).toEqual(NOTHING);
    await openCaseToClinic(caseId, clinicId);
    expect(await seenBy(reviewer)).toMatchObject({ Case: 1, Record: 1, Message: 1, Review: 1 });
    await asPerson(testSystem, (tx) =>
      tx.consent.updateMany({ where: { caseId, clinicId }, data: { withdrawnAt: new Date() } }),
    );
    expect(await seenBy(reviewer)).toMatchObject({ Case: 1, Record: 0 });
    await asPerson(testSystem, (tx) =>
      tx.caseAccess.updateMany({ where: { caseId, clinicId }, data: { revokedAt: new Date() } }),
    );
    expect(await seenBy(reviewer)).toEqual(NOTHING);
  });

  it("shows records to the coordinator who owns the case and to no other", async () => {
    const other = await seenBy(await makeCoordinator());
    expect(other.Record).toBe(0);
    expect(other.Case).toBeGreaterThan(0);
    expect((await seenBy(owner)).Record).toBe(1);
  });

  it("shows finance money and no medicine", async () => {
    const seen = await seenBy(await makeFinance());
    expect(seen).toMatchObject({ Case: 0, Record: 0, Message: 0, Review: 0 });
  });

  it("lets nobody write into a case of somebody else", async () => {
    const stranger = await makePatient();
    const write = asPerson(stranger, (tx) =>
      tx.message.createMany({
        data: [
          {
            id: newId(),
            caseId,
            audience: "patient",
            authorId: stranger.personId,
            authorRole: "patient",
            authorName: "S",
            body: "in",
          },
        ],
      }),
    );
    await expect(write).rejects.toThrow(/row-level security/);
    const changed = await asPerson(stranger, (tx) =>
      tx.case.updateMany({ where: { id: caseId }, data: { problem: "mine" } }),
    );
    expect(changed.count).toBe(0);
  });

  it("forgets who asked as soon as the transaction ends", async () => {
    await seenBy(patient);
    const rows = await openDb().$queryRaw<
      { person: string | null }[]
    >`SELECT current_setting('app.person', true) AS person`;
    expect(rows[0]?.person ?? "").toBe("");
  });

  it("never lets the application rewrite what is append-only", async () => {
    await expect(
      asPerson(testSystem, (tx) => tx.auditEvent.deleteMany({ where: { actorRole: "system" } })),
    ).rejects.toThrow();
    await expect(
      asPerson(testSystem, (tx) => tx.caseEvent.updateMany({ where: { caseId }, data: { kind: "other" } })),
    ).rejects.toThrow();
  });

  it("refuses an open case without a next step, whoever writes it", async () => {
    const write = asPerson(testSystem, (tx) =>
      tx.case.updateMany({ where: { id: caseId }, data: { nextDueAt: null } }),
    );
    await expect(write).rejects.toThrow(/case_fits/);
  });

  it("refuses a second transaction inside the first", async () => {
    await expect(asPerson(testSystem, () => asPerson(testSystem, async () => 1))).rejects.toThrow(
      /open already/,
    );
  });
});
