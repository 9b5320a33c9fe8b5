import { describe, expect, it, vi } from "vitest";
import { addHours, addMinutes } from "@/lib/kernel/day";
import { asPerson } from "@/lib/infra/db";
import { log } from "@/lib/infra/log";
import { acceptProviderEvent } from "@/lib/payments/accept-provider-event";
import { applyDispute } from "@/lib/payments/apply-dispute";
import { disputesFor } from "@/lib/payments/read-disputes";
import { reconcileDisputes } from "@/lib/payments/reconcile-disputes";
import { settlePayment } from "@/lib/payments/settle-payment";
import { startCheckout } from "@/lib/payments/start-checkout";
import { valueOf } from "@/tests/support/outcomes";
import { makePaidBooking, makeUnpaidBooking } from "@/tests/support/payments";
import { makeFinance, testSystem } from "@/tests/support/people";
import { withBooks } from "@/tests/support/with-provider";

const provider = withBooks();

const reconcile = () => reconcileDisputes(testSystem, new Date());
const paymentOf = (id: string) =>
  asPerson(testSystem, (tx) => tx.payment.findUniqueOrThrow({ where: { id } }));

/** The payer's bank asks for a part of a payment, and no event of it comes to us. */
async function askUntold(paymentIntentId: string): Promise<string> {
  await provider().control("webhooks", { deliver: "never" });
  await provider().askForPart(paymentIntentId, 50_000);
  await provider().control("webhooks", { deliver: "once" });
  const asked = (await provider().books()).disputes.find((one) => one.payment_intent === paymentIntentId);
  return asked?.id ?? "";
}

/** A payment of which we know the name of a dispute and nothing else, as it was once kept. */
async function makeNamed() {
  const made = await makePaidBooking(provider());
  const paymentIntentId = (await paymentOf(made.paymentId)).paymentIntentId ?? "";
  const id = await askUntold(paymentIntentId);
  const tell = (status: string) =>
    asPerson(testSystem, (tx) =>
      applyDispute(tx, testSystem, { id, status, amountMinor: 50_000n, paymentIntentId }, new Date()),
    );
  await tell("needs_response");
  return { ...made, id, tell };
}

const rowsOf = async (paymentId: string) =>
  (await disputesFor(await makeFinance())).filter((row) => row.paymentId === paymentId);
const tasksOf = async (caseId: string) =>
  (await asPerson(testSystem, (tx) => tx.task.findMany({ where: { caseId, kind: "payment_disputed" } }))).map(
    ({ state }) => state,
  );

describe("reconcileDisputes", () => {
  it("lists what is asked for and was only known by name, once, past one the provider does not know", async () => {
    const [stuck, made] = [await makeNamed(), await makeNamed()];
    const unknown = { openDisputes: [`du_nobody_${stuck.id}`] };
    await asPerson(testSystem, (tx) => tx.payment.update({ where: { id: stuck.paymentId }, data: unknown }));
    expect(await rowsOf(made.paymentId)).toEqual([]);

    await Promise.all([reconcile(), reconcile()]);

    const [row, ...others] = await rowsOf(made.paymentId);
    expect(row).toMatchObject({ id: made.id, state: "needs_answer", amountMinor: 50_000n, endedAt: null });
    expect(others).toEqual([]);
    expect(await reconcile()).toBe(0);
    expect(await tasksOf(made.caseId)).toEqual(["open"]);
  });

  it("says once that the provider does not know a dispute, and asks finance to look, however often it runs", async () => {
    const made = await makeNamed();
    const finance = await makeFinance();
    const id = `du_never_${made.id}`;
    const say = vi.spyOn(log, "error");
    const said = () => say.mock.calls.filter(([about]) => (about as { id?: string }).id === id).length;
    const tasks = () =>
      asPerson(finance, (tx) => tx.task.findMany({ where: { kind: "dispute_unknown", title: id } }));
    await asPerson(testSystem, (tx) =>
      tx.payment.update({ where: { id: made.paymentId }, data: { openDisputes: [id] } }),
    );

    await Promise.all([reconcile(), reconcile()]);
    expect([said(), (await tasks()).map(({ caseId, state }) => [caseId, state])]).toEqual([
      1,
      [[made.caseId, "open"]],
    ]);
    // Whoever has looked is not asked again.
    await asPerson(finance, (tx) =>
      tx.task.updateMany({ where: { title: id }, data: { state: "done", doneAt: new Date() } }),
    );
    await reconcile();
    expect([said(), (await tasks()).map(({ state }) => state)]).toEqual([1, ["done"]]);
    // A week later nothing of the payment may go back still, and somebody is asked again, once.
    const later = addHours(new Date(), 8 * 24);
    await Promise.all([1, 2].map(() => reconcileDisputes(testSystem, later)));
    await reconcileDisputes(testSystem, addHours(later, 30 * 24));
    const states = (await tasks()).map(({ state }) => state).toSorted();
    expect([said(), states]).toEqual([2, ["done", "open"]]);
    say.mockRestore();
  });

  it("ends what was asked of finance where the bank had refused before, and not where it took the money", async () => {
    const [won, lost] = [await makeNamed(), await makeNamed()];
    for (const [made, evidence] of [
      [won, "winning_evidence"],
      [lost, "losing_evidence"],
    ] as const) {
      await provider().control("webhooks", { deliver: "never" });
      await provider().decide(made.id, evidence);
      await provider().control("webhooks", { deliver: "once" });
    }
    await won.tell("won");
    // As it stood open before a refused one ended it.
    await asPerson(testSystem, (tx) =>
      tx.task.updateMany({
        where: { caseId: won.caseId, title: won.id },
        data: { state: "open", doneAt: null },
      }),
    );

    await reconcile();

    expect(await tasksOf(won.caseId)).toEqual(["done"]);
    expect(await tasksOf(lost.caseId)).toEqual(["open"]);
    expect((await paymentOf(lost.paymentId)).lostMinor).toBe(50_000n);
    expect((await rowsOf(won.paymentId)).map(({ state }) => state)).toEqual(["won"]);
  });

  it("has an event worked again that came before the payment it is about, once", async () => {
    const made = await makeUnpaidBooking();
    const { paymentId, url } = valueOf(await startCheckout(made.patient, made.depositId, new Date()));
    await provider().control("webhooks", { deliver: "never" });
    await provider().pay(url);
    const session = (await provider().books()).sessions.find((one) => one.client_reference_id === paymentId);
    const id = await askUntold(String(session?.payment_intent));
    const event = { id: `evt_${id}`, type: "charge.dispute.created", objectId: id, createdAt: new Date() };
    const claimed = { amount: null, currency: null };
    await acceptProviderEvent(testSystem, { ...event, isLive: false, claimed });
    expect(await provider().work()).toEqual(["unmatched"]);
    await reconcile();
    expect(await provider().work()).toEqual([]);

    await settlePayment(testSystem, paymentId, addMinutes(new Date(), 1));
    await Promise.all([reconcile(), reconcile()]);

    expect(await provider().work()).toEqual(["disputed"]);
    expect((await rowsOf(paymentId)).map((row) => row.id)).toEqual([id]);
  });
});
