import { describe, expect, it } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import { followPayment } from "@/lib/logistics/follow-payment";
import { approveRefund } from "@/lib/payments/approve-refund";
import { fullRefund } from "@/lib/payments/begin-full-refund";
import { proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { statementFor } from "@/lib/payments/read-statement";
import { reconcileLateLosses } from "@/lib/payments/reconcile-late-losses";
import { sendRefund } from "@/lib/payments/send-refund";
import { settlePayment } from "@/lib/payments/settle-payment";
import { statementView } from "@/lib/payments/statement-view";
import { refundsNow } from "@/tests/support/bills";
import { tasks } from "@/tests/support/changes";
import { booked } from "@/tests/support/invoices";
import { backOf, type Late, lookAt, makeLatePayment, makeRecordedLate } from "@/tests/support/late";
import { valueOf } from "@/tests/support/outcomes";
import { makeCoordinator, makeFinance, makePatient, testSystem } from "@/tests/support/people";
import { tellDispute } from "@/tests/support/refunds";
import { eventually } from "@/tests/support/stripe-sandbox";
import { withBooks } from "@/tests/support/with-provider";

const provider = withBooks();

const now = () => new Date();

const bookingNow = (id: string) =>
  asPerson(testSystem, (tx) => tx.booking.findUniqueOrThrow({ where: { id } }));
const paymentNow = (id: string) =>
  asPerson(testSystem, (tx) => tx.payment.findUniqueOrThrow({ where: { id } }));
const asked = ({ paymentId }: Late) =>
  openDb().$queryRaw<unknown[]>`
    SELECT 1 FROM pgboss.job WHERE name = 'payment.settle' AND state < 'active' AND data->>'paymentId' = ${paymentId}`;

const makeRecorded = () => makeRecordedLate(provider());

async function sendAll({ bookingId }: Late): Promise<void> {
  for (const { id, state } of await refundsNow(bookingId))
    if (state === "approved") valueOf(await sendRefund(testSystem, id, now()));
}

/** Nobody has anything of it any more but the payer and their bank, and the operator has lost nothing. */
async function expectEmpty(made: Late): Promise<void> {
  const sums = Object.values(await booked(made.bookingId));
  expect(sums.filter((sum) => sum !== 0n)).toEqual([]);
}

describe("a late deposit of which the payer's bank took a part before anybody followed it", () => {
  it("goes back with the rest, once, and the books are empty", async () => {
    const made = await makeRecorded();
    await tellDispute(made.paymentId, "lost", { amountMinor: 50_000n });
    expect(await asked(made)).not.toEqual([]);

    await lookAt(made.paymentId, 2);
    await lookAt(made.paymentId);

    expect(await bookingNow(made.bookingId)).toMatchObject({
      ...{ state: "cancelled", cancelCause: "hold_expired" },
    });
    expect(new Set(await backOf(made))).toEqual(
      new Set([
        ["approved", null, 300_000n],
        ["refused", "taken_by_bank", 50_000n],
      ]),
    );
    await sendAll(made);
    expect(await paymentNow(made.paymentId)).toMatchObject({ refundedMinor: 300_000n, lostMinor: 50_000n });
    await expectEmpty(made);
    expect(await tasks(made.caseId, "late_payment_refund")).toBe(1);
    expect(await tasks(made.caseId, "approve_refund")).toBe(0);
    const audit = await openDb().auditEvent.findMany({
      where: { objectId: made.bookingId, event: "booking.reclaimed" },
    });
    expect(audit.map(({ facts }) => facts)).toMatchObject([{ outcome: "taken_by_bank" }]);
  });

  it("tells its patient both, in their words, and a stranger nothing", async () => {
    const made = await makeRecorded();
    await tellDispute(made.paymentId, "lost", { amountMinor: 50_000n });
    await lookAt(made.paymentId);
    await sendAll(made);

    const read = await statementFor(made.patient, made.bookingId);
    const said = read && statementView(read, "en");
    expect(said?.held.amount.amount).toBe(0);
    expect(said?.held.text).not.toContain("kept under the refund rules");
    expect(said?.totals).toMatchObject({ paid: { amount: 350_000 }, refunded: { amount: 350_000 } });
    expect(said?.totals.released.amount).toBe(0);
    expect(said?.totals.borneByOperator.amount).toBe(0);
    expect(said?.taken).toMatchObject({ owed: [], text: expect.stringContaining("€500.00") });
    const texts = said?.movements.map(({ text }) => text).join("\n");
    expect(texts).toContain("Refund of €500.00: your bank has given you this money back for good");
    expect(texts).toContain("€3,000.00");
    expect(await statementFor(await makePatient(), made.bookingId)).toBeNull();
  });

  it("sends nothing more of the rest where the bank takes that too, before it has left", async () => {
    const made = await makeRecorded();
    await tellDispute(made.paymentId, "lost", { amountMinor: 50_000n });
    await lookAt(made.paymentId);
    for (let told = 0; told < 2; told += 1)
      await tellDispute(made.paymentId, "lost", { amountMinor: 300_000n, name: "second" });

    expect(new Set(await backOf(made))).toEqual(
      new Set([
        ["refused", "taken_by_bank", 300_000n],
        ["refused", "taken_by_bank", 50_000n],
      ]),
    );
    expect(await paymentNow(made.paymentId)).toMatchObject({ refundedMinor: 0n, lostMinor: 350_000n });
    await expectEmpty(made);
  });

  it("sends nothing where the bank took all of it", async () => {
    const made = await makeRecorded();
    await tellDispute(made.paymentId, "lost");
    await lookAt(made.paymentId, 2);

    expect((await bookingNow(made.bookingId)).state).toBe("cancelled");
    expect(await backOf(made)).toEqual([["refused", "taken_by_bank", 350_000n]]);
    await expectEmpty(made);
    expect(await settlePayment(testSystem, made.paymentId, now())).toMatchObject({ value: { follow: null } });
  });

  it.each(["won", "lost"] as const)(
    "waits while the bank asks for more of it, and goes on when that was %s",
    async (end) => {
      const made = await makeRecorded();
      await tellDispute(made.paymentId, "needs_response", { amountMinor: 20_000n, name: "second" });
      await tellDispute(made.paymentId, "lost", { amountMinor: 50_000n });
      await lookAt(made.paymentId);
      expect(await backOf(made)).toEqual([]);
      expect((await bookingNow(made.bookingId)).state).toBe("cancelled");
      await openDb().$executeRaw`UPDATE pgboss.job SET state = 'completed' WHERE name = 'payment.settle'`;

      for (let told = 0; told < 2; told += 1)
        await tellDispute(made.paymentId, end, { amountMinor: 20_000n, name: "second" });
      expect(await asked(made)).not.toEqual([]);
      await lookAt(made.paymentId, 2);

      const left = end === "won" ? 300_000n : 280_000n;
      expect((await backOf(made)).filter(([state]) => state === "approved")).toEqual([
        ["approved", null, left],
      ]);
      await sendAll(made);
      await expectEmpty(made);
    },
  );

  it("goes back to the last unit where people gave a part of it back or only proposed to", async () => {
    for (const isApproved of [true, false]) {
      const made = await makeRecorded();
      const form = proposeRefundForm.parse({ paymentId: made.paymentId, cause: "goodwill", amount: 60_000 });
      const [part] = valueOf(await proposeRefund(await makeCoordinator(), form, now()));
      if (isApproved) valueOf(await approveRefund(await makeFinance(), part?.id ?? "", now()));
      await tellDispute(made.paymentId, "lost", { amountMinor: 50_000n });
      await lookAt(made.paymentId, 2);

      const back = await backOf(made);
      const sum = (wanted: string) =>
        back.filter(([state]) => state === wanted).reduce((all, [, , amountMinor]) => all + amountMinor, 0n);
      expect(sum("approved")).toBe(300_000n);
      expect(sum("calculated")).toBe(0n);
      // Nobody is asked for what somebody else's sum has taken the place of.
      expect(await tasks(made.caseId, "approve_refund")).toBe(0);
      await sendAll(made);
      await expectEmpty(made);
    }
  });

  it("reaches its payer once whether the bank or the worker is first, and where both come at once", async () => {
    for (let round = 0; round < 3; round += 1) {
      const made = await makeRecorded();
      const told = valueOf(await settlePayment(testSystem, made.paymentId, now()));
      await openDb().procedureSlot.update({ where: { id: made.slot.id }, data: { taken: 1 } });
      await Promise.all([
        followPayment(testSystem, told, now()),
        tellDispute(made.paymentId, "lost", { amountMinor: 50_000n }),
        tellDispute(made.paymentId, "lost", { amountMinor: 50_000n }),
      ]);
      await lookAt(made.paymentId, 2);
      await sendAll(made);
      const paid = (await backOf(made)).filter(([state]) => state === "settled");
      expect(paid.reduce((all, [, , amountMinor]) => all + amountMinor, 0n)).toBe(300_000n);
      await expectEmpty(made);
    }
  });

  it("goes back whole also where the booking had ended for a cause that would keep some of it", async () => {
    for (const end of ["lost", "won"] as const) {
      const made = await makeRecorded();
      await asPerson(testSystem, (tx) =>
        tx.booking.update({ where: { id: made.bookingId }, data: { cancelCause: "patient_cancels" } }),
      );
      await tellDispute(made.paymentId, "needs_response", { amountMinor: 50_000n });
      await tellDispute(made.paymentId, end, { amountMinor: 50_000n });
      expect(await asked(made)).not.toEqual([]);
      await lookAt(made.paymentId, 2);
      await sendAll(made);
      await expectEmpty(made);
      expect(await tasks(made.caseId, "approve_refund")).toBe(0);
    }
  });
});

describe("a late deposit that its bank had partly taken before such were followed", () => {
  const look = () => reconcileLateLosses(testSystem, now());
  const forget = () =>
    openDb().$executeRaw`UPDATE pgboss.job SET state = 'completed' WHERE name = 'payment.settle'`;

  it("is found by the next look, from two sides, goes back with the rest, and is not found again", async () => {
    const [made, asking] = [await makeRecorded(), await makeRecorded()];
    for (const { paymentId } of [made, asking])
      await tellDispute(paymentId, "lost", { amountMinor: 50_000n });
    await tellDispute(asking.paymentId, "needs_response", { amountMinor: 20_000n, name: "second" });
    await forget();

    await Promise.all([look(), look()]);
    expect(await asked(made)).not.toEqual([]);
    expect(await asked(asking)).toEqual([]);

    await lookAt(made.paymentId, 2);
    await sendAll(made);
    await expectEmpty(made);
    await openDb().$executeRaw`DELETE FROM pgboss.job WHERE name = 'payment.settle'`;
    await look();
    expect(await asked(made)).toEqual([]);
  });

  it("is left alone where its day was won or its whole sum is on its way", async () => {
    const [won, gone] = [await makeRecorded(), await makeRecorded()];
    valueOf(await fullRefund(testSystem, gone.paymentId, "hold_expired", now()));
    await asPerson(testSystem, (tx) =>
      tx.booking.update({ where: { id: won.bookingId }, data: { paidAt: now() } }),
    );
    for (const { paymentId } of [won, gone]) await tellDispute(paymentId, "lost", { amountMinor: 50_000n });
    await forget();
    await look();
    for (const made of [won, gone]) expect(await asked(made)).toEqual([]);
  });
});

it("goes back by the rules alone where the day was won again meanwhile, and then cancelled", async () => {
  const made = await makeRecorded();
  const told = valueOf(await settlePayment(testSystem, made.paymentId, now()));
  await followPayment(testSystem, told, now());
  expect((await bookingNow(made.bookingId)).state).toBe("awaiting_centre");
  await asPerson(testSystem, (tx) =>
    tx.booking.update({
      where: { id: made.bookingId },
      data: { state: "cancelled", cancelCause: "patient_cancels", cancelledAt: now() },
    }),
  );
  await followPayment(testSystem, told, now());
  await fullRefund(testSystem, made.paymentId, "hold_expired", now());
  expect(await backOf(made)).toEqual([]);
  expect(await tasks(made.caseId, "late_payment_refund")).toBe(0);
});

it("goes back at the provider too: what its bank left, and not a unit more", async () => {
  const made = await makeLatePayment(provider());
  valueOf(await settlePayment(testSystem, made.paymentId, now()));
  const read = () => paymentNow(made.paymentId);
  const told = (isSo: (payment: Awaited<ReturnType<typeof read>>) => boolean) =>
    eventually(async () => {
      await provider().work();
      return isSo(await read()) || null;
    });
  const paymentIntent = (await read()).paymentIntentId ?? "";
  await provider().askForPart(paymentIntent, 50_000);
  await told(({ openDisputes }) => openDisputes.length > 0);
  await lookAt(made.paymentId);
  expect(await backOf(made)).toEqual([]);
  await provider().decide((await read()).openDisputes[0] ?? "", "losing_evidence");
  await told(({ state }) => state === "lost");
  await lookAt(made.paymentId, 2);
  await sendAll(made);

  const { refunds, charges } = await provider().books();
  const charge = charges.find((one) => one.payment_intent === paymentIntent);
  const sent = refunds.filter((one) => one.charge === charge?.id && one.status !== "failed");
  expect(sent.map(({ amount }) => amount)).toEqual([300_000]);
  await expectEmpty(made);
});
