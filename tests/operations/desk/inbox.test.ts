import { describe, expect, it } from "vitest";
import type { Coordinator, Patient } from "@/lib/kernel/actor";
import { ANSWER_SETTING } from "@/lib/desk/thread-clock";
import { inboxFor, type InboxThread, waitingFor } from "@/lib/desk/queries/inbox";
import { asPerson, openDb } from "@/lib/infra/db";
import { addMinutes } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { postMessageForm, recordCallForm } from "@/lib/messages/forms";
import { markAnswered } from "@/lib/messages/mark-answered";
import { postMessage } from "@/lib/messages/post-message";
import { recordCall } from "@/lib/messages/record-call";
import { makeCase } from "../../support/cases";
import { makeCoordinator, makePatient, testSystem } from "../../support/people";

async function ownCase(owner: Coordinator, stage: "triage" | "collecting_records" = "collecting_records") {
  const patient = await makePatient();
  const { id } = await makeCase({ patient, owner, stage });
  return { id, patient };
}

/** A word of somebody, some minutes before now: the thread's past. */
async function say(who: Patient | Coordinator, caseId: string, minutesAgo = 0): Promise<void> {
  const audience = who.role === "coordinator" ? ("patient" as const) : undefined;
  const form = postMessageForm.parse({ body: "A word", ...(audience ? { audience } : {}) });
  const said = await postMessage(who, caseId, form, addMinutes(new Date(), -minutesAgo));
  if (!said.ok) throw new Error(said.reason);
}

async function threadOf(who: Coordinator, caseId: string, isAll = false): Promise<InboxThread | undefined> {
  return (await inboxFor(who, new Date(), isAll)).find((thread) => thread.caseId === caseId);
}

describe("the inbox of a coordinator", () => {
  it("holds a thread from the patient's word until it is answered; then its clock rests", async () => {
    const owner = await makeCoordinator();
    const { id, patient } = await ownCase(owner);
    await say(owner, id, 90);
    expect((await threadOf(owner, id))?.clock).toMatchObject({ kind: "next", dueAt: null });
    await say(patient, id, 60);
    await say(patient, id, 30);
    const { clock } = (await threadOf(owner, id)) ?? {};
    expect(clock?.gone).toBeCloseTo(60 / 240, 1);
    expect(await waitingFor(owner)).toBe(1);
    await say(owner, id);
    expect((await threadOf(owner, id))?.clock.dueAt).toBeNull();
    expect(await waitingFor(owner)).toBe(0);
  });

  it("holds a new case nobody has said a word in, and lets it go with the first answer", async () => {
    const owner = await makeCoordinator();
    const { id } = await ownCase(owner, "triage");
    expect((await threadOf(owner, id))?.clock.kind).toBe("first");
    await say(owner, id);
    expect((await threadOf(owner, id))?.clock).toMatchObject({ kind: "next", dueAt: null });
  });

  it("shows how the last word begins, of one's own threads only", async () => {
    const owner = await makeCoordinator();
    const { id, patient } = await ownCase(owner);
    await say(patient, id, 60);
    const long = postMessageForm.parse({ body: `May I bring my daughter? ${"Please. ".repeat(60)}` });
    await postMessage(patient, id, long, addMinutes(new Date(), -30));
    const words = (await threadOf(owner, id))?.words ?? "";
    expect(words).toMatch(/^May I bring my daughter\?/);
    expect(words.length).toBeLessThan(200);
    expect((await threadOf(await makeCoordinator(), id, true))?.words).toBeNull();
  });

  it("leaves out notes among colleagues", async () => {
    const owner = await makeCoordinator();
    const { id } = await ownCase(owner);
    await postMessage(owner, id, postMessageForm.parse({ body: "A note", audience: "internal" }), new Date());
    expect(await threadOf(owner, id)).toBeUndefined();
  });

  it("shows a colleague's threads only to whom asks for all of them", async () => {
    const [owner, colleague] = [await makeCoordinator(), await makeCoordinator()];
    const { id, patient } = await ownCase(owner);
    await say(patient, id);
    expect(await threadOf(colleague, id)).toBeUndefined();
    expect((await threadOf(colleague, id, true))?.ownerId).toBe(owner.personId);
  });

  it("holds no draft", async () => {
    const owner = await makeCoordinator();
    const patient = await makePatient();
    const { id } = await makeCase({ patient, owner, stage: "draft" });
    await say(patient, id);
    expect(await threadOf(owner, id, true)).toBeUndefined();
  });
});

