import { describe, expect, it } from "vitest";
import { boardFor, unreadAtDesk, unreadCasesFor } from "@/lib/desk/queries/board";
import { asPerson } from "@/lib/infra/db";
import { postMessage } from "@/lib/messages/post-message";
import { messagesOfCase, unreadOfCases, unreadThreads } from "@/lib/messages/queries";
import { makeCase, openCaseToClinic } from "../../support/cases";
import { makeClinic } from "../../support/clinics";
import { valueOf } from "../../support/outcomes";
import { makeCoordinator, makePatient, makeReviewer, testSystem } from "../../support/people";

const now = new Date();
const text = (body: string) => ({ body, attachments: [] });

async function world() {
  const patient = await makePatient();
  const coordinator = await makeCoordinator();
  const { id } = await makeCase({ patient, stage: "with_centres", owner: coordinator });
  const clinic = await makeClinic();
  await openCaseToClinic(id, clinic.id);
  const review = { caseId: id, clinicId: clinic.id, requestedById: coordinator.personId, dueAt: now };
  await asPerson(testSystem, (tx) => tx.review.createMany({ data: [review] }));
  const reviewer = await makeReviewer(clinic.id);
  return { patient, coordinator, reviewer, id };
}

describe("unread messages", () => {
  it("are counted for their reader until the thread is opened, and never for who wrote them", async () => {
    const { patient, coordinator, id } = await world();
    valueOf(await postMessage(patient, id, text("One"), now));
    valueOf(await postMessage(patient, id, text("Two"), now));
    expect((await unreadOfCases(coordinator, [id])).get(id)).toBe(2);
    expect((await unreadOfCases(patient, [id])).get(id)).toBeUndefined();
    expect(await unreadThreads(coordinator, id)).toEqual(new Map([["patient", 2]]));
    await messagesOfCase(coordinator, id, { limit: 50, audience: "centre" });
    expect((await unreadOfCases(coordinator, [id])).get(id)).toBe(2);
    await messagesOfCase(coordinator, id, { limit: 1, audience: "patient" });
    expect((await unreadOfCases(coordinator, [id])).get(id)).toBeUndefined();
  });

  it("are those of threads one may read: no patient counts a note, no centre the patient's words", async () => {
    const { patient, coordinator, reviewer, id } = await world();
    valueOf(await postMessage(coordinator, id, { ...text("Among us"), audience: "internal" }, now));
    valueOf(await postMessage(patient, id, text("For the desk"), now));
    expect((await unreadOfCases(patient, [id])).size).toBe(0);
    expect((await unreadOfCases(reviewer, [id])).size).toBe(0);
    valueOf(await postMessage(reviewer, id, text("From the centre"), now));
    expect(await unreadThreads(coordinator, id)).toEqual(
      new Map([
        ["patient", 1],
        ["centre", 1],
      ]),
    );
    expect((await unreadOfCases(await makePatient(), [id])).size).toBe(0);
  });

  it("stand on the board of who owns the case, not of a colleague", async () => {
    const { patient, coordinator, id } = await world();
    valueOf(await postMessage(patient, id, text("Hello?"), now));
    const colleague = await makeCoordinator();
    expect((await unreadCasesFor(coordinator)).map((line) => [line.id, line.unread])).toEqual([[id, 1]]);
    expect((await unreadCasesFor(colleague)).some((line) => line.id === id)).toBe(false);
    const rows = [{ id, ownerId: coordinator.personId }];
    expect((await unreadAtDesk(coordinator, rows)).get(id)).toBe(1);
    expect((await unreadAtDesk(colleague, rows)).size).toBe(0);
    const cards = (await boardFor(coordinator)).flatMap((column) => column.cards);
    expect(cards.filter((card) => card.id === id).every((card) => card.unread === 1)).toBe(true);
    await messagesOfCase(coordinator, id, { limit: 50 });
    expect(await unreadCasesFor(coordinator)).toEqual([]);
  });
});
