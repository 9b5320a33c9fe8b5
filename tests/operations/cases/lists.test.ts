import { describe, expect, it } from "vitest";
import { openCase } from "@/lib/cases/open-case";
import { accessLogForActor, casesForActor, timelineForActor } from "@/lib/cases/queries";
import { makeCase, openCaseToClinic } from "../../support/cases";
import { makeClinic } from "../../support/clinics";
import { makeCoordinator, makePatient, makeReviewer } from "../../support/people";

const owned = async (stage: "triage" | "with_centres") => {
  const patient = await makePatient();
  const owner = await makeCoordinator();
  const { id } = await makeCase({ patient, stage, owner });
  return { patient, owner, id };
};

describe("lists and logs", () => {
  it("find cases by stage, owner, number and name, page by page", async () => {
    const owner = await makeCoordinator();
    const patient = await makePatient("Xenia 100% Zhukova");
    const ids: string[] = [];
    for (const stage of ["triage", "triage", "preparing"] as const)
      ids.push((await makeCase({ patient, stage, owner })).id);
    const mine = { limit: 50, owner: "me" as const };
    const idsOf = (page: { items: { id: string }[] }) => page.items.map((one) => one.id);
    expect(idsOf(await casesForActor(owner, mine))).toEqual(ids.toReversed());
    expect(idsOf(await casesForActor(owner, { ...mine, stage: "preparing" }))).toEqual([ids[2]]);
    expect((await casesForActor(owner, { ...mine, q: "xenia 100% z" })).items).toHaveLength(3);
    expect((await casesForActor(owner, { ...mine, q: "xenia_100" })).items).toHaveLength(0);
    const first = await casesForActor(owner, { ...mine, limit: 2 });
    const second = await casesForActor(owner, { ...mine, limit: 2, cursor: first.next ?? "" });
    expect([...idsOf(first), ...idsOf(second)]).toEqual(ids.toReversed());
    expect(second.next).toBeNull();
  });

  it("show a centre only cases opened to it, and not by the patient's name", async () => {
    const { id } = await owned("with_centres");
    const clinic = await makeClinic();
    await openCaseToClinic(id, clinic.id);
    const reviewer = await makeReviewer(clinic.id);
    expect((await casesForActor(reviewer, { limit: 50 })).items.map((one) => one.id)).toEqual([id]);
    expect((await casesForActor(reviewer, { limit: 50, q: "Petrova" })).items).toEqual([]);
  });

  it("tell the patient who opened the case", async () => {
    const { id, patient, owner } = await owned("triage");
    await openCase(owner, id);
    const log = await accessLogForActor(patient, id, { limit: 50 });
    expect(log?.items[0]).toMatchObject({
      event: "case.viewed",
      actorName: owner.name,
      actorRole: "coordinator",
    });
    expect(await accessLogForActor(await makePatient(), id, { limit: 50 })).toBeNull();
    expect(await timelineForActor(await makePatient(), id, { limit: 50 })).toBeNull();
  });
});