describe("a word that needs no answer", () => {
  it("lets the clock rest until the next word, and stands in the timeline", async () => {
    const owner = await makeCoordinator();
    const { id, patient } = await ownCase(owner);
    await say(owner, id, 90);
    await say(patient, id, 60);
    expect(await markAnswered(owner, id, {})).toEqual({ ok: true, value: { id } });
    expect((await threadOf(owner, id))?.clock.dueAt).toBeNull();
    const where = { caseId: id, kind: "answer_not_needed" };
    const [event] = await asPerson(testSystem, (tx) => tx.caseEvent.findMany({ where }));
    expect(event).toMatchObject({ note: "patient", actorName: owner.name });
    await say(patient, id);
    expect((await threadOf(owner, id))?.clock.dueAt).not.toBeNull();
  });

  it("is refused where no word was said, where there is no case, and for a centre that does not exist", async () => {
    const owner = await makeCoordinator();
    const { id, patient } = await ownCase(owner);
    expect(await markAnswered(owner, id, {})).toMatchObject({ ok: false, reason: "not_found" });
    expect(await markAnswered(owner, newId(), {})).toMatchObject({ ok: false, reason: "not_found" });
    await say(patient, id);
    expect(await markAnswered(owner, id, { clinic: "no-such-centre" })).toMatchObject({ ok: false });
  });
});

describe("a call that was made", () => {
  const reached = recordCallForm.parse({ state: "reached" });
  const missed = recordCallForm.parse({ state: "not_reached" });

  it("answers what the patient wrote before it, once they were reached", async () => {
    const owner = await makeCoordinator();
    const { id, patient } = await ownCase(owner);
    await say(owner, id, 90);
    await say(patient, id, 60);
    await recordCall(owner, id, missed, new Date());
    expect((await threadOf(owner, id))?.clock.dueAt).not.toBeNull();
    await recordCall(owner, id, reached, addMinutes(new Date(), -10));
    expect((await threadOf(owner, id))?.clock.dueAt).toBeNull();
    await say(patient, id);
    expect((await threadOf(owner, id))?.clock).toMatchObject({ kind: "next" });
    expect((await threadOf(owner, id))?.clock.dueAt).not.toBeNull();
  });

  it("is the first answer of a case nobody has written in", async () => {
    const owner = await makeCoordinator();
    const { id } = await ownCase(owner, "triage");
    await recordCall(owner, id, missed, new Date());
    expect((await threadOf(owner, id))?.clock.kind).toBe("first");
    await recordCall(owner, id, reached, new Date());
    expect(await threadOf(owner, id)).toBeUndefined();
  });
});

it("gives an answer the time the operator set", async () => {
  await openDb().setting.create({ data: { key: ANSWER_SETTING, value: { minutes: 120 } } });
  const owner = await makeCoordinator();
  const { id, patient } = await ownCase(owner);
  await say(owner, id, 90);
  await say(patient, id, 60);
  expect((await threadOf(owner, id))?.clock.gone).toBeCloseTo(0.5, 1);
  await openDb().setting.delete({ where: { key: ANSWER_SETTING } });
});

it("refuses a time to answer of more than 30 days, of nothing and of words, by its name", async () => {
  for (const value of [{ minutes: 43_201 }, { urgentMinutes: 0 }, { minutes: "soon" }])
    await expect(openDb().setting.create({ data: { key: ANSWER_SETTING, value } })).rejects.toThrow(
      "answer_times_within_30_days",
    );
});

describe("an inbox of more threads than are shown", () => {
  it("cuts off what is due last, and counts no further than is shown", async () => {
    const owner = await makeCoordinator();
    const now = new Date();
    const patient = await makePatient();
    const { id: calm } = await ownCase(owner);
    const { id: urgent } = await makeCase({ patient, owner, stage: "collecting_records" });
    const facts = { urgent: true, firstAnsweredAt: now };
    await asPerson(testSystem, (tx) => tx.case.update({ where: { id: urgent }, data: facts }));
    // Two hundred calm words of two hours ago; the urgent one came later and is due before them all.
    const word = {
      caseId: calm,
      audience: "centre",
      authorRole: "clinic_reviewer",
      authorName: "Centre",
    } as const;
    const sentAt = addMinutes(now, -120);
    const words = Array.from({ length: 200 }, () => ({
      ...{ id: newId(), clinicId: newId(), authorId: newId(), body: "A word", sentAt, ...word },
    }));
    await asPerson(testSystem, (tx) => tx.message.createMany({ data: words }));
    await say(patient, urgent, 60);
    const threads = await inboxFor(owner, now);
    expect(threads).toHaveLength(200);
    expect(threads.map(({ caseId }) => caseId)).toContain(urgent);
    expect(await waitingFor(owner)).toBe(100);
  });
});
