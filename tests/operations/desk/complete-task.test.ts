import { beforeAll, describe, expect, it } from "vitest";
import { addTask } from "@/lib/cases/add-task";
import { completeTask } from "@/lib/cases/complete-task";
import { openDeskCase } from "@/lib/desk/open-desk-case";
import { boardFor, dueNextFor } from "@/lib/desk/queries/board";
import { tasksOfCase } from "@/lib/desk/queries/case";
import { asPerson } from "@/lib/infra/db";
import { addHours } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { makeCase } from "../../support/cases";
import { makeCoordinator, makePatient, testSystem } from "../../support/people";

const now = new Date();

describe("the desk", () => {
  let owner: Awaited<ReturnType<typeof makeCoordinator>>;
  let colleague: Awaited<ReturnType<typeof makeCoordinator>>;
  let caseId = "";

  beforeAll(async () => {
    owner = await makeCoordinator();
    colleague = await makeCoordinator("Carl Colleague");
    caseId = (await makeCase({ patient: await makePatient(), stage: "triage", owner })).id;
  });

  async function newTask(): Promise<string> {
    const dueAt = addHours(now, 1);
    await asPerson(testSystem, (tx) =>
      addTask(tx, { caseId, kind: "red_flag", ownerId: owner.personId, dueAt }),
    );
    const open = (await tasksOfCase(owner, caseId)).find((task) => task.state === "open");
    if (!open) throw new Error("No task was added.");
    return open.id;
  }

  const eventsOf = (event: string, id: string) =>
    asPerson(testSystem, (tx) => tx.auditEvent.count({ where: { event, objectId: id } }));

  it("ticks a task off once, and writes down who did", async () => {
    const id = await newTask();
    const answers = await Promise.all([completeTask(owner, id, now), completeTask(owner, id, now)]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ reason: "illegal_transition" });
    expect(await eventsOf("task.done", id)).toBe(1);
  });

  it("leaves a task of another owner's case to them", async () => {
    const id = await newTask();
    expect(await completeTask(colleague, id, now)).toMatchObject({ ok: false, reason: "forbidden" });
    expect(await completeTask(owner, id, now)).toMatchObject({ ok: true });
  });

  it("knows no task by a stranger's id", async () => {
    expect(await completeTask(owner, newId(), now)).toMatchObject({ ok: false, reason: "not_found" });
  });

  it("shows a case on the board and what is due for its owner first", async () => {
    const id = await newTask();
    const column = (await boardFor(owner)).find((one) => one.stage === "triage");
    expect(column?.count).toBeGreaterThan(0);
    expect(column?.cards.length).toBeGreaterThan(0);
    expect((await dueNextFor(owner, new Date())).map((line) => line.id)).toContain(id);
    expect((await dueNextFor(colleague, new Date())).map((line) => line.id)).not.toContain(id);
  });

  it("keeps the order of cases due at one moment, also after one of them was written to", async () => {
    const patient = await makePatient();
    const made: string[] = [];
    for (let left = 6; left > 0; left -= 1)
      made.push((await makeCase({ patient, stage: "collecting_records", owner })).id);
    const write = (ids: string[], data: { nextDueAt: Date }) =>
      asPerson(testSystem, (tx) => tx.case.updateMany({ where: { id: { in: ids } }, data }));
    const shown = async () =>
      (await boardFor(owner))
        .flatMap(({ cards }) => cards.map(({ id }) => id))
        .filter((id) => made.includes(id));
    for (const id of made.toReversed()) await write([id], { nextDueAt: addHours(now, 2) });
    expect(await shown()).toEqual(made);
    await write(made.slice(0, 2), { nextDueAt: addHours(now, 2) });
    expect(await shown()).toEqual(made);
  });

  it("takes turning the pages of a case as one look", async () => {
    const looker = await makeCoordinator("Lena Looker");
    await openDeskCase(looker, caseId, now);
    await openDeskCase(looker, caseId, addHours(now, 0));
    const looks = await asPerson(testSystem, (tx) =>
      tx.auditEvent.count({ where: { event: "case.viewed", caseId, actorId: looker.personId } }),
    );
    expect(looks).toBe(1);
  });

  it("finds nothing behind an address that is no id", async () => {
    expect(await openDeskCase(owner, "nothing", now)).toBeNull();
    expect(await openDeskCase(owner, newId(), now)).toBeNull();
  });
});
