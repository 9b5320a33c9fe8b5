import { describe, expect, it } from "vitest";
import { caseForActor } from "@/lib/cases/queries";
import { takeCase } from "@/lib/cases/take-case";
import { asPerson } from "@/lib/infra/db";
import { recordCallForm, requestCallForm } from "@/lib/messages/forms";
import { callsOfCase } from "@/lib/messages/queries";
import { recordCall } from "@/lib/messages/record-call";
import { requestCall } from "@/lib/messages/request-call";
import { makeCase } from "../../support/cases";
import { makeCoordinator, makePatient, testSystem } from "../../support/people";

const ask = requestCallForm.parse({ phone: "+962 6 555 0100", wish: "after 18:00 in Amman" });
const reached = recordCallForm.parse({ state: "reached", note: "Daughter translates." });
const missed = recordCallForm.parse({ state: "not_reached" });

async function makeTriage() {
  const patient = await makePatient();
  const owner = await makeCoordinator();
  const { id } = await makeCase({ patient, stage: "triage", owner });
  return { patient, owner, id };
}

const tasks = (caseId: string, state: "open" | "done") =>
  asPerson(testSystem, (tx) => tx.task.count({ where: { caseId, kind: "call_back", state } }));
const traces = (caseId: string, action: string) =>
  asPerson(testSystem, (tx) => tx.auditEvent.count({ where: { caseId, event: action } }));

describe("asking for a call", () => {
  it("waits once, puts one task before the desk and leaves a trace, however often it is asked at once", async () => {
    const { patient, id } = await makeTriage();
    const now = new Date();
    const answers = await Promise.all([1, 2, 3].map(() => requestCall(patient, id, ask, now)));
    expect(answers.map((one) => one.ok || one.reason).toSorted()).toEqual([
      "call_waiting",
      "call_waiting",
      true,
    ]);
    expect(await tasks(id, "open")).toBe(1);
    expect(await traces(id, "call.asked")).toBe(1);
    const dueAt = answers.flatMap((one) => (one.ok ? [one.value.dueAt.getTime()] : []));
    expect(dueAt).toEqual([now.getTime() + 2 * 3_600_000]);
  });

  it("is refused to a stranger, and for a case that was not sent or has ended", async () => {
    const { id, patient } = await makeTriage();
    expect(await requestCall(await makePatient(), id, ask, new Date())).toMatchObject({
      reason: "not_found",
    });
    const draft = await makeCase({ patient, stage: "draft" });
    const over = await makeCase({ patient, stage: "cancelled" });
    for (const one of [draft, over])
      expect(await requestCall(patient, one.id, ask, new Date())).toMatchObject({
        reason: "illegal_transition",
      });
  });
});

describe("writing down a call", () => {
  it("gives the first answer when somebody was reached, and not before", async () => {
    const owner = await makeCoordinator();
    const { id } = await makeCase({ patient: await makePatient(), stage: "submitted" });
    await takeCase(owner, id, new Date());
    await recordCall(owner, id, missed, new Date());
    expect(await caseForActor(owner, id)).toMatchObject({
      nextAction: "first_answer",
      firstAnsweredAt: null,
    });
    await recordCall(owner, id, reached, new Date());
    expect((await caseForActor(owner, id))?.nextAction).toBe("triage");
  });

  it("settles what waits when somebody was reached, and only then", async () => {
    const { patient, owner, id } = await makeTriage();
    await requestCall(patient, id, ask, new Date());
    await recordCall(owner, id, missed, new Date());
    expect(await tasks(id, "open")).toBe(1);
    await recordCall(owner, id, reached, new Date());
    expect([await tasks(id, "open"), await tasks(id, "done")]).toEqual([0, 1]);
    const calls = (await callsOfCase(owner, id)) ?? [];
    expect(calls.map(({ state }) => state).toSorted()).toEqual(["not_reached", "reached"]);
    expect(calls.find(({ state }) => state === "reached")).toMatchObject({
      askedBy: patient.name,
      madeBy: owner.name,
      note: "Daughter translates.",
    });
    expect(await traces(id, "call.made")).toBe(2);
    expect(await requestCall(patient, id, ask, new Date())).toMatchObject({ ok: true });
  });

  it("keeps both calls of two colleagues who rang at once", async () => {
    const { patient, owner, id } = await makeTriage();
    await requestCall(patient, id, ask, new Date());
    const other = await makeCoordinator();
    await Promise.all([owner, other].map((one) => recordCall(one, id, reached, new Date())));
    const calls = (await callsOfCase(owner, id)) ?? [];
    expect(calls.map(({ madeBy }) => madeBy).toSorted()).toEqual([owner.name, other.name].toSorted());
  });
});

describe("the log of calls", () => {
  it("shows a patient everything but the desk's notes, and a stranger nothing", async () => {
    const { patient, owner, id } = await makeTriage();
    await recordCall(owner, id, reached, new Date());
    expect((await callsOfCase(patient, id))?.map(({ note }) => note)).toEqual([null]);
    expect(await callsOfCase(await makePatient(), id)).toBeNull();
  });
});
