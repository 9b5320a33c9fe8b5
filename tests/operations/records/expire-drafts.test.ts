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

describe("drafts that were never sent", () => {
  it("lose everything the person wrote, once, and leave a trace", async () => {
    const id = await draft(overdue);
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
