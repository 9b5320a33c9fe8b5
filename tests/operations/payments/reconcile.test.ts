import { describe, expect, it } from "vitest";
import type { Actor } from "@/lib/kernel/actor";
import { addMinutes } from "@/lib/kernel/day";
import { asPerson, openDb } from "@/lib/infra/db";
import { fullRefund } from "@/lib/payments/begin-full-refund";
import { openMoneyTask } from "@/lib/payments/open-money-task";
import { reconcilePayments } from "@/lib/payments/reconcile-payments";
import { settlePayment } from "@/lib/payments/settle-payment";
import { startCheckout } from "@/lib/payments/start-checkout";
import { cancelBooking } from "@/lib/logistics/cancel-booking";
import { makeUnpaidBooking } from "@/tests/support/payments";
import { makeFinance, makePatient, testSystem } from "@/tests/support/people";
import { withProvider } from "@/tests/support/with-provider";

const provider = withProvider();

const soon = () => addMinutes(new Date(), 2);

async function makeStarted() {
  const made = await makeUnpaidBooking();
  const checkout = await startCheckout(made.patient, made.depositId, new Date());
  if (!checkout.ok) throw new Error(checkout.reason);
  return { ...made, ...checkout.value };
}

const bookingState = async (id: string) =>
  (await asPerson(testSystem, (tx) => tx.booking.findUniqueOrThrow({ where: { id } }))).state;
const paymentState = async (id: string) =>
  (await asPerson(testSystem, (tx) => tx.payment.findUniqueOrThrow({ where: { id } }))).state;

