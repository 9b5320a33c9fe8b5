import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { asPerson } from "@/lib/infra/db";
import { dropStripe } from "@/lib/infra/stripe";
import { applyDispute } from "@/lib/payments/apply-dispute";
import { opinionView } from "@/lib/payments/opinion-view";
import { sendRefund } from "@/lib/payments/send-refund";
import { sweepOpinions } from "@/lib/payments/sweep-opinions";
import { opinionsOfCase } from "@/lib/reviews/read-opinions";
import { openBooks, type Peer } from "@/tests/support/money-model/peer";
import { answerTwice, bookedFor, FEE_MINOR, makePaidOpinion, opinionNow } from "@/tests/support/opinions";
import { startProvider } from "@/tests/support/payments";
import { testSystem } from "@/tests/support/people";
import { tellRefund } from "@/tests/support/refunds";

let provider: Peer;
const fee = BigInt(FEE_MINOR);

beforeAll(async () => {
  provider = openBooks(await startProvider());
});

afterAll(async () => {
  await provider.stop();
  dropStripe();
});

const paymentNow = (id: string) =>
  asPerson(testSystem, (tx) => tx.payment.findUniqueOrThrow({ where: { id }, include: { refunds: true } }));
const muchLater = () => dateOf(addDays(dayOf(new Date()), 40));
/** News of a dispute travels by itself. */
const workUntil = (id: string, state: string) =>
  expect
    .poll(async () => {
      await provider.work();
      return (await paymentNow(id)).state;
    })
    .toBe(state);

/** The payer's bank asks, and this is how it ends. */
async function endBy(paymentId: string, evidence: string, state: string): Promise<void> {
  const { paymentIntentId } = await paymentNow(paymentId);
  await provider.control("dispute", { paymentIntent: paymentIntentId });
  await workUntil(paymentId, "disputed");
  const { disputes } = await provider.books();
  const dispute = disputes.find((one) => one.payment_intent === paymentIntentId)?.id ?? "";
  await provider.decide(dispute, evidence);
  await workUntil(paymentId, state);
}

/** A part of the fee, told as the provider tells it. */
async function lose(paymentId: string, amountMinor: bigint): Promise<void> {
  const { paymentIntentId } = await paymentNow(paymentId);
  const dispute = { id: `dp_${paymentId}`, status: "lost", amountMinor, paymentIntentId };
  await asPerson(testSystem, (tx) => applyDispute(tx, testSystem, dispute, new Date()));
}

describe("the fee of a second opinion", () => {
  it("is free again when the inquiry of a bank is closed, and goes back once no answer came", async () => {
    const made = await makePaidOpinion(provider);
    await endBy(made.paymentId, "closed_inquiry", "won");
    await sweepOpinions(testSystem, muchLater());
    expect((await opinionNow(made.opinionId)).state).toBe("returned");
    expect((await paymentNow(made.paymentId)).refunds).toMatchObject([{ amountMinor: fee }]);
  });

  it("is gone where it was settled before it became a dispute: never given back twice", async () => {
    const made = await makePaidOpinion(provider);
    await endBy(made.paymentId, "settled_before", "lost");
    await sweepOpinions(testSystem, muchLater());
    expect((await paymentNow(made.paymentId)).refunds).toEqual([]);
    expect(await bookedFor(made.opinionId)).toEqual({});
  });

  it("stays owed to a centre that signed in time, though nobody had looked before the bank took it", async () => {
    const made = await makePaidOpinion(provider);
    await answerTwice(made);
    await lose(made.paymentId, fee);
    expect((await opinionNow(made.opinionId)).state).toBe("delivered");
    expect(await bookedFor(made.opinionId)).toEqual({ client_funds_held: -fee, write_off: fee });
  });

  it("goes back as far as the bank left it, told twice at once too", async () => {
    const made = await makePaidOpinion(provider);
    await Promise.all([lose(made.paymentId, 10_000n), lose(made.paymentId, 10_000n)]);
    expect((await opinionNow(made.opinionId)).state).toBe("returned");
    const { state, refundedMinor, refunds } = await paymentNow(made.paymentId);
    expect([state, refundedMinor]).toEqual(["lost", fee - 10_000n]);
    expect(refunds).toMatchObject([
      { amountMinor: fee - 10_000n, cause: "opinion_disputed", state: "approved" },
    ]);
    await sendRefund(testSystem, refunds[0]?.id ?? "", new Date());
    expect((await paymentNow(made.paymentId)).refunds[0]?.state).toBe("settled");
    expect(await bookedFor(made.opinionId)).toEqual({});
  });

  it("is owed no more once the bank took it after its refund had failed, and its order says so", async () => {
    const made = await makePaidOpinion(provider);
    await sweepOpinions(testSystem, muchLater());
    const refundId = (await paymentNow(made.paymentId)).refunds[0]?.id ?? "";
    await tellRefund(refundId, `re_${refundId}`, "failed", fee);
    expect(await bookedFor(made.opinionId)).toEqual({ psp_clearing: fee, refund_payable: -fee });
    await lose(made.paymentId, fee);
    expect(await bookedFor(made.opinionId)).toEqual({});
    const [order] = (await opinionsOfCase(made.patient, made.caseId)) ?? [];
    expect(order && opinionView(order).refund).toBe("taken");
  });
});
