import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import Stripe from "stripe";
import { addMinutes } from "@/lib/kernel/day";
import { asPerson, openDb } from "@/lib/infra/db";
import { env } from "@/lib/infra/env";
import { dropStripe } from "@/lib/infra/stripe";
import { monthOf } from "@/lib/payments/closing";
import { approveRefund } from "@/lib/payments/approve-refund";
import { proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { hindrancesOf } from "@/lib/payments/read-closing";
import { unexplainedMovementsFor } from "@/lib/payments/read-movements";
import { reconcileBalance } from "@/lib/payments/reconcile-balance";
import { reconcilePayments } from "@/lib/payments/reconcile-payments";
import { sendRefund } from "@/lib/payments/send-refund";
import { startCheckout } from "@/lib/payments/start-checkout";
import { connect } from "@/scripts/steps/database.mjs";
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

function foreignStripe(): Stripe {
  const { hostname, port } = new URL(provider.url);
  return new Stripe(process.env.STRIPE_SECRET_KEY ?? "", { host: hostname, port, protocol: "http" });
}

/** Money of somebody who came past the product. */
async function strayPayment(): Promise<void> {
  const session = await foreignStripe().checkout.sessions.create(sessionWishes());
  await provider.pay(session.url ?? "");
}

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
    tx.payment.update({ where: { id: made.paymentId }, data: { amountMinor: 349_999n } }),
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
  await strayPayment();

  await reconcileBalance(testSystem, later());

  const finance = await makeFinance();
  expect((await unexplainedMovementsFor(finance)).items).toMatchObject([
    { reason: "unknown_source", amountMinor: 120_000n },
  ]);
  for (const stranger of [await makePatient(), await makeCoordinator()])
    expect(await asPerson(stranger, (tx) => tx.balanceMovement.count())).toBe(0);
});

describe("more movements than one run reads", () => {
  const slow = { pagesMax: 2, pageMax: 3, looksMax: 4 };
  const seen = async () =>
    (await asPerson(testSystem, (tx) => tx.balanceMovement.findMany({ select: { id: true } })))
      .map((row) => row.id)
      .sort();
  const whereWeAre = () =>
    asPerson(testSystem, (tx) => tx.movementReading.findUniqueOrThrow({ where: { id: 1 } }));
  const told = async () => {
    const rows = await foreignStripe().balanceTransactions.list({ limit: 100 });
    return rows.data.map((row) => row.id).sort();
  };
  async function strayPayments(count: number): Promise<void> {
    for (let made = 0; made < count; made += 1) await strayPayment();
  }

  async function forget(): Promise<void> {
    const owner = await connect(env().DATABASE_URL);
    await owner.query(`TRUNCATE "BalanceMovement", "MovementReading" CASCADE`);
    await owner.end();
    await provider.control("reset");
  }
  beforeEach(forget);

  it("sees every one in the end, those of the first days too, and those that come meanwhile", async () => {
    await strayPayments(14);
    await reconcileBalance(testSystem, new Date(), slow);
    const first = await seen();
    expect(first).toHaveLength(6);
    expect(await whereWeAre()).toMatchObject({
      fromAt: null,
      lastId: expect.stringContaining("txn_") as string,
    });
    await strayPayments(3);

    for (let run = 0; run < 2; run += 1) await reconcileBalance(testSystem, new Date(), slow);
    expect(await seen()).toHaveLength(14);
    const after = await whereWeAre();
    expect(after.lastId).toBeNull();
    expect(after.fromAt).not.toBeNull();

    await reconcileBalance(testSystem, new Date(), slow);
    expect(await seen()).toEqual(await told());
    expect(await seen()).toHaveLength(17);
  });

  it("loses none to two runs at once", async () => {
    await strayPayments(14);

    for (let round = 0; round < 4; round += 1)
      await Promise.all([1, 2].map(() => reconcileBalance(testSystem, new Date(), slow)));

    expect(await seen()).toEqual(await told());
  });

  it("begins from the newest again where the provider does not know the last one", async () => {
    await strayPayments(8);
    await reconcileBalance(testSystem, new Date(), slow);
    await asPerson(testSystem, (tx) =>
      tx.movementReading.updateMany({ data: { lastId: "txn_of_another_account" } }),
    );

    expect(await reconcileBalance(testSystem, new Date(), slow)).toBeNull();
    for (let run = 0; run < 2; run += 1) await reconcileBalance(testSystem, new Date(), slow);

    expect(await seen()).toEqual(await told());
  });

  it("hinders a month from closing until all was read back once, an account without any movement too", async () => {
    const month = monthOf(new Date());
    const unread = [{ kind: "unread_movements", title: "–" }];
    const hindered = async () =>
      (await hindrancesOf(month))
        .filter(({ kind }) => kind === "unread_movements")
        .map(({ kind, title }) => ({ kind, title }));
    expect(await hindered()).toEqual(unread);
    await strayPayments(8);
    await reconcileBalance(testSystem, new Date(), slow);
    expect(await hindered()).toEqual([{ kind: "unread_movements", title: (await whereWeAre()).lastId }]);
    await asPerson(testSystem, (tx) =>
      tx.movementReading.updateMany({ data: { lastId: "txn_of_another_account" } }),
    );
    expect(await reconcileBalance(testSystem, new Date(), slow)).toBeNull();
    expect(await hindered()).toEqual(unread);
    for (let run = 0; run < 2; run += 1) await reconcileBalance(testSystem, new Date(), slow);
    expect(await hindered()).toEqual([]);

    await forget();
    expect(await hindered()).toEqual(unread);
    await reconcileBalance(testSystem, new Date(), slow);
    expect(await hindered()).toEqual([]);
  });

  it("reads a page as large as the provider gives, and the next", async () => {
    await strayPayments(103);
    await reconcileBalance(testSystem, new Date());
    expect(await seen()).toHaveLength(103);
  });

  it("looks at those first that waited longest, so that nothing waits behind what nobody can explain", async () => {
    await strayPayments(9);
    for (let run = 0; run < 3; run += 1)
      await reconcileBalance(testSystem, addMinutes(later(), run), { ...slow, pagesMax: 9 });

    const looks = await asPerson(testSystem, (tx) =>
      tx.balanceMovement.findMany({ select: { state: true, lookedAt: true } }),
    );
    expect(looks.map((row) => row.state)).toEqual(Array(9).fill("unexplained"));
    expect(looks.every((row) => row.lookedAt !== null)).toBe(true);
  });
});
