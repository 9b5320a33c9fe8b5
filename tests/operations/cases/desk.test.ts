import { describe, expect, it } from "vitest";
import { addHours } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { assignCase } from "@/lib/cases/assign-case";
import { cancelCase } from "@/lib/cases/cancel-case";
import { type CaseStage, mayMoveByHand, STAGES } from "@/lib/cases/case";
import { changeStage } from "@/lib/cases/change-stage";
import { holdCase } from "@/lib/cases/hold-case";
import { caseForActor, timelineForActor } from "@/lib/cases/queries";
import { takeCase } from "@/lib/cases/take-case";
import { asPerson } from "@/lib/infra/db";
import { makeCase, openCaseToClinic } from "../../support/cases";
import { makeClinic } from "../../support/clinics";
import { reasonOf, reasonsOf, traces, valueOf } from "../../support/outcomes";
import { makeCoordinator, makePatient, makeReviewer, testSystem } from "../../support/people";

const owned = async (stage: CaseStage) => {
  const patient = await makePatient();
  const owner = await makeCoordinator();
  const { id } = await makeCase({ patient, stage, owner });
  return { patient, owner, id };
};

describe("taking a case", () => {
  it("puts it into triage under its owner's name", async () => {
    const patient = await makePatient();
    const coordinator = await makeCoordinator();
    const { id } = await makeCase({ patient, stage: "submitted" });
    valueOf(await takeCase(coordinator, id, new Date()));
    const taken = await caseForActor(coordinator, id);
    expect(taken).toMatchObject({
      stage: "triage",
      ownerId: coordinator.personId,
      ownerName: coordinator.name,
    });
    expect(await traces(id, "case.taken")).toBe(1);
  });

  it("does not touch the promise of a first answer, whoever takes it, moves it on or gives it back", async () => {
    const { id } = await makeCase({ patient: await makePatient(), stage: "submitted" });
    const coordinator = await makeCoordinator();
    const later = addHours(new Date(), 3);
    const asked = async () => caseForActor(coordinator, id);
    const promised = addHours((await asked())?.submittedAt ?? later, 1);
    const owed = { nextAction: "first_answer", waitingOn: "coordinator", nextDueAt: promised };
    valueOf(await takeCase(coordinator, id, later));
    expect(await asked()).toMatchObject({ stage: "triage", ...owed });
    valueOf(await changeStage(coordinator, id, { to: "collecting_records" }, later));
    expect(await asked()).toMatchObject({ stage: "collecting_records", ...owed });
    valueOf(await changeStage(coordinator, id, { to: "triage" }, later));
    const until = addHours(later, 48).toISOString();
    valueOf(await holdCase(coordinator, id, { reason: "Ramadan", until }, later));
    expect(await asked()).toMatchObject(owed);
    expect(reasonOf(await changeStage(coordinator, id, { to: "submitted" }, later))).toBe(
      "illegal_transition",
    );
    valueOf(await changeStage(coordinator, id, { to: "submitted", reason: "Taken by mistake" }, later));
    expect(await asked()).toMatchObject({ stage: "submitted", ownerKind: "on_call", ownerId: null, ...owed });
  });

  it("gives it to one of two who ask at once", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await makeCase({ patient: await makePatient(), stage: "submitted" });
      const people = await Promise.all([makeCoordinator("A"), makeCoordinator("B")]);
      const asked = new Date();
      const both = await Promise.all(people.map((person) => takeCase(person, id, asked)));
      expect(reasonsOf(both)).toEqual(["done", "illegal_transition"]);
    }
  });

  it("changes nothing the second time", async () => {
    const { owner, id } = await owned("triage");
    valueOf(await takeCase(owner, id, new Date()));
    expect((await caseForActor(owner, id))?.version).toBe(1);
  });

  it("takes over from a colleague, which both can read later", async () => {
    const { id, patient } = await owned("collecting_records");
    const colleague = await makeCoordinator("Colleague");
    valueOf(await takeCase(colleague, id, addHours(new Date(), 1)));
    expect(await caseForActor(patient, id)).toMatchObject({
      stage: "collecting_records",
      ownerName: "Colleague",
    });
    expect(await traces(id, "case.taken_over")).toBe(1);
  });

  it("is refused for drafts, ended and unknown cases", async () => {
    const coordinator = await makeCoordinator();
    const draft = await makeCase({ patient: await makePatient() });
    const ended = await makeCase({ patient: await makePatient(), stage: "cancelled" });
    expect(reasonOf(await takeCase(coordinator, draft.id, new Date()))).toBe("illegal_transition");
    expect(reasonOf(await takeCase(coordinator, ended.id, new Date()))).toBe("illegal_transition");
    expect(reasonOf(await takeCase(coordinator, newId(), new Date()))).toBe("not_found");
  });
});

