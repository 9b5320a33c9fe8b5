import { describe, expect, it } from "vitest";
import { GET as getPlan } from "@/app/api/v1/estimates/[id]/plan/route";
import { acceptEstimate } from "@/lib/estimates/accept-estimate";
import { draftEstimate } from "@/lib/estimates/draft-estimate";
import { termsOf } from "@/lib/estimates/kept-terms";
import { estimateFor } from "@/lib/estimates/queries";
import { hashOf, sendEstimate } from "@/lib/estimates/send-estimate";
import { asPerson, openDb } from "@/lib/infra/db";
import { isCheckViolation } from "@/lib/infra/db-errors";
import { Prisma } from "@/lib/infra/generated/client";
import { estimatePlanSchema } from "@/lib/logistics/views/estimate-plan";
import { makeClinic } from "../../support/clinics";
import { estimateForm, line, makeSentEstimate } from "../../support/estimates";
import { makePatient, testSystem } from "../../support/people";
import { makeAnsweredCase } from "../../support/reviews";
import { call, tokenOf } from "../../support/routes";

const lines = [line("treatment", 3_000_000, { contract: "A" }), line("operator_fee", 200_000)];

async function makeSent() {
  const clinic = await makeClinic({ contractAMode: "held_by_operator" });
  const answered = await makeAnsweredCase({ clinic });
  const estimate = await makeSentEstimate(answered, lines);
  const token = await tokenOf(answered.patient);
  const readPlan = async () =>
    estimatePlanSchema.parse((await call(getPlan, { token, params: { id: estimate.id } })).body);
  return { ...answered, clinic, estimate, readPlan };
}

describe("the terms an estimate is sent under", () => {
  it("stay with it, before and after it is accepted, and its reader is told that they changed", async () => {
    const made = await makeSent();
    const before = await made.readPlan();
    expect(before.terms).toMatchObject({ of: "sending", areChanged: false });
    await openDb().clinic.update({
      where: { id: made.clinic.id },
      data: { prepaymentBp: made.clinic.prepaymentBp === 5_000 ? 4_000 : 5_000 },
    });
    const accepted = await acceptEstimate(
      made.patient,
      made.estimate.id,
      { hash: made.estimate.hash ?? "" },
      new Date(),
    );
    expect(accepted).toMatchObject({ ok: true });
    const after = await made.readPlan();
    expect(after).toEqual({ ...before, terms: { ...before.terms, areChanged: true } });
    const later = await makeSentEstimate(await makeAnsweredCase({ clinic: made.clinic }), lines);
    expect(later.sentTerms).not.toEqual(made.estimate.sentTerms);
  });

  it("are part of what its hash names; what was sent without them keeps its name", async () => {
    const { estimate, patient } = await makeSent();
    expect(estimate.sentTerms).toEqual(termsOf(estimate.clinic));
    expect(hashOf(estimate)).toBe(estimate.hash);
    const other = termsOf({ ...estimate.clinic, prepaymentBp: 9_999 });
    const names = [estimate, { ...estimate, sentTerms: other }, { ...estimate, sentTerms: null }].map(hashOf);
    expect(new Set(names).size).toBe(3);
    expect((await estimateFor(patient, estimate.id))?.hash).toBe(estimate.hash);
    expect(await estimateFor(await makePatient(), estimate.id)).toBeNull();
  });

  it("are nobody's to change, a draft has none, and of two sendings at once one keeps them", async () => {
    const { caseId, owner, reviewId } = await makeAnsweredCase();
    const drafted = await draftEstimate(owner, reviewId, estimateForm(), new Date());
    if (!drafted.ok) throw new Error(drafted.reason);
    const { id, sentTerms } = drafted.value;
    expect(sentTerms).toBeNull();
    const put = (value: object | typeof Prisma.DbNull) =>
      asPerson(testSystem, (tx) => tx.estimate.updateMany({ where: { caseId }, data: { sentTerms: value } }));
    await expect(put({})).rejects.toSatisfy(isCheckViolation);
    const answers = await Promise.all([1, 2].map(() => sendEstimate(owner, id, new Date())));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    for (const value of [{}, Prisma.DbNull]) await expect(put(value)).rejects.toSatisfy(isCheckViolation);
  });
});
