import { describe, expect, it } from "vitest";
import { addDays, dateOf } from "@/lib/kernel/day";
import { asPerson, openDb } from "@/lib/infra/db";
import { expireDrafts } from "@/lib/records/expire-drafts";
import { makeCase } from "../../support/cases";
import { makePatient, testSystem } from "../../support/people";

const overdue = dateOf(addDays("2026-01-01", 0));

async function draft(dueAt: Date) {
  const patient = await makePatient();
  const { id } = await makeCase({ patient });
  await asPerson(testSystem, (tx) => tx.case.updateMany({ where: { id }, data: { nextDueAt: dueAt } }));
  return id;
}

/** A message and somebody asked to help, as a draft may have them too. */
async function withWords(caseId: string) {
  const { personId: helper } = await makePatient("Karim");
  const about = { caseId, authorId: helper, authorRole: "patient", authorName: "Karim" };
  await asPerson(testSystem, async (tx) => {
    await tx.message.create({ data: { ...about, audience: "patient", body: "She faints on the stairs." } });
    await tx.caseAccess.create({ data: { caseId, personId: helper, scopes: ["read"], purpose: "help" } });
    await tx.caseInvitation.create({
      data: {
        ...{ caseId, email: "karim@example.test", scopes: ["read"], tokenHash: caseId, invitedById: helper },
        expiresAt: new Date(Date.now() + 1e9),
      },
    });
  });
  return { helper };
}

describe("drafts that were never sent", () => {
  it("lose everything the person wrote, once, and leave a trace", async () => {
    const id = await draft(overdue);
    const { helper } = await withWords(id);
    const counts = await Promise.all([
      expireDrafts(testSystem, new Date()),
      expireDrafts(testSystem, new Date()),
    ]);
    expect(counts[0] + counts[1]).toBeGreaterThanOrEqual(1);
    const row = await asPerson(testSystem, (tx) => tx.case.findUniqueOrThrow({ where: { id } }));
    expect(row).toMatchObject({
      stage: "cancelled",
      problem: null,
      contactName: null,
      contactEmail: null,
      redFlags: null,
    });
    const left = await asPerson(testSystem, async (tx) => ({
      messages: await tx.message.count({ where: { caseId: id } }),
      invitation: await tx.caseInvitation.findFirstOrThrow({ where: { caseId: id } }),
      doors: await tx.caseAccess.count({ where: { caseId: id, personId: helper, revokedAt: null } }),
    }));
    expect(left).toMatchObject({ messages: 0, doors: 0, invitation: { email: "erased" } });
    expect(left.invitation.revokedAt).not.toBeNull();
    expect(await openDb().auditEvent.count({ where: { event: "case.expired", caseId: id } })).toBe(1);
  });

  it("stay while their time runs, and sent cases stay for good", async () => {
    const young = await draft(new Date(Date.now() + 86_400_000));
    const sent = await makeCase({ patient: await makePatient(), stage: "triage" });
    await expireDrafts(testSystem, new Date());
    const rows = await asPerson(testSystem, (tx) =>
      tx.case.findMany({ where: { id: { in: [young, sent.id] } } }),
    );
    expect(rows.map((row) => row.problem)).toEqual(["Leaky mitral valve", "Leaky mitral valve"]);
  });
});
