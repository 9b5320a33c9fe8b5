import { afterAll, beforeAll, expect, it } from "vitest";
import Stripe from "stripe";
import { addMinutes } from "@/lib/kernel/day";
import { asPerson, openDb } from "@/lib/infra/db";
import { dropStripe } from "@/lib/infra/stripe";
import { approveRefund } from "@/lib/payments/approve-refund";
import { proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { unexplainedMovementsFor } from "@/lib/payments/read-movements";
import { reconcileBalance } from "@/lib/payments/reconcile-balance";
import { reconcilePayments } from "@/lib/payments/reconcile-payments";
import { sendRefund } from "@/lib/payments/send-refund";
import { startCheckout } from "@/lib/payments/start-checkout";
import { openBooks, type Peer } from "@/tests/support/money-model/peer";
import { ledgerSums, makePaidBooking, makeUnpaidBooking, startProvider } from "@/tests/support/payments";
import { makeCoordinator, makeFinance, makePatient, testSystem } from "@/tests/support/people";
import { sessionWishes } from "@/tests/support/stripe-sandbox";

let provider: Peer;
const nothingOpen = { waiting: 0, unexplained: 0, gaps: {} };
const later = () => addMinutes(new Date(), 120);

beforeAll(async () => {
  provider = openBooks(await startProvider());
});

afterAll(async () => {
  await provider.stop();
  dropStripe();
});

const feesOf = (paymentId: string) =>
  openDb().ledgerTx.findMany({ where: { paymentId, kind: "provider_fee" }, include: { entries: true } });
const tasksTitled = (title: string) =>
  asPerson(testSystem, (tx) => tx.task.findMany({ where: { kind: "unmatched_payment", title } }));

async function refunded(paymentId: string): Promise<string> {
  const form = proposeRefundForm.parse({ paymentId, cause: "goodwill", amount: 10_000 });
  const proposed = await proposeRefund(await makeCoordinator(), form, new Date());
  const id = proposed.ok ? (proposed.value[0]?.id ?? "") : "";
  await approveRefund(await makeFinance(), id, new Date());
  await sendRefund(testSystem, id, new Date());
  return id;
}

it("explains every cent of payments, refunds, bounced refunds and disputes, and books the fees once", async () => {
  const paid = await makePaidBooking(provider);
  const lost = await makePaidBooking(provider);
  const won = await makePaidBooking(provider);
  const refundId = await refunded(paid.paymentId);
  const { refunds, charges } = await provider.books();
  const sent = refunds.find((one) => one.metadata?.refund === refundId)?.id;
  await provider.control("bounce", { refund: sent });
  await refunded(paid.paymentId);
  for (const [made, evidence] of [
    [lost, "losing_evidence"],
    [won, "winning_evidence"],
  ] as const) {
    const { paymentIntentId } = await asPerson(testSystem, (tx) =>
      tx.payment.findUniqueOrThrow({ where: { id: made.paymentId } }),
    );
    await provider.control("dispute", { paymentIntent: paymentIntentId });
    const { disputes } = await provider.books();
    await provider.decide(disputes.find((one) => one.payment_intent === paymentIntentId)?.id ?? "", evidence);
  }
  await provider.work();

  const first = await reconcileBalance(testSystem, new Date());
  await Promise.all([1, 2].map(() => reconcileBalance(testSystem, new Date())));

  // Three payments, two refunds, one that came back, two disputes, one given back.
  expect(first).toEqual({ explained: 9, ...nothingOpen });
  const [fee, ...others] = await feesOf(paid.paymentId);
  expect(others).toEqual([]);
  expect(Object.fromEntries(fee?.entries.map((entry) => [entry.account, entry.amountMinor]) ?? [])).toEqual({
    // 1.5 % of 3,500.00 EUR and 0.25.
    psp_fees: 5_275n,
    psp_clearing: -5_275n,
  });
  expect(charges).toHaveLength(3);
  expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
});

it("waits for news on its way, asks finance when none came, and takes the question back when it did", async () => {
  const made = await makeUnpaidBooking();
  const page = await startCheckout(made.patient, made.depositId, new Date());
  if (!page.ok) throw new Error(page.reason);
  await provider.control("webhooks", { deliver: "never" });
  await provider.pay(page.value.url);
  await provider.control("webhooks", { deliver: "once" });

  expect(await reconcileBalance(testSystem, new Date())).toMatchObject({ waiting: 1, unexplained: 0 });
  expect(await reconcileBalance(testSystem, later())).toMatchObject({ waiting: 0, unexplained: 1 });
  await reconcileBalance(testSystem, later());
  const [movement, ...more] = (await unexplainedMovementsFor(await makeFinance())).items;
  expect(more).toEqual([]);
  expect(movement).toMatchObject({ amountMinor: 350_000n, currency: "EUR", reason: "not_booked" });
  const tasks = await tasksTitled(movement?.id ?? "");
  expect(tasks.map((task) => [task.caseId, task.state])).toEqual([[made.caseId, "open"]]);

  await reconcilePayments(testSystem, addMinutes(new Date(), 2));
  expect(await reconcileBalance(testSystem, new Date())).toMatchObject(nothingOpen);
  expect(await feesOf(page.value.paymentId)).toHaveLength(1);
  expect((await tasksTitled(movement?.id ?? "")).map((task) => task.state)).toEqual(["done"]);
});

it("asks about money of another sum than we booked, once, at the case it came for", async () => {
  const made = await makePaidBooking(provider);
  await asPerson(testSystem, (tx) =>
    tx.payment.update({ where: { id: made.paymentId }, data: { amountMinor: 350_001n } }),
  );

  await reconcileBalance(testSystem, new Date());
  await reconcileBalance(testSystem, new Date());

  const [movement] = (await unexplainedMovementsFor(await makeFinance())).items;
  expect(movement).toMatchObject({ reason: "amount_differs" });
  const tasks = await tasksTitled(movement?.id ?? "");
  expect(tasks.map((task) => [task.caseId, task.state])).toEqual([[made.caseId, "open"]]);
  expect(await feesOf(made.paymentId)).toEqual([]);

  await asPerson(testSystem, (tx) =>
    tx.payment.update({ where: { id: made.paymentId }, data: { amountMinor: 350_000n } }),
  );
  expect(await reconcileBalance(testSystem, new Date())).toMatchObject(nothingOpen);
  expect((await tasksTitled(movement?.id ?? "")).map((task) => task.state)).toEqual(["done"]);
});

it("names money that is none of ours to finance, and to nobody else", async () => {
  const { hostname, port } = new URL(provider.url);
  const foreign = new Stripe(process.env.STRIPE_SECRET_KEY ?? "", { host: hostname, port, protocol: "http" });
  const session = await foreign.checkout.sessions.create(sessionWishes());
  await provider.pay(session.url ?? "");

  await reconcileBalance(testSystem, later());

  const finance = await makeFinance();
  expect((await unexplainedMovementsFor(finance)).items).toMatchObject([
    { reason: "unknown_source", amountMinor: 120_000n },
  ]);
  for (const stranger of [await makePatient(), await makeCoordinator()])
    expect(await asPerson(stranger, (tx) => tx.balanceMovement.count())).toBe(0);
});
