import { describe, expect, it } from "vitest";
import type { CaseStage } from "@/lib/cases/case";
import { casesForActor } from "@/lib/cases/queries";
import { casesQuery } from "@/lib/cases/forms";
import { CASE_ORDERS, orderOf } from "@/lib/desk/case-order";
import { deskCasesQuery } from "@/lib/desk/forms/cases";
import { caseNumbersOf, deskCasesFor } from "@/lib/desk/queries/cases";
import { asPerson } from "@/lib/infra/db";
import type { Coordinator } from "@/lib/kernel/actor";
import { addHours } from "@/lib/kernel/day";
import { makeCase } from "../../support/cases";
import { makeCoordinator, makePatient, testSystem } from "../../support/people";

const NOW = new Date("2026-05-04T08:00:00Z");

/** Five cases of one coordinator: due at different hours, one closed and so never due, two at the same. */
async function fiveCases(owner: Coordinator): Promise<string[]> {
  const plans: { stage: CaseStage; name: string; hours: number | null }[] = [
    { stage: "triage", name: "Dora", hours: 5 },
    { stage: "collecting_records", name: "Anna", hours: 1 },
    { stage: "closed", name: "Boris", hours: null },
    { stage: "triage", name: "Emil", hours: 3 },
    { stage: "preparing", name: "Carla", hours: 3 },
  ];
  const ids: string[] = [];
  for (const { stage, name, hours } of plans) {
    const { id } = await makeCase({ patient: await makePatient(name), stage, owner });
    const nextDueAt = hours === null ? null : addHours(NOW, hours);
    const waitingOn = stage === "triage" ? ("coordinator" as const) : ("patient" as const);
    const ended = hours === null ? { nextAction: null, closedAt: NOW } : {};
    const data = { nextDueAt, waitingOn, ...ended };
    await asPerson(testSystem, (tx) => tx.case.update({ where: { id }, data }));
    ids.push(id);
  }
  return ids;
}

async function namesOf(owner: Coordinator, asked: Record<string, string>): Promise<(string | null)[]> {
  const page = await deskCasesFor(owner, deskCasesQuery({ owner: "me", ...asked }));
  return page.items.map(({ contactName }) => contactName);
}

describe("the desk's table of cases", () => {
  it("stands in the order that was asked for", async () => {
    const owner = await makeCoordinator();
    await fiveCases(owner);
    expect(await namesOf(owner, {})).toEqual(["Carla", "Emil", "Boris", "Anna", "Dora"]);
    expect(await namesOf(owner, { sort: "patient" })).toEqual(["Anna", "Boris", "Carla", "Dora", "Emil"]);
    expect(await namesOf(owner, { sort: "due" })).toEqual(["Anna", "Carla", "Emil", "Dora", "Boris"]);
    expect(await namesOf(owner, { sort: "stage" })).toEqual(["Emil", "Dora", "Anna", "Carla", "Boris"]);
    expect(await namesOf(owner, { sort: "no such order" })).toEqual(await namesOf(owner, {}));
  });

  it("shows each case once, whatever the order and however short the pages", async () => {
    const owner = await makeCoordinator();
    const ids = await fiveCases(owner);
    for (const sort of CASE_ORDERS) {
      const seen: string[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const asked: Record<string, string> = {
          owner: "me",
          sort,
          limit: "2",
          ...(cursor ? { cursor } : {}),
        };
        const page = await deskCasesFor(owner, deskCasesQuery(asked));
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.next;
      }
      const whole = await deskCasesFor(owner, deskCasesQuery({ owner: "me", sort }));
      expect(seen, sort).toEqual(whole.items.map(({ id }) => id));
      expect(seen.toSorted(), sort).toEqual(ids.toSorted());
    }
  });

  it("filters by whom a case waits on, with and without words, at the desk and in the API", async () => {
    const owner = await makeCoordinator();
    await fiveCases(owner);
    expect(await namesOf(owner, { waitingOn: "coordinator" })).toEqual(["Emil", "Dora"]);
    expect(await namesOf(owner, { waitingOn: "coordinator", q: "dora" })).toEqual(["Dora"]);
    const asked = casesQuery.parse({ owner: "me", waitingOn: "coordinator" });
    expect((await casesForActor(owner, asked)).items.map(({ contactName }) => contactName)).toEqual([
      "Emil",
      "Dora",
    ]);
    const worded = casesQuery.parse({ owner: "me", waitingOn: "coordinator", q: "@example.test", limit: 2 });
    expect((await casesForActor(owner, worded)).items.map(({ contactName }) => contactName)).toEqual([
      "Emil",
      "Dora",
    ]);
  });

  it("holds no draft, and names no case that was not sent", async () => {
    const owner = await makeCoordinator();
    const draft = await makeCase({ patient: await makePatient(), owner, stage: "draft" });
    expect(await namesOf(owner, {})).toEqual([]);
    expect(await caseNumbersOf(owner, [draft.id])).toEqual(new Map());
  });
});

describe("the heading of a column", () => {
  it("leads first to the order one means, then to its reverse", () => {
    expect(orderOf("due", "newest")).toEqual({ sort: "none", next: "due" });
    expect(orderOf("due", "due")).toEqual({ sort: "ascending", next: "due_back" });
    expect(orderOf("due", "due_back")).toEqual({ sort: "descending", next: "due" });
    expect(orderOf("number", "newest")).toEqual({ sort: "descending", next: "oldest" });
  });
});
