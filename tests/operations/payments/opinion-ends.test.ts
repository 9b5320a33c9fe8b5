import { describe, expect, it } from "vitest";
import { addHours } from "@/lib/kernel/day";
import { changeStage } from "@/lib/cases/change-stage";
import { readCaseExport } from "@/lib/documents/read-case-export";
import { asPerson, openDb } from "@/lib/infra/db";
import { cancelOpinion } from "@/lib/payments/cancel-opinion";
import { releaseOpinion } from "@/lib/payments/release-opinion";
import { sendRefund } from "@/lib/payments/send-refund";
import { settleOpinion } from "@/lib/payments/settle-opinion";
import { startOpinionCheckout } from "@/lib/payments/start-checkout";
import { sweepOpinions } from "@/lib/payments/sweep-opinions";
import { reviewsOfCase } from "@/lib/reviews/queries";
import { askOpinion } from "@/lib/reviews/ask-opinion";
import { requestReviews } from "@/lib/reviews/request-reviews";
import { givenUpAt } from "@/lib/reviews/review";
import { sweepCases } from "@/lib/reviews/sweep-cases";
import { reviewViewOf } from "@/lib/reviews/views/review";
import { withdrawConsent } from "@/lib/reviews/withdraw-consent";
import {
  answerTwice,
  FEE_MINOR,
  makeOffered,
  makeOrdered,
  offerOpinions,
  orderOf,
  makePaidOpinion,
  opinionNow,
} from "@/tests/support/opinions";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { makeFinance, testSystem } from "@/tests/support/people";
import { withBooks } from "@/tests/support/with-provider";

const provider = withBooks();

const settle = (id: string, now = new Date()) => settleOpinion(testSystem, id, now);
const refundsOfOpinion = (opinionId: string) =>
  asPerson(testSystem, (tx) => tx.refund.findMany({ where: { payment: { opinionId } } }));

describe("a second opinion whose centre or consent goes away", () => {
  it("takes no money for a centre that left, or whose money may not be held any more", async () => {
    for (const gone of [
      { publishedAt: null },
      { contractAMode: "direct" as const },
      { heldClearanceOn: addHours(new Date(), 48) },
    ]) {
      const made = await makeOrdered();
      await openDb().clinic.update({ where: { id: made.clinic.id }, data: gone });
      const started = await startOpinionCheckout(made.patient, made.opinionId, new Date());
      expect(reasonOf(started)).toBe("opinion_ended");
    }
  });

  it("is given back after a withdrawn consent, also when nothing after the withdrawal was ever done", async () => {
    const [told, untold] = [await makePaidOpinion(provider()), await makePaidOpinion(provider())];
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
    const made = await makePaidOpinion(provider());
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

describe("what hangs on the fee of a second opinion", () => {
  it("waits for its own deadline, also after the centre would have been given up", async () => {
    const made = await makeOffered();
    await offerOpinions({}, 30);
    const order = { ...orderOf(made.clinic.slug), answerDays: 30 };
    const { id } = valueOf(await askOpinion(made.patient, made.caseId, order, new Date()));
    const { url } = valueOf(await startOpinionCheckout(made.patient, id, new Date()));
    await provider().pay(url);
    await provider().work();
    const [review] = valueOf(
      await requestReviews(made.owner, made.caseId, { clinics: [made.clinic.slug] }, new Date()),
    );
    const dueAt = (await opinionNow(id)).dueAt ?? new Date(0);
    expect(givenUpAt(new Date()) < addHours(dueAt, -1)).toBe(true);
    const stateAfter = async (at: Date) => {
      await sweepCases(at);
      const { state } = await asPerson(testSystem, (tx) =>
        tx.review.findUniqueOrThrow({ where: { id: review?.id ?? "" } }),
      );
      return state;
    };
    expect(await stateAfter(addHours(dueAt, -1))).toBe("requested");
    expect(await stateAfter(dueAt)).toBe("expired");
  });

  it("leads the payer of a fee that came back to the order, and is in the export of the case with every movement", async () => {
    const made = await makePaidOpinion(provider());
    valueOf(await cancelOpinion(made.patient, made.opinionId, new Date()));
    for (const { id } of await refundsOfOpinion(made.opinionId)) await sendRefund(testSystem, id, new Date());
    const mails = await openDb().outboxMail.findMany({ where: { template: "refund_sent" } });
    const told = mails.map(({ text }) => text).filter((text) => text.includes(made.caseId));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`/my/cases/${made.caseId}/orders`);

    const read = await readCaseExport(made.patient, made.caseId);
    expect(read?.opinions).toMatchObject([
      {
        ...{
          id: made.opinionId,
          state: "returned",
          feeMinor: BigInt(FEE_MINOR),
          clinic: { slug: made.clinic.slug },
        },
        payments: [
          { amountMinor: BigInt(FEE_MINOR), refunds: [{ state: "settled", amountMinor: BigInt(FEE_MINOR) }] },
        ],
      },
    ]);
  });

  it("keeps a case open while it is held", async () => {
    const made = await makePaidOpinion(provider());
    await answerTwice(made);
    await settle(made.opinionId);
    await asPerson(testSystem, async (tx) => {
      await tx.case.update({ where: { id: made.caseId }, data: { stage: "aftercare" } });
      await tx.task.updateMany({
        where: { caseId: made.caseId },
        data: { state: "done", doneAt: new Date() },
      });
    });
    const close = () => changeStage(made.owner, made.caseId, { to: "closed" }, new Date());
    expect(reasonOf(await close())).toBe("held_balance");
    valueOf(await releaseOpinion(await makeFinance(), made.opinionId, new Date()));
    expect(reasonOf(await close())).toBe("done");
  });
});