describe("assigning a case", () => {
  it("gives it to a coordinator named by id or by address", async () => {
    const { id, owner } = await owned("triage");
    const colleague = await makeCoordinator("Colleague");
    valueOf(await assignCase(owner, id, { email: colleague.email }, new Date()));
    expect((await caseForActor(owner, id))?.ownerId).toBe(colleague.personId);
    valueOf(await assignCase(colleague, id, { coordinatorId: owner.personId }, new Date()));
    expect((await caseForActor(owner, id))?.ownerId).toBe(owner.personId);
    expect(await traces(id, "case.assigned")).toBe(2);
  });

  it("puts a new case into triage", async () => {
    const { id } = await makeCase({ patient: await makePatient(), stage: "submitted" });
    const [boss, colleague] = await Promise.all([makeCoordinator(), makeCoordinator()]);
    valueOf(await assignCase(boss, id, { coordinatorId: colleague.personId }, new Date()));
    expect(await caseForActor(boss, id)).toMatchObject({ stage: "triage", ownerId: colleague.personId });
  });

  it("refuses who is no coordinator, drafts and unknown cases", async () => {
    const { id, owner, patient } = await owned("triage");
    const form = { coordinatorId: patient.personId };
    expect(reasonOf(await assignCase(owner, id, form, new Date()))).toBe("invalid_coordinator");
    const draft = await makeCase({ patient });
    const me = { coordinatorId: owner.personId };
    expect(reasonOf(await assignCase(owner, draft.id, me, new Date()))).toBe("illegal_transition");
    expect(reasonOf(await assignCase(owner, newId(), me, new Date()))).toBe("not_found");
  });
});

describe("letting a case rest", () => {
  it("moves its clock and wakes it again", async () => {
    const { id, owner } = await owned("triage");
    const until = addHours(new Date(), 48);
    valueOf(await holdCase(owner, id, { reason: "Ramadan", until: until.toISOString() }, new Date()));
    expect(await caseForActor(owner, id)).toMatchObject({
      holdReason: "Ramadan",
      holdUntil: until,
      nextDueAt: until,
    });
    valueOf(await holdCase(owner, id, { until: null }, new Date()));
    expect(await caseForActor(owner, id)).toMatchObject({ holdReason: null, holdUntil: null });
    expect(await traces(id, "case.on_hold")).toBe(1);
    expect(await traces(id, "case.hold_ended")).toBe(1);
  });

  it("ends when the case moves on", async () => {
    const { id, owner } = await owned("triage");
    const until = new Date(Date.now() + 86_400_000);
    valueOf(await holdCase(owner, id, { reason: "Ramadan", until: until.toISOString() }, new Date()));
    valueOf(await changeStage(owner, id, { to: "collecting_records" }, new Date()));
    expect(await caseForActor(owner, id)).toMatchObject({ holdReason: null, holdUntil: null });
  });

  it("is refused in the past, to others, and for what has ended", async () => {
    const { id, owner } = await owned("triage");
    const form = { reason: "Later", until: addHours(new Date(), 1).toISOString() };
    const past = { reason: "Later", until: "2020-01-01T00:00:00Z" };
    expect(reasonOf(await holdCase(owner, id, past, new Date()))).toBe("invalid_until");
    expect(reasonOf(await holdCase(await makeCoordinator(), id, form, new Date()))).toBe("forbidden");
    const ended = await owned("cancelled");
    expect(reasonOf(await holdCase(ended.owner, ended.id, form, new Date()))).toBe("illegal_transition");
    expect(reasonOf(await holdCase(owner, newId(), form, new Date()))).toBe("not_found");
  });
});

describe("cancelling a case", () => {
  it("ends it and closes every centre's door", async () => {
    const { id, patient, owner } = await owned("with_centres");
    const clinic = await makeClinic();
    await openCaseToClinic(id, clinic.id);
    await asPerson(testSystem, (tx) =>
      tx.review.createMany({
        data: [{ caseId: id, clinicId: clinic.id, requestedById: owner.personId, dueAt: new Date() }],
      }),
    );
    const reviewer = await makeReviewer(clinic.id);
    expect(await caseForActor(reviewer, id)).not.toBeNull();
    valueOf(await cancelCase(patient, id, { cause: "Treated at home" }, new Date()));
    expect(await caseForActor(patient, id)).toMatchObject({
      stage: "cancelled",
      cancelCause: "Treated at home",
    });
    expect(await caseForActor(reviewer, id)).toBeNull();
    const review = await asPerson(testSystem, (tx) => tx.review.findFirst({ where: { caseId: id } }));
    expect(review?.state).toBe("withdrawn");
    expect(await traces(id, "case.stage")).toBe(1);
  });

  it("happens once, also when patient and coordinator ask at once", async () => {
    const { id, patient, owner } = await owned("triage");
    const both = await Promise.all([
      cancelCase(patient, id, { cause: "Mine" }, new Date()),
      cancelCase(owner, id, { cause: "Ours" }, new Date()),
    ]);
    expect(reasonsOf(both)).toEqual(["done", "illegal_transition"]);
  });

  it("is refused to strangers, to coordinators who do not own it, and after treatment", async () => {
    const { id } = await owned("triage");
    const cause = { cause: "Why" };
    expect(reasonOf(await cancelCase(await makePatient(), id, cause, new Date()))).toBe("not_found");
    expect(reasonOf(await cancelCase(await makeCoordinator(), id, cause, new Date()))).toBe("forbidden");
    const treated = await owned("treated");
    expect(reasonOf(await cancelCase(treated.patient, treated.id, cause, new Date()))).toBe(
      "illegal_transition",
    );
  });
});

