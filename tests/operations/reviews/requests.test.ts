import { beforeAll, describe, expect, it } from "vitest";
import { addHours } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import type { CaseStage } from "@/lib/cases/case";
import { caseForActor } from "@/lib/cases/queries";
import { asPerson, openDb } from "@/lib/infra/db";
import { checklistFor } from "@/lib/records/checklist";
import { requestReviews } from "@/lib/reviews/request-reviews";
import { sweepCases } from "@/lib/reviews/sweep-cases";
import { withdrawConsent } from "@/lib/reviews/withdraw-consent";
import { makeCase } from "../../support/cases";
import { makeClinic } from "../../support/clinics";
import { reasonOf, reasonsOf, traces, valueOf } from "../../support/outcomes";
import { makeCoordinator, makePatient, makeReviewer, testSystem } from "../../support/people";

const now = new Date();
type Clinic = Awaited<ReturnType<typeof makeClinic>>;

async function consent(caseId: string, clinic: Clinic): Promise<string> {
  const id = newId();
  const purpose = "share_with_clinic";
  const row = {
    id,
    caseId,
    purpose,
    clinicId: clinic.id,
    country: "DE",
    textVersion: "1",
    language: "en",
  } as const;
  await asPerson(testSystem, (tx) => tx.consent.createMany({ data: [row] }));
  return id;
}

async function waiveRecords(caseId: string, byId: string): Promise<void> {
  const lines = checklistFor("teer").map((rule, position) => ({ ...rule, position }));
  const closed = { status: "waived", reason: "Test", closedById: byId } as const;
  await asPerson(testSystem, (tx) =>
    tx.checklistItem.createMany({ data: lines.map((line) => ({ ...line, caseId, ...closed })) }),
  );
}

async function ready(stage: CaseStage = "collecting_records") {
  const patient = await makePatient();
  const owner = await makeCoordinator();
  const { id } = await makeCase({ patient, stage, owner });
  await waiveRecords(id, owner.personId);
  return { patient, owner, id };
}

describe("asking centres", () => {
  let clinic: Clinic;
  let other: Clinic;

  beforeAll(async () => {
    [clinic, other] = await Promise.all([makeClinic(), makeClinic()]);
  });

  it("opens the case to them, with a clock and a mail without content", async () => {
    const { owner, id } = await ready();
    const reviewer = await makeReviewer(clinic.id);
    await consent(id, clinic);
    expect(await caseForActor(reviewer, id)).toBeNull();
    const [review] = valueOf(await requestReviews(owner, id, { clinics: [clinic.slug] }, now));
    expect(review).toMatchObject({ state: "requested", round: 1, clinicId: clinic.id });
    expect(await caseForActor(reviewer, id)).toMatchObject({
      stage: "with_centres",
      nextAction: "answer_review",
    });
    const mails = await openDb().outboxMail.findMany({ where: { to: reviewer.email } });
    expect(mails).toMatchObject([{ template: "review_requested" }]);
    expect(await traces(id, "review.requested")).toBe(1);
  });

  it("names the centres nobody consented to", async () => {
    const { owner, id } = await ready();
    await consent(id, clinic);
    const outcome = await requestReviews(owner, id, { clinics: [clinic.slug, other.slug] }, now);
    expect(outcome).toMatchObject({ reason: "no_consent", detail: { clinics: other.slug } });
    expect((await caseForActor(owner, id))?.stage).toBe("collecting_records");
  });

  it("names the records that are missing", async () => {
    const patient = await makePatient();
    const owner = await makeCoordinator();
    const { id } = await makeCase({ patient, stage: "collecting_records", owner });
    await consent(id, clinic);
    const outcome = await requestReviews(owner, id, { clinics: [clinic.slug] }, now);
    expect(outcome).toMatchObject({ reason: "records_missing" });
    expect(outcome.ok ? "" : outcome.detail.items).toContain("tte_report");
  });

  it("asks each centre once, whoever asks at once", async () => {
    const { owner, id } = await ready();
    await consent(id, clinic);
    const ask = () => requestReviews(owner, id, { clinics: [clinic.slug] }, now);
    expect(reasonsOf(await Promise.all([ask(), ask()]))).toEqual(["already_requested", "done"]);
    expect(await traces(id, "review.requested")).toBe(1);
  });

  it("adds a centre later, and asks one again in a new round after its answer was withdrawn", async () => {
    const { owner, id, patient } = await ready();
    const consentId = await consent(id, clinic);
    await consent(id, other);
    valueOf(await requestReviews(owner, id, { clinics: [clinic.slug] }, now));
    valueOf(await requestReviews(owner, id, { clinics: [other.slug] }, now));
    valueOf(await withdrawConsent(patient, id, consentId, now));
    await consent(id, clinic);
    const [again] = valueOf(await requestReviews(owner, id, { clinics: [clinic.slug] }, now));
    expect(again?.round).toBe(2);
    expect(await caseForActor(await makeReviewer(clinic.id), id)).not.toBeNull();
  });

  it("is refused for an unknown centre, a foreign case and a stage that has no place for it", async () => {
    const { owner, id } = await ready();
    expect(reasonOf(await requestReviews(owner, id, { clinics: ["nowhere"] }, now))).toBe("invalid_clinic");
    const form = { clinics: [clinic.slug] };
    expect(reasonOf(await requestReviews(await makeCoordinator(), id, form, now))).toBe("forbidden");
    expect(reasonOf(await requestReviews(owner, newId(), form, now))).toBe("not_found");
    for (const stage of ["submitted", "preparing", "treated", "cancelled"] as const) {
      const late = await ready(stage);
      expect(reasonOf(await requestReviews(late.owner, late.id, form, now))).toBe("illegal_transition");
    }
  });

  it("never leaves a centre inside whose consent is withdrawn at the same moment", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { owner, id, patient } = await ready();
      const consentId = await consent(id, clinic);
      await Promise.all([
        requestReviews(owner, id, { clinics: [clinic.slug] }, now),
        withdrawConsent(patient, id, consentId, now),
      ]);
      expect(await caseForActor(await makeReviewer(clinic.id), id)).toBeNull();
    }
  });
});

