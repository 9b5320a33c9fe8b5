import { describe, expect, it } from "vitest";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { acceptEstimate } from "@/lib/estimates/accept-estimate";
import { draftEstimate } from "@/lib/estimates/draft-estimate";
import { editEstimate } from "@/lib/estimates/edit-estimate";
import { editEstimateForm } from "@/lib/estimates/forms";
import { estimateFor, estimatesOfCase } from "@/lib/estimates/queries";
import { rejectEstimate } from "@/lib/estimates/reject-estimate";
import { hashOf, sendEstimate } from "@/lib/estimates/send-estimate";
import { asPerson, openDb } from "@/lib/infra/db";
import { isCheckViolation } from "@/lib/infra/db-errors";
import { estimateForm, line, makeAcceptedCase, makeSentEstimate } from "../../support/estimates";
import { makeCoordinator, makeManager, makePatient, testSystem } from "../../support/people";
import { makeAnsweredCase, makeReview } from "../../support/reviews";
import { makeClinic } from "../../support/clinics";

const now = new Date();

async function makeDraft() {
  const answered = await makeAnsweredCase();
  const draft = await draftEstimate(answered.owner, answered.reviewId, estimateForm(), now);
  if (!draft.ok) throw new Error(draft.reason);
  return { ...answered, draft: draft.value };
}

const stageOf = (caseId: string) =>
  asPerson(testSystem, (tx) => tx.case.findUniqueOrThrow({ where: { id: caseId }, select: { stage: true } }));

async function eventsAbout(objectId: string): Promise<string[]> {
  const rows = await openDb().auditEvent.findMany({ where: { objectId }, orderBy: { at: "asc" } });
  return rows.map((row) => row.event);
}

describe("drafting an estimate", () => {
  it("writes the next version with totals of the required lines", async () => {
    const { owner, reviewId, draft } = await makeDraft();
    expect(draft).toMatchObject({
      version: 1,
      state: "draft",
      expectedMinor: 3_212_000n,
      lowMinor: 3_012_000n,
    });
    const second = await draftEstimate(owner, reviewId, estimateForm(), now);
    expect(second).toMatchObject({ value: { version: 2 } });
    expect(await eventsAbout(draft.id)).toEqual(["estimate.drafted"]);
  });

  it("waits for the second signature and for a yes", async () => {
    const preliminary = await makeAnsweredCase({ preliminary: true });
    const negative = await makeAnsweredCase({ verdict: "not_eligible" });
    expect(await draftEstimate(preliminary.owner, preliminary.reviewId, estimateForm(), now)).toMatchObject({
      reason: "not_binding",
    });
    expect(await draftEstimate(negative.owner, negative.reviewId, estimateForm(), now)).toMatchObject({
      reason: "verdict_not_positive",
    });
  });

  it("is refused to a coordinator who does not own the case, for a day gone by and for an unapproved device", async () => {
    const { owner, reviewId } = await makeAnsweredCase();
    const yesterday = estimateForm(undefined, { validUntil: addDays(dayOf(now), -1) });
    const device = estimateForm([line("device", 1, { device: "dragonfly" })]);
    expect(await draftEstimate(await makeCoordinator(), reviewId, estimateForm(), now)).toMatchObject({
      reason: "forbidden",
    });
    expect(await draftEstimate(owner, reviewId, yesterday, now)).toMatchObject({
      reason: "invalid_valid_until",
    });
    expect(await draftEstimate(owner, reviewId, device, now)).toMatchObject({ reason: "invalid_device" });
    expect(await draftEstimate(owner, draftlessId, estimateForm(), now)).toMatchObject({
      reason: "not_found",
    });
  });

  it("gives two drafts written at once two versions", async () => {
    const { owner, reviewId } = await makeAnsweredCase();
    const both = await Promise.all([1, 2].map(() => draftEstimate(owner, reviewId, estimateForm(), now)));
    expect(both.map((one) => (one.ok ? one.value.version : one.reason)).toSorted()).toEqual([1, 2]);
  });
});

const draftlessId = "01900000-0000-7000-8000-000000000000";

