import Stripe from "stripe";
import { expect, it } from "vitest";
import { addMinutes } from "@/lib/kernel/day";
import { asPerson } from "@/lib/infra/db";
import { reconcilePayments } from "@/lib/payments/reconcile-payments";
import { sendRefund } from "@/lib/payments/send-refund";
import { tasks } from "@/tests/support/changes";
import { Died, mortalStripe } from "@/tests/support/money-model/fates";
import { testSystem } from "@/tests/support/people";
import { makeApproved, refundNow } from "@/tests/support/refunds";
import { withBooks } from "@/tests/support/with-provider";

/** After a day the provider knows a key no more. */
const LONGER_THAN_A_KEY = 25 * 3_600;

const provider = withBooks();

/** A refund whose try was written down, and whose process died before the call left. */
async function makeBegun() {
  const made = await makeApproved(provider());
  mortalStripe(provider()).fate = "dies_before";
  await expect(sendRefund(testSystem, made.id, new Date())).rejects.toThrow(Died);
  const { paymentIntentId } = await asPerson(testSystem, (tx) =>
    tx.payment.findUniqueOrThrow({ where: { id: made.paymentId } }),
  );
  return { ...made, paymentIntentId: paymentIntentId ?? "" };
}

const no = (code: string) =>
  new Stripe.errors.StripeInvalidRequestError({ type: "invalid_request_error", code, message: code });
const silence = () =>
  new Stripe.errors.StripeConnectionError({ type: "api_error", message: "The answer was lost." });

/** The provider, but that it says this when asked what was given back of these payments. */
function listsAnswer(answers: Record<string, () => Error>): void {
  mortalStripe(provider());
  const shared = globalThis as typeof globalThis & { valviaStripe?: Stripe };
  const real = shared.valviaStripe;
  if (!real) throw new Error("There is no client.");
  const list = (asked: { payment_intent: string }) => {
    const answer = answers[asked.payment_intent];
    return answer ? Promise.reject(answer()) : real.refunds.list(asked);
  };
  const refunds = new Proxy(real.refunds, {
    get: (on, key) => (key === "list" ? list : Reflect.get(on, key)),
  });
  shared.valviaStripe = new Proxy(real, {
    get: (on, key) => (key === "refunds" ? refunds : Reflect.get(on, key)),
  });
}

it("asks a person to pay back by hand where the provider no longer knows the payment", async () => {
  const { id, caseId, paymentIntentId } = await makeBegun();
  listsAnswer({ [paymentIntentId]: () => no("resource_missing") });
  const told = await Promise.all([1, 2].map(() => sendRefund(testSystem, id, new Date())));
  expect(told.every(({ ok }) => ok)).toBe(true);
  expect(await refundNow(id)).toMatchObject({ state: "failed", failureCode: "resource_missing" });
  expect(await tasks(caseId, "refund_failed")).toBe(1);
  const { refunds } = await provider().books();
  expect(refunds.filter((one) => one.metadata?.["refund"] === id)).toEqual([]);
});

it("sends the refunds after those of which the provider says nothing, and never takes another no for an end", async () => {
  const mute = await makeBegun();
  const barred = await makeBegun();
  const last = await makeApproved(provider());
  listsAnswer({
    [mute.paymentIntentId]: silence,
    [barred.paymentIntentId]: () => no("parameter_invalid"),
  });
  await reconcilePayments(testSystem, addMinutes(new Date(), 2));
  expect((await refundNow(last.id)).state).toBe("settled");
  for (const { id, caseId } of [mute, barred]) {
    expect((await refundNow(id)).state).toBe("approved");
    expect(await tasks(caseId, "refund_failed")).toBe(0);
  }
});

// Last: from here on the provider lives in another day.
it("sends a refund once, though its process died before it heard and the provider has forgotten the key", async () => {
  const { id } = await makeApproved(provider());
  mortalStripe(provider()).fate = "dies_after";
  await expect(sendRefund(testSystem, id, new Date())).rejects.toThrow(Died);
  expect((await refundNow(id)).state).toBe("approved");
  await provider().control("clock", { advanceSeconds: LONGER_THAN_A_KEY });

  await Promise.all([1, 2].map(() => sendRefund(testSystem, id, new Date())));

  const { refunds } = await provider().books();
  const sent = refunds.filter((one) => one.metadata?.["refund"] === id);
  expect(sent).toHaveLength(1);
  expect(await refundNow(id)).toMatchObject({ state: "settled", stripeRefundId: sent[0]?.id });
});
