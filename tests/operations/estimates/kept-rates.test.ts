import { describe, expect, it } from "vitest";
import { draftEstimate } from "@/lib/estimates/draft-estimate";
import { keptRatesSchema } from "@/lib/estimates/kept-rates";
import { type EstimateFacts, estimateFor } from "@/lib/estimates/queries";
import { hashOf, sendEstimate } from "@/lib/estimates/send-estimate";
import { asPerson, openDb } from "@/lib/infra/db";
import { isCheckViolation } from "@/lib/infra/db-errors";
import { Prisma } from "@/lib/infra/generated/client";
import { estimateForm, makeSentEstimate } from "../../support/estimates";
import { testSystem } from "../../support/people";
import { makeAnsweredCase } from "../../support/reviews";

describe("the rates an estimate is sent with", () => {
  const DAY_MS = 86_400_000;
  const at = new Date(Date.now() - DAY_MS);
  const rateOf = (quote: string, sent: EstimateFacts) =>
    keptRatesSchema.parse(sent.sentRates).find((one) => one.quote === quote);
  const say = (rate: string, source: string, when: Date) =>
    openDb().fxRate.create({ data: { base: "EUR", quote: "OMR", rate, source, at: when } });

  it("stay with it, whatever is told later, and are part of what its hash names", async () => {
    await say("0.4100", "test bank", at);
    const answered = await makeAnsweredCase();
    const sent = await makeSentEstimate(answered);
    expect(rateOf("OMR", sent)).toEqual({
      ...{ quote: "OMR", rate: "0.41", source: "test bank", at: at.toISOString() },
    });
    await say("0.9", "another", new Date());
    const later = await estimateFor(answered.patient, sent.id);
    expect(later?.sentRates).toEqual(sent.sentRates);
    expect(hashOf({ ...sent, sentRates: [] })).not.toBe(sent.hash);
    expect(rateOf("OMR", await makeSentEstimate(answered))?.rate).toBe("0.9");
  });

  it("are those known at the moment of sending, never one of tomorrow", async () => {
    await say("7", "tomorrow", new Date(Date.now() + DAY_MS));
    const sent = await makeSentEstimate(await makeAnsweredCase());
    expect(rateOf("OMR", sent)?.source).not.toBe("tomorrow");
  });

  it("are nobody's to change, and a draft has none", async () => {
    const { caseId, owner, reviewId } = await makeAnsweredCase();
    const drafted = await draftEstimate(owner, reviewId, estimateForm(), new Date());
    if (!drafted.ok) throw new Error(drafted.reason);
    const draft = drafted.value;
    const put = (id: string) =>
      asPerson(testSystem, (tx) => tx.estimate.updateMany({ where: { id }, data: { sentRates: [] } }));
    await expect(put(draft.id)).rejects.toSatisfy(isCheckViolation);
    const sent = await sendEstimate(owner, draft.id, new Date());
    await expect(put(draft.id)).rejects.toSatisfy(isCheckViolation);
    const drop = asPerson(testSystem, (tx) =>
      tx.estimate.updateMany({ where: { caseId }, data: { sentRates: Prisma.DbNull } }),
    );
    await expect(drop).rejects.toSatisfy(isCheckViolation);
    expect((await estimateFor(owner, draft.id))?.sentRates).toEqual(sent.ok && sent.value.sentRates);
  });
});