describe("moving a case by hand", () => {
  /** These ask for more than the edge: an open review, no money held, no open task. */
  const withConditions: readonly CaseStage[] = ["with_centres", "closed", "cancelled"];

  it.each(STAGES.filter((stage) => stage !== "draft"))(
    "from %s works only along the declared ways",
    async (from) => {
      const owner = await makeCoordinator();
      const patient = await makePatient();
      for (const to of STAGES.filter((stage) => !withConditions.includes(stage))) {
        const { id } = await makeCase({ patient, stage: from, owner });
        const outcome = await changeStage(owner, id, { to, reason: "Because" }, new Date());
        const wanted = mayMoveByHand("coordinator", from, to) ? "done" : "illegal_transition";
        expect(`${from} > ${to}: ${reasonOf(outcome)}`).toBe(`${from} > ${to}: ${wanted}`);
      }
    },
  );

  it("leaves a trace and a line in the timeline", async () => {
    const { id, owner, patient } = await owned("triage");
    valueOf(await changeStage(owner, id, { to: "collecting_records", reason: "Echo missing" }, new Date()));
    const timeline = await timelineForActor(patient, id, { limit: 50 });
    expect(timeline?.items).toMatchObject([
      { kind: "stage", fromStage: "triage", toStage: "collecting_records", note: "Echo missing" },
    ]);
    expect(await traces(id, "case.stage")).toBe(1);
  });

  it("happens once when asked twice at once", async () => {
    const { id, owner } = await owned("triage");
    const move = () => changeStage(owner, id, { to: "collecting_records" }, new Date());
    expect(reasonsOf(await Promise.all([move(), move()]))).toEqual(["done", "illegal_transition"]);
  });

  it("is refused to a coordinator who does not own the case", async () => {
    const { id } = await owned("triage");
    const form = { to: "collecting_records" as const };
    expect(reasonOf(await changeStage(await makeCoordinator(), id, form, new Date()))).toBe("forbidden");
  });

  it("does not send a case back to the centres when none owes an answer", async () => {
    const { id, owner } = await owned("collecting_records");
    expect(reasonOf(await changeStage(owner, id, { to: "with_centres" }, new Date()))).toBe("no_open_review");
  });

  it("closes a case only when nothing is left to do", async () => {
    const { id, owner } = await owned("aftercare");
    const task = {
      caseId: id,
      kind: "call",
      title: "Call",
      ownerKind: "on_call" as const,
      dueAt: new Date(),
    };
    await asPerson(testSystem, (tx) => tx.task.createMany({ data: [task] }));
    expect(reasonOf(await changeStage(owner, id, { to: "closed" }, new Date()))).toBe("open_tasks");
    await asPerson(testSystem, (tx) =>
      tx.task.updateMany({ where: { caseId: id }, data: { state: "done", doneAt: new Date() } }),
    );
    expect(reasonOf(await changeStage(owner, id, { to: "closed" }, new Date()))).toBe("done");
    expect((await caseForActor(owner, id))?.closedAt).not.toBeNull();
  });

  it("needs a cause to cancel", async () => {
    const { id, owner } = await owned("triage");
    expect(reasonOf(await changeStage(owner, id, { to: "cancelled" }, new Date()))).toBe("invalid_reason");
    expect(
      reasonOf(await changeStage(owner, id, { to: "cancelled", reason: "Moved away" }, new Date())),
    ).toBe("done");
    expect((await caseForActor(owner, id))?.cancelCause).toBe("Moved away");
  });

  it("lets a centre move only patients it has booked", async () => {
    const { id } = await owned("on_site");
    const clinic = await makeClinic();
    await openCaseToClinic(id, clinic.id);
    const reviewer = await makeReviewer(clinic.id);
    const foreign = await makeReviewer((await makeClinic()).id);
    expect(reasonOf(await changeStage(reviewer, id, { to: "treated" }, new Date()))).toBe("forbidden");
    expect(reasonOf(await changeStage(foreign, id, { to: "treated" }, new Date()))).toBe("not_found");
  });
});
