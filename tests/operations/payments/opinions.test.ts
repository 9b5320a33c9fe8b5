import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, addMinutes, dateOf, dayOf } from "@/lib/kernel/day";
import { asPerson, openDb } from "@/lib/infra/db";
import { dropStripe } from "@/lib/infra/stripe";
import { cancelOpinion } from "@/lib/payments/cancel-opinion";
import { payOpinion } from "@/lib/payments/pay-opinion";
import { proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { reconcileBalance } from "@/lib/payments/reconcile-balance";
import { reconcilePayments } from "@/lib/payments/reconcile-payments";
import { releaseOpinion } from "@/lib/payments/release-opinion";
import { sendRefund } from "@/lib/payments/send-refund";
import { settleOpinion } from "@/lib/payments/settle-opinion";
import { settlePayment } from "@/lib/payments/settle-payment";
import { startOpinionCheckout } from "@/lib/payments/start-checkout";
import { sweepOpinions } from "@/lib/payments/sweep-opinions";
import { countersignReview } from "@/lib/reviews/countersign-review";
import { declineReview } from "@/lib/reviews/decline-review";
import { requestReviews } from "@/lib/reviews/request-reviews";
import { withdrawConsent } from "@/lib/reviews/withdraw-consent";
import { openBooks, type Peer } from "@/tests/support/money-model/peer";
import {
  answerOnce,
  answerTwice,
  bookedFor,
  FEE_MINOR,
  makeOpened,
  makeOrdered,
  makePaidOpinion,
  opinionNow,
} from "@/tests/support/opinions";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { ledgerSums, startProvider } from "@/tests/support/payments";
import { makeCoordinator, makeFinance, makePatient, makeReviewer, testSystem } from "@/tests/support/people";

let provider: Peer;
const fee = BigInt(FEE_MINOR);

beforeAll(async () => {
  provider = openBooks(await startProvider());
});

afterAll(async () => {
  await provider.stop();
  dropStripe();
});

const refundsOfOpinion = (opinionId: string) =>
  asPerson(testSystem, (tx) => tx.refund.findMany({ where: { payment: { opinionId } } }));
const settle = (id: string, now = new Date()) => settleOpinion(testSystem, id, now);
/** News of a dispute travels by itself. */
const workUntil = (id: string, state: string) =>
  expect
    .poll(async () => {
      await provider.work();
      return (await asPerson(testSystem, (tx) => tx.payment.findUniqueOrThrow({ where: { id } }))).state;
    })
    .toBe(state);
/** Long after every deadline of ten business days. */
const muchLater = () => dateOf(addDays(dayOf(new Date()), 40));

async function sendAll(opinionId: string): Promise<void> {
  for (const { id } of await refundsOfOpinion(opinionId)) await sendRefund(testSystem, id, new Date());
}

describe("paying for a second opinion", () => {
  it("books the fee once as held for the patient, whoever tells how often, and asks the owner to ask the centre", async () => {
    const made = await makeOpened();
    await provider.control("webhooks", { deliver: "twice" });
    await provider.pay(made.url);
    await provider.control("webhooks", { deliver: "once" });
    await Promise.all([
      provider.work(),
      settlePayment(testSystem, made.paymentId, new Date()),
      settlePayment(testSystem, made.paymentId, new Date()),
    ]);
    await provider.work();

    const opinion = await opinionNow(made.opinionId);
    expect(opinion.state).toBe("paid");
    expect(opinion.dueAt?.getTime()).toBeGreaterThan(Date.now());
    expect(await bookedFor(made.opinionId)).toEqual({ psp_clearing: fee, client_funds_held: -fee });
    const tasks = await asPerson(testSystem, (tx) =>
      tx.task.findMany({ where: { caseId: made.caseId, kind: "ask_second_opinion" } }),
    );
    expect(tasks).toMatchObject([{ state: "open", ownerId: made.owner.personId }]);
    const receipts = await openDb().$queryRaw<{ n: bigint }[]>`
      SELECT count(*) AS n FROM pgboss.job WHERE name = 'document.receipt' AND data->>'paymentId' = ${made.paymentId}`;
    expect(receipts[0]?.n).toBe(1n);
  });

  it("shows two clicks the same page and a stranger nothing", async () => {
    const made = await makeOrdered();
    const open = () => startOpinionCheckout(made.patient, made.opinionId, new Date());
    const [one, other] = await Promise.all([open(), open()]);
    expect(valueOf(one).url).toBe(valueOf(other).url);
    const stranger = await makePatient();
    expect(reasonOf(await startOpinionCheckout(stranger, made.opinionId, new Date()))).toBe("not_found");
    expect(reasonOf(await cancelOpinion(stranger, made.opinionId, new Date()))).toBe("not_found");
  });

  it("takes no money once the consent is gone, the warning sign is here or the time is over", async () => {
    const [consentless, urgent, late] = [await makeOrdered(), await makeOrdered(), await makeOrdered()];
    await withdrawConsent(consentless.patient, consentless.caseId, consentless.consentId, new Date());
    await asPerson(testSystem, (tx) =>
      tx.case.update({ where: { id: urgent.caseId }, data: { urgent: true } }),
    );
    const pay = async (made: typeof late, now = new Date()) =>
      reasonOf(await startOpinionCheckout(made.patient, made.opinionId, now));
    expect(await pay(consentless)).toBe("no_consent");
    expect(await pay(urgent)).toBe("urgent_case");
    expect(await pay(late, muchLater())).toBe("opinion_ended");
    await sweepOpinions(testSystem, muchLater());
    expect(await opinionNow(late.opinionId)).toMatchObject({ state: "cancelled", endCause: "not_paid" });
    expect(reasonOf(await startOpinionCheckout(late.patient, late.opinionId, new Date()))).toBe(
      "opinion_ended",
    );
  });

  it("gives money that comes after the order ended back whole, at once", async () => {
    const made = await makeOpened();
    await provider.control("webhooks", { deliver: "never" });
    await provider.pay(made.url);
    await provider.control("webhooks", { deliver: "once" });
    valueOf(await cancelOpinion(made.patient, made.opinionId, new Date()));
    await reconcilePayments(testSystem, addMinutes(new Date(), 2));
    await Promise.all([1, 2].map(() => settlePayment(testSystem, made.paymentId, new Date())));

    expect(await opinionNow(made.opinionId)).toMatchObject({ state: "cancelled", paidAt: null });
    expect(await refundsOfOpinion(made.opinionId)).toMatchObject([
      { cause: "opinion_ended", amountMinor: fee, bookingId: null },
    ]);
    await sendAll(made.opinionId);
    expect((await refundsOfOpinion(made.opinionId))[0]?.state).toBe("settled");
    expect(await bookedFor(made.opinionId)).toEqual({});
  });
});

describe("what becomes of the fee", () => {
  it("asks no centre before the fee is here, and names the question once it is", async () => {
    const made = await makeOrdered();
    const ask = () => requestReviews(made.owner, made.caseId, { clinics: [made.clinic.slug] }, new Date());
    expect(reasonOf(await ask())).toBe("opinion_unpaid");
    const page = valueOf(await startOpinionCheckout(made.patient, made.opinionId, new Date()));
    await provider.pay(page.url);
    await provider.work();
    const [review] = valueOf(await ask());
    expect((await opinionNow(made.opinionId)).reviewId).toBe(review?.id);
  });

  it("is held for one signature and owed to the centre for two, released by one person and paid by another", async () => {
    const made = await makePaidOpinion(provider);
    const { id } = await answerOnce(made);
    await settle(made.opinionId);
    expect((await opinionNow(made.opinionId)).state).toBe("paid");
    const second = await makeReviewer(made.clinic.id, "Dr. Sven Surgeon");
    valueOf(await countersignReview(second, id, new Date()));
    await Promise.all([settle(made.opinionId), settle(made.opinionId)]);
    expect(await opinionNow(made.opinionId)).toMatchObject({ state: "delivered", reviewId: id });
    expect(await refundsOfOpinion(made.opinionId)).toEqual([]);

    const [felix, fiona] = await Promise.all([makeFinance(), makeFinance("Fiona Finance")]);
    const released = await Promise.all(
      [felix, fiona].map((finance) => releaseOpinion(finance, made.opinionId, new Date())),
    );
    expect(released.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await bookedFor(made.opinionId)).toEqual({ psp_clearing: fee, hospital_payable: -fee });
    const by = (await opinionNow(made.opinionId)).releasedById;
    const [same, other] = felix.personId === by ? [felix, fiona] : [fiona, felix];
    expect(reasonOf(await payOpinion(same, made.opinionId, "SEPA 1", new Date()))).toBe("same_person");
    const paid = await Promise.all([1, 2].map(() => payOpinion(other, made.opinionId, "SEPA 1", new Date())));
    expect(paid.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await bookedFor(made.opinionId)).toEqual({});
    await settle(made.opinionId, muchLater());
    expect(await refundsOfOpinion(made.opinionId)).toEqual([]);
  });

  it("comes back whole, once, when no signed answer is here by the deadline, and a late one changes nothing", async () => {
    const made = await makePaidOpinion(provider);
    await answerOnce(made);
    await Promise.all([settle(made.opinionId, muchLater()), sweepOpinions(testSystem, muchLater())]);

    expect(await opinionNow(made.opinionId)).toMatchObject({ state: "returned", endCause: "not_in_time" });
    expect(await refundsOfOpinion(made.opinionId)).toMatchObject([
      { cause: "opinion_not_in_time", amountMinor: fee, proposedById: null },
    ]);
    await sendAll(made.opinionId);
    expect((await refundsOfOpinion(made.opinionId))[0]?.state).toBe("settled");
    expect(await bookedFor(made.opinionId)).toEqual({});
    const finance = await makeFinance();
    expect(reasonOf(await releaseOpinion(finance, made.opinionId, new Date()))).toBe("illegal_transition");
  });

  it("comes back whole when the centre declines, the consent ends, or the patient calls off before the centre was asked", async () => {
    const [declined, consentless, calledOff] = [
      await makePaidOpinion(provider),
      await makePaidOpinion(provider),
      await makePaidOpinion(provider),
    ];
    const [review] = valueOf(
      await requestReviews(declined.owner, declined.caseId, { clinics: [declined.clinic.slug] }, new Date()),
    );
    expect(reasonOf(await cancelOpinion(declined.patient, declined.opinionId, new Date()))).toBe(
      "already_requested",
    );
    const reviewer = await makeReviewer(declined.clinic.id);
    valueOf(await declineReview(reviewer, review?.id ?? "", { reason: "No time." }, new Date()));
    await withdrawConsent(consentless.patient, consentless.caseId, consentless.consentId, new Date());
    await Promise.all([settle(declined.opinionId), settle(consentless.opinionId)]);
    await Promise.all([1, 2].map(() => cancelOpinion(calledOff.patient, calledOff.opinionId, new Date())));
    for (const [made, cause] of [
      [declined, "declined"],
      [consentless, "no_consent"],
      [calledOff, "called_off"],
    ] as const) {
      expect(await opinionNow(made.opinionId)).toMatchObject({ state: "returned", endCause: cause });
      expect(await refundsOfOpinion(made.opinionId)).toMatchObject([{ amountMinor: fee }]);
    }
  });

  it("counts an answer signed in time as delivered, however late anybody looks", async () => {
    const made = await makePaidOpinion(provider);
    await answerTwice(made);
    await sweepOpinions(testSystem, muchLater());
    expect((await opinionNow(made.opinionId)).state).toBe("delivered");
  });

  it("is gone with the payer's bank when that takes it back before an answer, and stays owed after one", async () => {
    const [before, after] = [await makePaidOpinion(provider), await makePaidOpinion(provider)];
    await answerTwice(after);
    await settle(after.opinionId);
    for (const made of [before, after]) {
      const { paymentIntentId } = await asPerson(testSystem, (tx) =>
        tx.payment.findUniqueOrThrow({ where: { id: made.paymentId } }),
      );
      await provider.control("dispute", { paymentIntent: paymentIntentId });
      await workUntil(made.paymentId, "disputed");
      await settle(made.opinionId, muchLater());
      expect(await refundsOfOpinion(made.opinionId)).toEqual([]);
      const { disputes } = await provider.books();
      const dispute = disputes.find((one) => one.payment_intent === paymentIntentId)?.id ?? "";
      await provider.decide(dispute, "losing_evidence");
      await workUntil(made.paymentId, "lost");
    }
    expect(await opinionNow(before.opinionId)).toMatchObject({ state: "returned", endCause: "disputed" });
    expect(await bookedFor(before.opinionId)).toEqual({});
    expect((await opinionNow(after.opinionId)).state).toBe("delivered");
    expect(await bookedFor(after.opinionId)).toEqual({ client_funds_held: -fee, write_off: fee });
  });

  it("goes back by its rule alone: nobody proposes a part of it", async () => {
    const made = await makePaidOpinion(provider);
    const form = proposeRefundForm.parse({ paymentId: made.paymentId, cause: "goodwill", amount: 100 });
    expect(reasonOf(await proposeRefund(await makeCoordinator(), form, new Date()))).toBe("not_found");
  });

  it("is never taken out of what is held for another opinion", async () => {
    const made = await makePaidOpinion(provider);
    const twice = asPerson(
      testSystem,
      (tx) =>
        tx.$executeRaw`WITH t AS (INSERT INTO "LedgerTx" (id, kind, reference, memo, "opinionId", at)
          VALUES (gen_random_uuid(), 'release_approved', ${`forged:${made.opinionId}`}, 'x', ${made.opinionId}::uuid, now()) RETURNING id, at)
        INSERT INTO "LedgerEntry" (id, "txId", account, contract, currency, "amountMinor", at)
        SELECT gen_random_uuid(), t.id, a::"LedgerAccount", 'A', 'EUR', m, t.at FROM t,
          (VALUES ('client_funds_held', ${fee + 1n}::bigint), ('hospital_payable', ${-fee - 1n}::bigint)) v(a, m)`,
    );
    await expect(twice).rejects.toThrow("Held client money is never negative");
  });
});

it("explains every cent at the provider, fees and ways back among them, and all accounts come to zero", async () => {
  await provider.work();
  const told = await reconcileBalance(testSystem, addMinutes(new Date(), 120));
  expect(told).toMatchObject({ waiting: 0, unexplained: 0, gaps: {} });
  expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
});