describe("the clock", () => {
  it("puts a late centre before the owner, once, and gives it up in the end", async () => {
    const { owner, id } = await ready();
    const clinic = await makeClinic();
    await consent(id, clinic);
    valueOf(await requestReviews(owner, id, { clinics: [clinic.slug] }, now));
    const tasks = () => asPerson(testSystem, (tx) => tx.task.findMany({ where: { caseId: id } }));
    await sweepCases(now);
    expect(await tasks()).toEqual([]);
    await sweepCases(addHours(now, 7 * 24));
    await sweepCases(addHours(now, 7 * 24));
    expect(await tasks()).toMatchObject([{ kind: "late_answer", ownerId: owner.personId }]);
    // Who dealt with it is not asked again for the same lateness.
    await asPerson(testSystem, (tx) =>
      tx.task.updateMany({ where: { caseId: id }, data: { state: "done", doneAt: now } }),
    );
    await sweepCases(addHours(now, 7 * 24 + 8));
    expect(await tasks()).toHaveLength(1);
    await sweepCases(addHours(now, 40 * 24));
    const review = await asPerson(testSystem, (tx) => tx.review.findFirst({ where: { caseId: id } }));
    expect(review?.state).toBe("expired");
    expect(await caseForActor(await makeReviewer(clinic.id), id)).toBeNull();
    expect((await caseForActor(owner, id))?.nextAction).toBe("widen_search");
    expect(await traces(id, "review.expired")).toBe(1);
  });

  it("wakes a resting case", async () => {
    const { owner, id } = await ready("triage");
    const holdUntil = addHours(now, 1);
    await asPerson(testSystem, (tx) =>
      tx.case.updateMany({ where: { id }, data: { holdUntil, holdReason: "Rest" } }),
    );
    await sweepCases(now);
    expect((await caseForActor(owner, id))?.holdReason).toBe("Rest");
    await sweepCases(addHours(now, 2));
    expect(await caseForActor(owner, id)).toMatchObject({ holdReason: null, holdUntil: null });
  });
});
