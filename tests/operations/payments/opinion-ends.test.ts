import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import { dropStripe } from "@/lib/infra/stripe";
import { settleOpinion } from "@/lib/payments/settle-opinion";
import { startOpinionCheckout } from "@/lib/payments/start-checkout";
import { sweepOpinions } from "@/lib/payments/sweep-opinions";
import { reviewsOfCase } from "@/lib/reviews/queries";
import { reviewViewOf } from "@/lib/reviews/views/review";
import { withdrawConsent } from "@/lib/reviews/withdraw-consent";
import { openBooks, type Peer } from "@/tests/support/money-model/peer";
import { answerTwice, makeOrdered, makePaidOpinion, opinionNow } from "@/tests/support/opinions";
import { reasonOf } from "@/tests/support/outcomes";
import { startProvider } from "@/tests/support/payments";
import { testSystem } from "@/tests/support/people";

let provider: Peer;

beforeAll(async () => {
  provider = openBooks(await startProvider());
});

afterAll(async () => {
  await provider.stop();
  dropStripe();
});

const settle = (id: string, now = new Date()) => settleOpinion(testSystem, id, now);
const refundsOfOpinion = (opinionId: string) =>
  asPerson(testSystem, (tx) => tx.refund.findMany({ where: { payment: { opinionId } } }));

describe("a second opinion whose centre or consent goes away", () => {
  it("takes no money for a centre that left, or whose money may not be held any more", async () => {
    for (const gone of [
      { publishedAt: null },
      { contractAMode: "direct" as const },
      { heldClearanceOn: null },
    ]) {
      const made = await makeOrdered();
      await openDb().clinic.update({ where: { id: made.clinic.id }, data: gone });
      const started = await startOpinionCheckout(made.patient, made.opinionId, new Date());
      expect(reasonOf(started)).toBe("opinion_ended");
    }
  });

  it("is given back after a withdrawn consent, also when nothing after the withdrawal was ever done", async () => {
    const [told, untold] = [await makePaidOpinion(provider), await makePaidOpinion(provider)];
    await withdrawConsent(told.patient, told.caseId, told.consentId, new Date());
    // Its job and the end of the consent were written by one and the same transaction.
    const withIt = await asPerson(
      testSystem,
      (tx) => tx.$queryRaw<{ n: bigint }[]>`
        SELECT count(*) AS n FROM pgboss.job j JOIN "Consent" c ON c.xmin = j.xmin
         WHERE c.id = ${told.consentId}::uuid AND j.name = 'opinion.settle' AND j.data->>'opinionId' = ${told.opinionId}`,
    );
    expect(withIt[0]?.n).toBe(1n);
    await asPerson(testSystem, (tx) =>
      tx.consent.updateMany({ where: { caseId: untold.caseId }, data: { withdrawnAt: new Date() } }),
    );
    await sweepOpinions(testSystem, new Date());
    expect(await opinionNow(untold.opinionId)).toMatchObject({ state: "returned", endCause: "no_consent" });
  });

  it("is the centre's once two doctors signed, though the consent is taken back before anybody looked", async () => {
    const made = await makePaidOpinion(provider);
    await answerTwice(made);
    await withdrawConsent(made.patient, made.caseId, made.consentId, new Date());
    await settle(made.opinionId);
    expect((await opinionNow(made.opinionId)).state).toBe("delivered");
    expect(await refundsOfOpinion(made.opinionId)).toEqual([]);
    const [review] = (await reviewsOfCase(made.patient, made.caseId)) ?? [];
    expect(review && reviewViewOf(review, "patient")).toMatchObject({
      ...{ state: "withdrawn", verdict: "not_eligible", reason: "Medicines first." },
    });
  });
});