describe("a draft", () => {
  it("is hidden from its own patient", async () => {
    const { patient, draft, caseId } = await makeDraft();
    expect(await estimateFor(patient, draft.id)).toBeNull();
    expect(await estimatesOfCase(patient, caseId)).toEqual([]);
  });

  it("changes until it is sent", async () => {
    const { owner, draft } = await makeDraft();
    const form = editEstimateForm.parse({
      lines: [line("treatment", 5_000, { contract: "A" })],
      exclusions: [],
    });
    const edited = await editEstimate(owner, draft.id, form, now);
    expect(edited).toMatchObject({ value: { expectedMinor: 5_000n, exclusions: [], currency: "EUR" } });
    expect(await editEstimate(await makeCoordinator(), draft.id, form, now)).toMatchObject({
      reason: "forbidden",
    });
    await sendEstimate(owner, draft.id, now);
    expect(await editEstimate(owner, draft.id, form, now)).toMatchObject({ reason: "not_a_draft" });
  });
});

describe("sending an estimate", () => {
  it("seals it with a hash, moves the case to choosing and leaves a trace", async () => {
    const answered = await makeAnsweredCase();
    const sent = await makeSentEstimate(answered);
    expect(sent).toMatchObject({ state: "sent", hash: hashOf(sent) });
    expect((await stageOf(answered.caseId)).stage).toBe("choosing");
    expect(await eventsAbout(sent.id)).toEqual(["estimate.drafted", "estimate.sent"]);
    expect((await estimateFor(answered.patient, sent.id))?.lines).toHaveLength(5);
    const mail = await openDb().outboxMail.findFirst({ where: { to: answered.patient.email } });
    expect(mail?.template).toBe("estimate_ready");
  });

  it("is refused while the operator's fee stands in it without a sum", async () => {
    const { owner, reviewId } = await makeAnsweredCase();
    const lines = [line("treatment", 5_000, { contract: "A" }), line("operator_fee", 0)];
    const draft = await draftEstimate(owner, reviewId, estimateForm(lines), now);
    if (!draft.ok) throw new Error(draft.reason);
    expect(await sendEstimate(owner, draft.value.id, now)).toMatchObject({ reason: "fee_without_sum" });
    const form = editEstimateForm.parse({ lines: [lines[0], line("operator_fee", 240_000)] });
    await editEstimate(owner, draft.value.id, form, now);
    expect(await sendEstimate(owner, draft.value.id, now)).toMatchObject({ ok: true });
  });

  it("puts the older version of the same answer aside", async () => {
    const answered = await makeAnsweredCase();
    const first = await makeSentEstimate(answered);
    const second = await makeSentEstimate(answered);
    expect((await estimateFor(answered.patient, first.id))?.state).toBe("superseded");
    expect(second).toMatchObject({ version: 2, state: "sent" });
  });

  it("needs a required line, and sends once of two at once", async () => {
    const answered = await makeAnsweredCase();
    const optional = estimateForm([line("interpreter", 1, { optional: true })]);
    const empty = await draftEstimate(answered.owner, answered.reviewId, optional, now);
    if (!empty.ok) throw new Error(empty.reason);
    expect(await sendEstimate(answered.owner, empty.value.id, now)).toMatchObject({
      reason: "no_required_line",
    });
    const { owner, draft } = await makeDraft();
    const both = await Promise.all([1, 2].map(() => sendEstimate(owner, draft.id, now)));
    expect(both.map((one) => one.ok || one.reason).toSorted()).toEqual([true, "not_a_draft"].toSorted());
  });

  it("is final: the database refuses a change of a sent estimate and of its lines", async () => {
    const sent = await makeSentEstimate(await makeAnsweredCase());
    const raise = asPerson(testSystem, (tx) =>
      tx.estimate.updateMany({ where: { id: sent.id }, data: { highMinor: 9n ** 9n } }),
    );
    await expect(raise).rejects.toSatisfy(isCheckViolation);
    const line0 = sent.lines[0]?.id ?? "";
    const cheaper = asPerson(testSystem, (tx) =>
      tx.estimateLine.updateMany({ where: { id: line0 }, data: { highMinor: 1n } }),
    );
    await expect(cheaper).rejects.toSatisfy(isCheckViolation);
  });
});

