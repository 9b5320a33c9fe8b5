import { describe, expect, it } from "vitest";
import type { Actor } from "@/lib/kernel/actor";
import { accessLogForActor, caseForActor, casesForActor, timelineForActor } from "@/lib/cases/queries";
import { cancelCase } from "@/lib/cases/cancel-case";
import { changeStage } from "@/lib/cases/change-stage";
import { editCase } from "@/lib/cases/edit-case";
import { startCaseForm } from "@/lib/cases/forms";
import { openCase } from "@/lib/cases/open-case";
import { startCase } from "@/lib/cases/start-case";
import { submitCase } from "@/lib/cases/submit-case";
import { asPerson } from "@/lib/infra/db";
import { postMessage } from "@/lib/messages/post-message";
import { reasonOf, valueOf } from "../../support/outcomes";
import { makeAdmin, makeCoordinator, makeFinance, makePatient } from "../../support/people";

const now = new Date();

async function makeDraft() {
  const patient = await makePatient();
  const email = `${patient.personId}@draft.test`;
  const form = startCaseForm.parse({
    treatment: "teer",
    problem: "Nobody is to read this yet",
    contact: { name: "Unsent Person", email, country: "AE" },
    redFlags: { restBreathlessness: false, restAngina: false, syncope: false, oxygenBelow92: false },
  });
  const { id } = valueOf(await startCase(patient, form, now));
  return { id, email, patient };
}

/** What the database itself shows of a case, without any scope of ours in the question. */
function rowsOf(actor: Actor, id: string) {
  return asPerson(actor, async (tx) => [
    await tx.case.count({ where: { id } }),
    await tx.consent.count({ where: { caseId: id } }),
    await tx.caseEvent.count({ where: { caseId: id } }),
    await tx.message.count({ where: { caseId: id } }),
  ]);
}

describe("a case that was not sent", () => {
  it("is seen by its patient, and by nobody of the operator", async () => {
    const { id, patient } = await makeDraft();
    expect((await openCase(patient, id))?.problem).toBe("Nobody is to read this yet");
    for (const person of [await makeCoordinator(), await makeFinance(), await makeAdmin()]) {
      expect(await caseForActor(person, id)).toBeNull();
      expect(await openCase(person, id)).toBeNull();
      expect(await timelineForActor(person, id, { limit: 50 })).toBeNull();
      expect(await accessLogForActor(person, id, { limit: 50 })).toBeNull();
    }
  });

  it("is in no list of the desk and is not found by its words", async () => {
    const { id, email } = await makeDraft();
    const coordinator = await makeCoordinator();
    const drafts = await casesForActor(coordinator, { limit: 100, stage: "draft" });
    expect(drafts.items).toEqual([]);
    expect((await casesForActor(coordinator, { limit: 100, q: email })).items).toEqual([]);
    const newest = await casesForActor(coordinator, { limit: 100 });
    expect(newest.items.map((one) => one.id)).not.toContain(id);
  });

  it("is hidden by the database too, with its consents, steps and messages", async () => {
    const { id, patient } = await makeDraft();
    const said = { body: "For later", audience: "patient" as const, attachments: [] };
    valueOf(await postMessage(patient, id, said, now));
    const staff = [await makeCoordinator(), await makeFinance(), await makeAdmin()];
    for (const person of staff) expect(await rowsOf(person, id)).toEqual([0, 0, 0, 0]);
    expect(await rowsOf(patient, id)).toEqual([1, 1, 1, 1]);
  });

  it("cannot be edited, moved or ended from the desk", async () => {
    const { id } = await makeDraft();
    const coordinator = await makeCoordinator();
    expect(reasonOf(await editCase(coordinator, id, { problem: "Mine" }, now))).toBe("not_found");
    expect(reasonOf(await cancelCase(coordinator, id, { cause: "Mine" }, now))).toBe("not_found");
    expect(reasonOf(await changeStage(coordinator, id, { to: "triage" }, now))).toBe("illegal_transition");
  });

  it("stays closed to the desk when its patient ended it unsent", async () => {
    const { id, patient } = await makeDraft();
    valueOf(await cancelCase(patient, id, { cause: "I changed my mind" }, now));
    expect(await caseForActor(await makeCoordinator(), id)).toBeNull();
  });

  it("opens to the desk, with all that was said before, when it is sent", async () => {
    const { id, email, patient } = await makeDraft();
    const coordinator = await makeCoordinator();
    valueOf(await submitCase(patient, id, { consent: true }, now));
    expect((await openCase(coordinator, id))?.problem).toBe("Nobody is to read this yet");
    const found = await casesForActor(coordinator, { limit: 10, q: email });
    expect(found.items.map((one) => one.id)).toEqual([id]);
    expect(await rowsOf(await makeFinance(), id)).toEqual([0, 0, 0, 0]);
  });
});
