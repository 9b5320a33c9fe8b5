import { describe, expect, it } from "vitest";
import { openCase } from "@/lib/cases/open-case";
import { findCasesFor, recentCasesFor } from "@/lib/desk/queries/find";
import { asPerson } from "@/lib/infra/db";
import { addHours } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { makeCase } from "../../support/cases";
import { makeClinic } from "../../support/clinics";
import { makeCoordinator, makePatient, testSystem } from "../../support/people";

describe("finding a case from anywhere on the desk", () => {
  it("finds it by number and by the patient's name", async () => {
    const coordinator = await makeCoordinator();
    const name = `Zuzana ${newId().slice(-6)}`;
    const { id } = await makeCase({ patient: await makePatient(name), stage: "triage", owner: coordinator });
    const [found] = await findCasesFor(coordinator, name.toLowerCase());
    expect(found).toMatchObject({ id, contactName: name, stage: "triage", centres: [] });
    expect(await findCasesFor(coordinator, found?.number ?? "")).toMatchObject([{ id }]);
  });

  it("finds it by the name of a centre that was asked", async () => {
    const coordinator = await makeCoordinator();
    const clinic = await makeClinic();
    const { id: caseId } = await makeCase({
      patient: await makePatient(),
      stage: "with_centres",
      owner: coordinator,
    });
    await asPerson(testSystem, (tx) =>
      tx.review.create({
        data: {
          ...{ caseId, clinicId: clinic.id, state: "requested" as const },
          ...{ requestedById: coordinator.personId, dueAt: addHours(new Date(), 72) },
        },
      }),
    );
    const { name } = await asPerson(testSystem, (tx) =>
      tx.clinic.findUniqueOrThrow({ where: { id: clinic.id }, select: { name: true } }),
    );
    const found = await findCasesFor(coordinator, name);
    expect(found.map((one) => one.id)).toContain(caseId);
    expect(found.find((one) => one.id === caseId)?.centres).toEqual([name]);
  });

  it("takes signs of the search language as letters", async () => {
    const coordinator = await makeCoordinator();
    expect(await findCasesFor(coordinator, "%%%")).toEqual([]);
  });

  it("finds no draft", async () => {
    const coordinator = await makeCoordinator();
    const name = `Unsent ${newId().slice(-6)}`;
    await makeCase({ patient: await makePatient(name) });
    expect(await findCasesFor(coordinator, name)).toEqual([]);
  });

  it("remembers for each coordinator which cases they saw last, the latest first", async () => {
    const coordinator = await makeCoordinator();
    const stranger = await makeCoordinator();
    const one = await makeCase({ patient: await makePatient(), stage: "triage", owner: coordinator });
    const other = await makeCase({ patient: await makePatient(), stage: "triage", owner: coordinator });
    await openCase(coordinator, one.id);
    await openCase(coordinator, other.id);
    await openCase(coordinator, one.id);
    expect((await recentCasesFor(coordinator)).map(({ id }) => id)).toEqual([one.id, other.id]);
    expect(await recentCasesFor(stranger)).toEqual([]);
  });
});
