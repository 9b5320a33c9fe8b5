import { describe, expect, it } from "vitest";
import { GET as caseRoute } from "@/app/api/v1/cases/[id]/route";
import { GET as checklist } from "@/app/api/v1/cases/[id]/checklist/route";
import { GET as documents } from "@/app/api/v1/cases/[id]/documents/route";
import { GET as estimates } from "@/app/api/v1/cases/[id]/estimates/route";
import { GET as messages } from "@/app/api/v1/cases/[id]/messages/route";
import { GET as records } from "@/app/api/v1/cases/[id]/records/route";
import { GET as reviewsOfCase } from "@/app/api/v1/cases/[id]/reviews/route";
import { GET as timeline } from "@/app/api/v1/cases/[id]/timeline/route";
import { GET as record } from "@/app/api/v1/records/[id]/route";
import { GET as review } from "@/app/api/v1/reviews/[id]/route";
import { GET as inbox } from "@/app/api/v1/reviews/route";
import { addMinutes } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { visitCase } from "@/lib/cases/open-case";
import { asPerson, openDb } from "@/lib/infra/db";
import words from "@/locales/en/accessEvents.json";
import { makeCoordinator, makePatient, makeReviewer, testSystem } from "../../support/people";
import { makeAnsweredCase } from "../../support/reviews";
import { call, tokenOf } from "../../support/routes";

const traces = (personId: string, event: string) =>
  openDb().auditEvent.count({ where: { actorId: personId, event } });

async function made() {
  const one = await makeAnsweredCase();
  const recordId = newId();
  const file = { filename: "echo.dcm", sizeBytes: 4n, offsetBytes: 4n, chunkBytes: 1024, sha256: "00" };
  const judged = { completedAt: new Date(), judgedAt: new Date(), judgedById: one.owner.personId };
  await asPerson(testSystem, (tx) =>
    tx.record.create({ data: { id: recordId, caseId: one.caseId, ...file, ...judged, state: "accepted" } }),
  );
  return { ...one, recordId, reviewer: await makeReviewer(one.clinic.id) };
}

const PARTS = { caseRoute, checklist, documents, estimates, records, reviewsOfCase, timeline };

describe("whoever looks at a case over the API", () => {
  it.each(Object.entries(PARTS))("leaves a trace of it: %s", async (_name, route) => {
    const { caseId, owner, reviewer, patient } = await made();
    for (const viewer of [owner, reviewer, patient]) {
      const asked = { token: await tokenOf(viewer), params: { id: caseId } };
      expect((await call(route, asked)).status).toBe(200);
      expect(await traces(viewer.personId, "case.viewed")).toBe(1);
    }
  });

  it("leaves one when a message is read, and no more while the thread stays open", async () => {
    const { caseId, reviewer, patient, owner } = await made();
    for (const viewer of [owner, reviewer, patient]) {
      const asked = { token: await tokenOf(viewer), params: { id: caseId } };
      for (let turn = 0; turn < 3; turn += 1) expect((await call(messages, asked)).status).toBe(200);
      expect(await traces(viewer.personId, "messages.viewed")).toBe(1);
    }
  });

  it("leaves one of each answer and each record read, also from a list", async () => {
    const { reviewId, recordId, reviewer, owner } = await made();
    const token = await tokenOf(reviewer);
    expect((await call(inbox, { token })).body.items).toHaveLength(1);
    expect(await traces(reviewer.personId, "review.viewed")).toBe(1);
    const staff = await tokenOf(owner);
    expect((await call(review, { token: staff, params: { id: reviewId } })).status).toBe(200);
    expect((await call(record, { token: staff, params: { id: recordId } })).status).toBe(200);
    expect(await traces(owner.personId, "review.viewed")).toBe(1);
    expect(await traces(owner.personId, "record.viewed")).toBe(1);
  });

  it("leaves none as a stranger, who sees nothing", async () => {
    const { caseId } = await made();
    const stranger = await makePatient();
    const asked = { token: await tokenOf(stranger), params: { id: caseId } };
    for (const route of [...Object.values(PARTS), messages])
      expect((await call(route, asked)).status).toBe(404);
    expect(await openDb().auditEvent.count({ where: { actorId: stranger.personId } })).toBe(0);
  });
});

describe("a look", () => {
  it("is one for ten minutes and of one person", async () => {
    const { caseId, owner } = await made();
    const now = new Date();
    await visitCase(owner, caseId, now);
    await visitCase(owner, caseId, addMinutes(now, 9));
    expect(await traces(owner.personId, "case.viewed")).toBe(1);
    await visitCase(owner, caseId, addMinutes(now, 11));
    expect(await traces(owner.personId, "case.viewed")).toBe(2);
    const other = await makeCoordinator();
    await visitCase(other, caseId, now);
    expect(await traces(other.personId, "case.viewed")).toBe(1);
  });

  it("has words the patient reads", () => {
    for (const event of ["case_viewed", "messages_viewed", "review_viewed", "record_viewed", "case_exported"])
      expect(words.event).toHaveProperty(event);
  });
});
