import { describe, expect, it } from "vitest";
import { dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { followPayment } from "@/lib/logistics/follow-payment";
import { reclaimBooking } from "@/lib/logistics/reclaim-booking";
import { tidyHolds } from "@/lib/logistics/tidy-holds";
import { approveRefund } from "@/lib/payments/approve-refund";
import { fullRefund } from "@/lib/payments/begin-full-refund";
import { proposeRefundForm } from "@/lib/payments/forms";
import { matchBankTransfer } from "@/lib/payments/match-bank-transfer";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { sendRefund } from "@/lib/payments/send-refund";
import { settlePayment } from "@/lib/payments/settle-payment";
import { makeLatePayment } from "@/tests/support/late";
import { ledgerSums, makeUnpaidBooking } from "@/tests/support/payments";
import { makeCoordinator, makeFinance, testSystem } from "@/tests/support/people";
import { valueOf } from "@/tests/support/outcomes";
import { withProvider } from "@/tests/support/with-provider";
import { SEEN } from "@/tests/support/refunds";

const provider = withProvider();

const bookingNow = (id: string) =>
  asPerson(testSystem, (tx) => tx.booking.findUniqueOrThrow({ where: { id }, include: { planItems: true } }));

describe("a deposit that comes after its hold", () => {
  it("wins the same day again when nobody took it", async () => {
    const made = await makeLatePayment(provider());
    expect((await bookingNow(made.bookingId)).state).toBe("cancelled");

    const settled = await settlePayment(testSystem, made.paymentId, new Date());
    expect(settled).toMatchObject({ value: { follow: "reclaim" } });
    const both = await Promise.all([1, 2].map(() => reclaimBooking(testSystem, made.paymentId, new Date())));

    expect(both.every((answer) => answer.ok)).toBe(true);
    const booking = await bookingNow(made.bookingId);
    expect(booking.state).toBe("awaiting_centre");
    expect(booking.planItems.map((item) => item.state).toSorted()).toEqual(["paid", "planned"]);
    const slot = await openDb().procedureSlot.findUniqueOrThrow({ where: { id: made.slot.id } });
    expect(slot.taken).toBe(1);
    expect(await settlePayment(testSystem, made.paymentId, new Date())).toMatchObject({
      value: { follow: null },
    });
    expect(await fullRefund(testSystem, made.paymentId, "hold_expired", new Date())).toMatchObject({
      value: { refundId: null },
    });
  });

  it("goes back in full when somebody else has the day", async () => {
    const made = await makeLatePayment(provider());
    await openDb().procedureSlot.update({ where: { id: made.slot.id }, data: { taken: 1 } });
    await settlePayment(testSystem, made.paymentId, new Date());

    expect(await reclaimBooking(testSystem, made.paymentId, new Date())).toMatchObject({
      reason: "parts_taken",
    });
    const begun = await fullRefund(testSystem, made.paymentId, "hold_expired", new Date());
    const refundId = begun.ok ? (begun.value.refundId ?? "") : "";
    await sendRefund(testSystem, refundId, new Date());

    const payment = await asPerson(testSystem, (tx) =>
      tx.payment.findUniqueOrThrow({ where: { id: made.paymentId } }),
    );
    expect(payment.refundedMinor).toBe(payment.amountMinor);
    const refund = await asPerson(testSystem, (tx) =>
      tx.refund.findUniqueOrThrow({ where: { id: refundId } }),
    );
    expect(refund.state).toBe("settled");
    await openDb().procedureSlot.update({ where: { id: made.slot.id }, data: { taken: 0 } });
    expect(await reclaimBooking(testSystem, made.paymentId, new Date())).toMatchObject({
      reason: "refunded",
    });
    const clearing = await openDb().ledgerEntry.aggregate({
      where: { bookingId: made.bookingId, account: "psp_clearing" },
      _sum: { amountMinor: true },
    });
    expect(clearing._sum.amountMinor).toBe(0n);
    expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
  });

  it.each(["goodwill", "visa_refused"])(
    "goes back to the last unit where people gave a part of it back first: %s",
    async (cause) => {
      const made = await makeLatePayment(provider());
      const { paymentId } = made;
      valueOf(await settlePayment(testSystem, paymentId, new Date()));
      const form = proposeRefundForm.parse({ paymentId, cause, amount: 10_000 });
      const [part] = valueOf(await proposeRefund(await makeCoordinator(), form, new Date()));
      valueOf(await approveRefund(await makeFinance(), part?.id ?? "", new Date(), SEEN));

      const told = valueOf(await settlePayment(testSystem, paymentId, new Date()));
      await Promise.all([1, 2].map(() => followPayment(testSystem, told, new Date())));

      const [refunds, tasks] = await asPerson(testSystem, async (tx) => [
        await tx.refund.findMany({ where: { paymentId }, orderBy: { createdAt: "asc" } }),
        await tx.task.findMany({ where: { caseId: made.caseId, kind: { startsWith: "late_payment" } } }),
      ]);
      expect(refunds).toMatchObject([
        { state: "approved", cause, amountMinor: 10_000n },
        { state: "approved", cause: "hold_expired", amountMinor: made.depositMinor - 10_000n },
      ]);
      expect(tasks.map(({ kind }) => kind)).toEqual(["late_payment_refund"]);
      expect((await bookingNow(made.bookingId)).state).toBe("cancelled");
      expect(await settlePayment(testSystem, paymentId, new Date())).toMatchObject({
        value: { follow: null },
      });
    },
  );
});

/** Money finance could not place, and a hold that runs out with or without its signatures before anybody looks again. */
async function makeKeptTransfer(isSigned: boolean) {
  const made = await makeUnpaidBooking({ isSigned, ...(isSigned ? {} : { state: "held" as const }) });
  const number = `B-2026-${newId().replaceAll(/\D/g, "").slice(-9)}`;
  await asPerson(testSystem, (tx) =>
    tx.booking.update({
      where: { id: made.bookingId },
      data: { number, holdExpiresAt: new Date(Date.now() - 1000) },
    }),
  );
  const finance = await makeFinance();
  const kept = valueOf(
    await recordBankTransfer(
      finance,
      {
        ...{ reference: "Rent", planItemId: null, mayDiffer: undefined },
        ...{ amountMinor: made.depositMinor, currency: "EUR" as const, receivedOn: dayOf(new Date()) },
      },
      new Date(),
    ),
  );
  await tidyHolds(testSystem, new Date());
  return { ...made, number, finance, transferId: kept.id };
}

/** Two of finance match it with its booking at once, and the worker comes for it twice. */
async function matchAndFollow({ transferId, number, finance }: Awaited<ReturnType<typeof makeKeptTransfer>>) {
  const people = [finance, await makeFinance("Frida Finance")];
  const both = await Promise.all(
    people.map((one) => matchBankTransfer(one, { transferId, booking: number }, new Date())),
  );
  const [first, second] = both.map(valueOf);
  expect(first?.state).toBe("matched");
  expect(second?.paymentId).toBe(first?.paymentId);
  const paymentId = first?.paymentId ?? "";
  const told = valueOf(await settlePayment(testSystem, paymentId, new Date()));
  await Promise.all([1, 2].map(() => followPayment(testSystem, told, new Date())));
  return paymentId;
}

describe("a deposit by bank that is placed after its hold ran out", () => {
  it("goes back whole where the contracts were never signed: no centre could confirm such a day", async () => {
    const made = await makeKeptTransfer(false);

    const paymentId = await matchAndFollow(made);

    expect(await bookingNow(made.bookingId)).toMatchObject({
      state: "cancelled",
      cancelCause: "hold_expired",
    });
    const slot = await openDb().procedureSlot.findUniqueOrThrow({ where: { id: made.slot.id } });
    expect(slot.taken).toBe(0);
    const [refunds, tasks] = await asPerson(testSystem, async (tx) => [
      await tx.refund.findMany({ where: { paymentId } }),
      await tx.task.findMany({ where: { caseId: made.caseId, kind: { startsWith: "late_payment" } } }),
    ]);
    expect(refunds).toMatchObject([
      { state: "approved", cause: "hold_expired", amountMinor: made.depositMinor },
    ]);
    expect(tasks.map(({ kind }) => kind)).toEqual(["late_payment_refund"]);
    const audit = await openDb().auditEvent.findFirstOrThrow({
      where: { objectId: made.bookingId, event: "booking.reclaimed" },
    });
    expect(audit.facts).toMatchObject({ outcome: "not_signed" });
    expect(await reclaimBooking(testSystem, paymentId, new Date())).toMatchObject({ reason: "refunded" });
  });

  it("wins the day again where both contracts were signed in time", async () => {
    const made = await makeKeptTransfer(true);

    const paymentId = await matchAndFollow(made);

    expect((await bookingNow(made.bookingId)).state).toBe("awaiting_centre");
    const refunds = await asPerson(testSystem, (tx) => tx.refund.count({ where: { paymentId } }));
    expect(refunds).toBe(0);
  });
});