describe("accepting an estimate", () => {
  it("takes the version with the hash the patient saw and waits 72 hours", async () => {
    const { estimate, caseId } = await makeAcceptedCase();
    expect(estimate.state).toBe("accepted");
    const found = await asPerson(testSystem, (tx) => tx.case.findUniqueOrThrow({ where: { id: caseId } }));
    expect(found).toMatchObject({ stage: "contracting", waitingOn: "patient" });
    const hours = ((found.nextDueAt?.getTime() ?? 0) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(71);
    expect(hours).toBeLessThan(73);
  });

  it("refuses another hash, an answer already given, and a stranger", async () => {
    const answered = await makeAnsweredCase();
    const sent = await makeSentEstimate(answered);
    const accept = (hash: string) => acceptEstimate(answered.patient, sent.id, { hash }, now);
    expect(await accept("0".repeat(64))).toMatchObject({ reason: "hash_mismatch" });
    expect(await acceptEstimate(await makePatient(), sent.id, { hash: sent.hash ?? "" }, now)).toMatchObject({
      reason: "not_found",
    });
    expect(await accept(sent.hash ?? "")).toMatchObject({ ok: true });
    expect(await accept(sent.hash ?? "")).toMatchObject({ reason: "not_sent" });
  });

  it("is not for a companion, who may see it", async () => {
    const answered = await makeAnsweredCase();
    const sent = await makeSentEstimate(answered);
    const companion = await makePatient("Boris Companion");
    await openDb().caseAccess.create({
      data: {
        caseId: answered.caseId,
        personId: companion.personId,
        scopes: ["read", "pay"],
        purpose: "companion",
      },
    });
    expect(await estimateFor(companion, sent.id)).not.toBeNull();
    const helper = await makePatient("Hanna Helper");
    await openDb().caseAccess.create({
      data: {
        ...{ caseId: answered.caseId, personId: helper.personId, purpose: "companion" },
        scopes: ["upload", "message"],
      },
    });
    expect(await estimateFor(helper, sent.id)).toBeNull();
    expect(await acceptEstimate(companion, sent.id, { hash: sent.hash ?? "" }, now)).toMatchObject({
      reason: "forbidden",
    });
  });

  it("ends with the last day", async () => {
    const answered = await makeAnsweredCase();
    const sent = await makeSentEstimate(answered);
    const later = dateOf(addDays(dayOf(now), 21));
    expect(await acceptEstimate(answered.patient, sent.id, { hash: sent.hash ?? "" }, later)).toMatchObject({
      reason: "expired",
    });
    expect((await estimateFor(answered.patient, sent.id))?.state).toBe("expired");
  });

  it("is blocked while the answer forbids travelling", async () => {
    const answers: Record<string, string>[] = [{ urgency: "emergency" }, { fitToTravel: "no" }];
    for (const answer of answers) {
      const answered = await makeAnsweredCase({ answer });
      const sent = await makeSentEstimate(answered);
      expect(await acceptEstimate(answered.patient, sent.id, { hash: sent.hash ?? "" }, now)).toMatchObject({
        reason: "travel_blocked",
      });
    }
  });

  it("lets one of two estimates win when both are accepted at once", async () => {
    const answered = await makeAnsweredCase();
    const other = await makeClinic();
    const { id: reviewId } = await makeReview({
      caseId: answered.caseId,
      clinicId: other.id,
      owner: answered.owner,
    });
    const sent = [await makeSentEstimate(answered), await makeSentEstimate({ ...answered, reviewId })];
    const answers = await Promise.all(
      sent.map((one) => acceptEstimate(answered.patient, one.id, { hash: one.hash ?? "" }, now)),
    );
    expect(answers.map((one) => one.ok || one.reason).toSorted()).toEqual(
      ["another_accepted", true].toSorted(),
    );
  });
});

describe("rejecting an estimate", () => {
  it("says no once, with or without a reason, and only by the patient", async () => {
    const answered = await makeAnsweredCase();
    const sent = await makeSentEstimate(answered);
    expect(await rejectEstimate(await makePatient(), sent.id, {}, now)).toMatchObject({
      reason: "not_found",
    });
    const answers = await Promise.all(
      [1, 2].map(() => rejectEstimate(answered.patient, sent.id, { reason: "Too dear" }, now)),
    );
    expect(answers.map((one) => one.ok || one.reason).toSorted()).toEqual(["not_sent", true].toSorted());
    expect(await eventsAbout(sent.id)).toContain("estimate.rejected");
  });
});

describe("a stranger", () => {
  it("finds no estimate, as patient or as another clinic", async () => {
    const answered = await makeAnsweredCase();
    const sent = await makeSentEstimate(answered);
    const elsewhere = await makeManager((await makeClinic()).id);
    expect(await estimateFor(await makePatient(), sent.id)).toBeNull();
    expect(await estimateFor(elsewhere, sent.id)).toBeNull();
    expect(await estimatesOfCase(await makePatient(), answered.caseId)).toBeNull();
    expect(await estimateFor(await makeManager(answered.clinic.id), sent.id)).not.toBeNull();
  });
});
