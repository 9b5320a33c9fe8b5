import { beforeAll, describe, expect, it } from "vitest";
import { addHours } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { caseForActor } from "@/lib/cases/queries";
import { takeCase } from "@/lib/cases/take-case";
import { asPerson, openDb } from "@/lib/infra/db";
import { postMessage } from "@/lib/messages/post-message";
import { mayHear, messagesOfCase } from "@/lib/messages/queries";
import { makeCase, openCaseToClinic } from "../../support/cases";
import { makeClinic } from "../../support/clinics";
import { makeCoordinator, makePatient, makeReviewer, testSystem } from "../../support/people";

const page = { limit: 50 };
const text = (body: string) => ({ body, attachments: [] });

describe("messages of a case", () => {
  let caseId = "";
  let clinic: Awaited<ReturnType<typeof makeClinic>>;
  let patient: Awaited<ReturnType<typeof makePatient>>;
  let coordinator: Awaited<ReturnType<typeof makeCoordinator>>;

  beforeAll(async () => {
    patient = await makePatient();
    coordinator = await makeCoordinator();
    clinic = await makeClinic();
    caseId = (await makeCase({ patient, stage: "with_centres", owner: coordinator })).id;
    await openCaseToClinic(caseId, clinic.id);
    await asPerson(testSystem, (tx) =>
      tx.review.createMany({
        data: [{ caseId, clinicId: clinic.id, requestedById: coordinator.personId, dueAt: new Date() }],
      }),
    );
  });

  it("reach the other side, are announced by a mail without content, and leave a trace", async () => {
    const sent = await postMessage(coordinator, caseId, text("Your echo arrived. EROA 42 mm²."), new Date());
    if (!sent.ok) throw new Error(sent.reason);
    const read = await messagesOfCase(patient, caseId, page);
    expect(read?.items.map((item) => item.id)).toContain(sent.value.id);
    const mails = await openDb().outboxMail.findMany({ where: { to: patient.email } });
    expect(mails.length).toBeGreaterThan(0);
    expect(JSON.stringify(mails)).not.toContain("EROA");
    expect(
      await openDb().auditEvent.count({ where: { event: "message.sent", objectId: sent.value.id } }),
    ).toBe(1);
  });

  it("show when the other side read them", async () => {
    const sent = await postMessage(coordinator, caseId, text("Please read"), new Date());
    if (!sent.ok) throw new Error(sent.reason);
    const before = await messagesOfCase(coordinator, caseId, page);
    expect(before?.items.find((item) => item.id === sent.value.id)?.readAt).toBeNull();
    await messagesOfCase(patient, caseId, page);
    const after = await messagesOfCase(coordinator, caseId, page);
    expect(after?.items.find((item) => item.id === sent.value.id)?.readAt).toBeInstanceOf(Date);
  });

  it("keep the threads apart", async () => {
    const reviewer = await makeReviewer(clinic.id);
    await postMessage(coordinator, caseId, { ...text("for us"), audience: "internal" }, new Date());
    await postMessage(
      coordinator,
      caseId,
      { ...text("for the centre"), audience: "centre", clinic: clinic.slug },
      new Date(),
    );
    const patients = (await messagesOfCase(patient, caseId, page))?.items.map((item) => item.body) ?? [];
    const centres = (await messagesOfCase(reviewer, caseId, page))?.items.map((item) => item.body) ?? [];
    expect(patients).not.toContain("for us");
    expect(patients).not.toContain("for the centre");
    expect(centres).toEqual(["for the centre"]);
  });

  it("are not there for a stranger, and a stranger cannot write", async () => {
    const stranger = await makePatient();
    expect(await messagesOfCase(stranger, caseId, page)).toBeNull();
    expect(await postMessage(stranger, caseId, text("hello"), new Date())).toMatchObject({
      reason: "not_found",
    });
    const elsewhere = await makeReviewer((await makeClinic()).id);
    expect(await postMessage(elsewhere, caseId, text("hello"), new Date())).toMatchObject({
      reason: "not_found",
    });
  });

  it("go nowhere they do not belong", async () => {
    expect(
      await postMessage(patient, caseId, { ...text("x"), audience: "internal" }, new Date()),
    ).toMatchObject({ reason: "forbidden" });
    expect(
      await postMessage(coordinator, caseId, { ...text("x"), audience: "centre" }, new Date()),
    ).toMatchObject({ reason: "invalid_clinic" });
    const closed = await makeClinic();
    await asPerson(testSystem, (tx) =>
      tx.review.createMany({
        data: [{ caseId, clinicId: closed.id, requestedById: coordinator.personId, dueAt: new Date() }],
      }),
    );
    const toClosed = { ...text("x"), audience: "centre" as const, clinic: closed.slug };
    expect(await postMessage(coordinator, caseId, toClosed, new Date())).toMatchObject({
      reason: "invalid_clinic",
    });
    const foreign = { body: "x", attachments: [newId()] };
    expect(await postMessage(patient, caseId, foreign, new Date())).toMatchObject({
      reason: "invalid_attachment",
    });
  });

  it("let a companion with the message scope write, and one who may only read not", async () => {
    const writer = await makePatient("Karim");
    const reader = await makePatient("Lina");
    await asPerson(testSystem, (tx) =>
      tx.caseAccess.createMany({
        data: [
          { caseId, personId: writer.personId, scopes: ["read", "message"], purpose: "companion" },
          { caseId, personId: reader.personId, scopes: ["read"], purpose: "companion" },
        ],
      }),
    );
    expect((await postMessage(writer, caseId, text("from Karim"), new Date())).ok).toBe(true);
    expect(await postMessage(reader, caseId, text("from Lina"), new Date())).toMatchObject({
      reason: "forbidden",
    });
  });

  it("page through a long thread without losing or repeating one", async () => {
    const other = await makeCase({ patient, stage: "triage", owner: coordinator });
    for (let turn = 0; turn < 7; turn += 1)
      await postMessage(coordinator, other.id, text(`m${turn}`), new Date());
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const part = await messagesOfCase(patient, other.id, cursor ? { limit: 3, cursor } : { limit: 3 });
      seen.push(...(part?.items.map((item) => item.body) ?? []));
      cursor = part?.next ?? undefined;
    } while (cursor);
    expect(seen.toSorted()).toEqual(["m0", "m1", "m2", "m3", "m4", "m5", "m6"]);
  });

  it("stop the first-answer clock once", async () => {
    const fresh = await makeCase({ patient, stage: "submitted" });
    const first = new Date("2026-11-20T08:00:00Z");
    await postMessage(coordinator, fresh.id, text("Good morning"), first);
    await postMessage(coordinator, fresh.id, text("And again"), new Date());
    const row = await asPerson(testSystem, (tx) => tx.case.findUniqueOrThrow({ where: { id: fresh.id } }));
    expect(row.firstAnsweredAt).toEqual(first);
  });

  it("give the first answer: what the stage asks for is next from then on", async () => {
    const fresh = await makeCase({ patient, stage: "submitted" });
    const now = new Date();
    await takeCase(coordinator, fresh.id, now);
    await postMessage(coordinator, fresh.id, text("Good morning"), now);
    expect(await caseForActor(coordinator, fresh.id)).toMatchObject({
      ...{ stage: "triage", nextAction: "triage", nextDueAt: addHours(now, 12), firstAnsweredAt: now },
    });
  });

  it("hint only to those whose business it is", async () => {
    const internal = { kind: "message", caseId, audience: "internal", clinicId: null } as const;
    expect(await mayHear(patient, internal)).toBe(false);
    expect(await mayHear(coordinator, internal)).toBe(true);
    expect(await mayHear(await makePatient(), { kind: "case", caseId })).toBe(false);
  });
});