describe("reconcilePayments", () => {
  it("finds money nobody told us about, and the events that were never delivered", async () => {
    const made = await makeStarted();
    await provider().control("webhooks", { deliver: "never" });
    await provider().pay(made.url);
    await provider().control("webhooks", { deliver: "once" });

    const first = await reconcilePayments(testSystem, soon());
    const second = await reconcilePayments(testSystem, soon());

    expect(first.settled).toBe(1);
    expect(first.events).toBeGreaterThan(0);
    expect(second.settled).toBe(0);
    expect(await bookingState(made.bookingId)).toBe("awaiting_centre");
    await provider().work();
    expect(await openDb().ledgerTx.count({ where: { paymentId: made.paymentId } })).toBe(1);
  });

  it("goes on past a payment that cannot be settled, and asks finance to look at it, once", async () => {
    const [made, stuck] = [await makeStarted(), await makeStarted()];
    const { paymentId, caseId } = stuck;
    const lost = (key: string) =>
      asPerson(
        testSystem,
        (tx) => tx.$executeRaw`
          UPDATE "Payment" SET "sessionId" = NULL, "checkoutUrl" = NULL, "idempotencyKey" = ${key} WHERE id = ${paymentId}::uuid`,
      );
    const { idempotencyKey } = await asPerson(testSystem, (tx) =>
      tx.payment.findUniqueOrThrow({ where: { id: paymentId } }),
    );
    // Nobody knows which call opened its page.
    await lost(`forgotten_${paymentId}`);
    await provider().control("webhooks", { deliver: "never" });
    await provider().pay(made.url);
    await provider().control("webhooks", { deliver: "once" });
    const asked = async (actor: Actor) =>
      (
        await asPerson(actor, (tx) =>
          tx.task.findMany({ where: { caseId, kind: "payment_stuck", title: paymentId } }),
        )
      ).map(({ state }) => state);

    expect((await reconcilePayments(testSystem, soon())).settled).toBe(1);
    expect(await asked(await makeFinance())).toEqual([]);
    const later = () => addMinutes(new Date(), 12);
    await reconcilePayments(testSystem, later());
    await Promise.all([1, 2].map(() => reconcilePayments(testSystem, later())));
    expect(await asked(await makeFinance())).toEqual(["open"]);
    expect(await asked(await makePatient())).toEqual([]);
    expect(await bookingState(made.bookingId)).toBe("awaiting_centre");

    await lost(idempotencyKey);
    await reconcilePayments(testSystem, soon());
    expect(await asked(await makeFinance())).toEqual(["done"]);
    await provider().work();
  });

  it("asks nobody any more about a payment that was settled another way after a fault", async () => {
    const [paid, open] = [await makeStarted(), await makeStarted()];
    const tasks = ({ caseId }: { caseId: string }) =>
      asPerson(testSystem, (tx) => tx.task.findMany({ where: { caseId, kind: "payment_stuck" } }));
    for (const { caseId, paymentId } of [paid, open])
      await asPerson(testSystem, (tx) =>
        openMoneyTask(tx, { caseId, kind: "payment_stuck", title: paymentId }, new Date()),
      );
    await provider().pay(paid.url);
    await provider().work();
    expect(await paymentState(paid.paymentId)).toBe("succeeded");

    // Too early to ask about the other one.
    await Promise.all([1, 2].map(() => reconcilePayments(testSystem, addMinutes(new Date(), -60))));

    expect(await tasks(paid)).toMatchObject([{ state: "done" }]);
    expect(await tasks(open)).toMatchObject([{ state: "open", doneAt: null }]);
  });

  it("asks on past pages the provider has forgotten", async () => {
    const [before, made, after] = [await makeStarted(), await makeStarted(), await makeStarted()];
    for (const { paymentId } of [before, after]) {
      const forgotten = { sessionId: `cs_test_${paymentId}` };
      await asPerson(testSystem, (tx) => tx.payment.update({ where: { id: paymentId }, data: forgotten }));
    }
    await provider().control("webhooks", { deliver: "never" });
    await provider().pay(made.url);
    await provider().control("webhooks", { deliver: "once" });

    expect((await reconcilePayments(testSystem, soon())).settled).toBe(1);

    expect(await bookingState(made.bookingId)).toBe("awaiting_centre");
    await provider().work();
    await asPerson(testSystem, (tx) =>
      tx.payment.updateMany({
        where: { id: { in: [before.paymentId, after.paymentId] } },
        data: { state: "expired", endedAt: new Date() },
      }),
    );
  });

  it("never gives an event up, however often its work failed", async () => {
    const id = `evt_${Date.now()}`;
    await openDb().providerEvent.create({
      data: {
        ...{ id, type: "charge.dispute.created", objectId: "dp_unknown", payload: {}, attempts: 12 },
        ...{ createdAt: new Date(), receivedAt: new Date(Date.now() - 3_600_000) },
      },
    });

    expect((await reconcilePayments(testSystem, soon())).events).toBeGreaterThan(0);

    await openDb().providerEvent.update({ where: { id }, data: { appliedAt: new Date() } });
  });

  it("settles a refund whose sending was lost", async () => {
    const made = await makeStarted();
    await provider().pay(made.url);
    await provider().work();
    await asPerson(testSystem, (tx) =>
      tx.booking.update({
        where: { id: made.bookingId },
        data: { state: "cancelled", cancelledAt: new Date(), cancelCause: "centre_declines", paidAt: null },
      }),
    );
    await fullRefund(testSystem, made.paymentId, "parts_taken", new Date());

    await reconcilePayments(testSystem, soon());

    const refunds = await asPerson(testSystem, (tx) =>
      tx.refund.findMany({ where: { paymentId: made.paymentId } }),
    );
    expect(refunds.map((refund) => refund.state)).toEqual(["settled"]);
  });

  it("finishes a payment whose page was opened but whose answer was lost", async () => {
    const made = await makeStarted();
    await asPerson(
      testSystem,
      (tx) =>
        tx.$executeRaw`UPDATE "Payment" SET "sessionId" = NULL, "checkoutUrl" = NULL WHERE id = ${made.paymentId}::uuid`,
    );
    await provider().control("webhooks", { deliver: "never" });
    await provider().pay(made.url);
    await provider().control("webhooks", { deliver: "once" });

    await reconcilePayments(testSystem, soon());

    expect(await paymentState(made.paymentId)).toBe("succeeded");
  });
});

describe("a booking cancelled by its patient", () => {
  it("closes the open payment page", async () => {
    const made = await makeStarted();
    const form = { cause: "patient_cancels" as const, endCase: false };
    expect(await cancelBooking(made.patient, made.bookingId, form, new Date())).toMatchObject({ ok: true });

    await settlePayment(testSystem, made.paymentId, new Date());
    await provider().pay(made.url);
    await provider().work();

    expect(await paymentState(made.paymentId)).toBe("expired");
  });

  it("proposes what the rules give back", async () => {
    const made = await makeStarted();
    await provider().pay(made.url);
    await provider().work();
    const form = { cause: "visa_refused" as const, endCase: false };

    expect(await cancelBooking(made.patient, made.bookingId, form, new Date())).toMatchObject({ ok: true });

    const refunds = await asPerson(testSystem, (tx) =>
      tx.refund.findMany({ where: { paymentId: made.paymentId } }),
    );
    // Signed papers have earned a quarter of the 2,000 fee; the 500 paid into contract B do not cover it.
    expect(refunds).toMatchObject([{ state: "calculated", amountMinor: 300_000n, cause: "visa_refused" }]);
    const tasks = await asPerson(testSystem, (tx) => tx.task.findMany({ where: { caseId: made.caseId } }));
    expect(tasks.map((task) => task.kind)).toContain("approve_refund");
    expect(await settlePayment(testSystem, made.paymentId, new Date())).toMatchObject({
      value: { follow: null },
    });
  });
});
