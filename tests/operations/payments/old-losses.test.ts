import { describe, expect, it } from "vitest";
import { asPerson } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { acceptChange } from "@/lib/payments/accept-change-order";
import { approveRefund } from "@/lib/payments/approve-refund";
import { bankTransferForm, proposeRefundForm } from "@/lib/payments/forms";
import { lostDisputePostings, takenSurplusPostings } from "@/lib/payments/ledger";
import { postLedger } from "@/lib/payments/post-ledger";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { sendRefund } from "@/lib/payments/send-refund";
import { settleBankRefund } from "@/lib/payments/settle-bank-refund";
import { settleLosses } from "@/lib/payments/settle-losses";
import { refundsNow } from "@/tests/support/bills";
import { makeTrip, payItem, propose, tasks, yes } from "@/tests/support/changes";
import { booked, makeFullyPaid } from "@/tests/support/invoices";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { makeCoordinator, makeFinance, testSystem } from "@/tests/support/people";
import { makeApproved, makeSettled, refundNow, tellDispute, tellRefund } from "@/tests/support/refunds";
import { withProvider } from "@/tests/support/with-provider";

const provider = withProvider();

const now = () => new Date();
const TAKEN = { state: "refused", refusedReason: "taken_by_bank" };

/** As a loss stood in the books before refunds ended with it: booked, and nothing of what was owed or asked touched. */
async function loseAsBefore(paymentId: string, amountMinor = 350_000n): Promise<void> {
  await asPerson(testSystem, async (tx) => {
    await tx.payment.update({ where: { id: paymentId }, data: { state: "disputed" } });
    const { bookingId, isSurplus, currency } = await tx.payment.update({
      where: { id: paymentId },
      data: { state: "lost", lostMinor: amountMinor },
    });
    const event = { kind: "dispute_lost", reference: `dispute:old_${paymentId}`, memo: "old" };
    const postings = isSurplus ? takenSurplusPostings(amountMinor) : lostDisputePostings(amountMinor);
    await postLedger(tx, { ...event, bookingId, paymentId, currency }, postings);
  });
}

describe("a loss that was booked before refunds ended with it", () => {
  it("lets nobody pay the refund by hand, and ends it at the next look, from two sides at once", async () => {
    const made = await makeSettled(provider());
    await made.bounce();
    await loseAsBefore(made.paymentId);
    expect(reasonOf(await settleBankRefund(made.finance, made.id, now()))).toBe("payment_disputed");
    expect(reasonOf(await approveRefund(await makeFinance(), made.id, now()))).toBe("payment_disputed");

    await Promise.all([settleLosses(testSystem, now()), settleLosses(testSystem, now())]);

    expect(await refundNow(made.id)).toMatchObject(TAKEN);
    expect(await tasks(made.caseId, "refund_failed")).toBe(0);
    expect(await booked(made.bookingId)).toMatchObject({
      ...{ psp_clearing: 0n, refund_payable: 0n, write_off: 250_000n },
    });
    expect(await settleLosses(testSystem, now())).toBe(0);
    expect(reasonOf(await settleBankRefund(made.finance, made.id, now()))).not.toBe("done");
  });

  it("sends nothing by card before that look, and what the bank left of it after", async () => {
    const made = await makeApproved(provider());
    await loseAsBefore(made.paymentId, 30_000n);
    expect(valueOf(await sendRefund(testSystem, made.id, now())).outcome).toBe("waits");
    await settleLosses(testSystem, now());
    expect(await refundNow(made.id)).toMatchObject({ state: "approved", amountMinor: 70_000n });
    expect(valueOf(await sendRefund(testSystem, made.id, now())).outcome).not.toBe("waits");
  });

  it("leaves owed by hand what the bank did not take", async () => {
    const made = await makeSettled(provider());
    await made.bounce();
    await loseAsBefore(made.paymentId, 30_000n);
    await settleLosses(testSystem, now());
    expect(await refundNow(made.id)).toMatchObject({ state: "failed", amountMinor: 70_000n });
    valueOf(await settleBankRefund(made.finance, made.id, now()));
    expect(await booked(made.bookingId)).toMatchObject({ psp_clearing: 250_000n, refund_payable: 0n });
  });

  it("counts anew what was only proposed", async () => {
    const { bookingId, caseId, depositPaymentId, balancePaymentId } = await makeFullyPaid();
    await asPerson(testSystem, (tx) =>
      tx.booking.updateMany({
        where: { id: bookingId },
        data: { state: "cancelled", cancelledAt: now(), cancelCause: "operator_failure" },
      }),
    );
    const form = proposeRefundForm.parse({ bookingId, cause: "operator_failure" });
    valueOf(await proposeRefund(await makeCoordinator(), form, now()));
    await loseAsBefore(depositPaymentId);
    await settleLosses(testSystem, now());
    const open = (await refundsNow(bookingId)).filter(({ state }) => state === "calculated");
    expect(open).toMatchObject([{ paymentId: balancePaymentId, amountMinor: 150_000n }]);
    expect(await tasks(caseId, "approve_refund")).toBe(1);
  });

  it("of money that paid nothing and was on its way back ends that, and nothing is held below zero", async () => {
    const made = await makeFullyPaid();
    const form = bankTransferForm.parse({
      ...{ planItemId: made.depositId, amount: { amount: 350_000, currency: made.currency } },
      receivedOn: "2026-11-20",
    });
    const { paymentId } = valueOf(await recordBankTransfer(await makeFinance(), form, now()));
    const [back] = await refundsNow(made.bookingId);
    valueOf(await approveRefund(await makeFinance(), back?.id ?? "", now()));
    await loseAsBefore(paymentId ?? "");
    for (let looked = 0; looked < 2; looked += 1) await settleLosses(testSystem, now());
    expect(await refundNow(back?.id ?? "")).toMatchObject(TAKEN);
    expect(await booked(made.bookingId)).toMatchObject({
      ...{ refund_payable: 0n, write_off: 0n, psp_clearing: 550_000n },
    });
  });
});

/** A sum somebody asks for out of a payment; nobody has approved it yet. */
async function askGoodwill(paymentId: string, amount = 100_000): Promise<string> {
  const form = proposeRefundForm.parse({ paymentId, cause: "goodwill", amount });
  const [asked] = valueOf(await proposeRefund(await makeCoordinator(), form, now()));
  return asked?.id ?? "";
}
const openSums = async (bookingId: string) =>
  (await refundsNow(bookingId)).flatMap(({ state, cause, amountMinor }) =>
    state === "calculated" ? [[cause, amountMinor]] : [],
  );

describe("a sum somebody asked for beside a loss of before", () => {
  it("stays whole, asked for after the loss, and is approved", async () => {
    const { bookingId, caseId, depositPaymentId } = await makeFullyPaid();
    await loseAsBefore(depositPaymentId, 100_000n);
    const id = await askGoodwill(depositPaymentId);
    await Promise.all([settleLosses(testSystem, now()), settleLosses(testSystem, now())]);
    expect(await openSums(bookingId)).toEqual([["goodwill", 100_000n]]);
    expect(await tasks(caseId, "approve_refund")).toBe(1);
    valueOf(await approveRefund(await makeFinance(), id, now()));
    expect(await booked(bookingId)).toMatchObject({ refund_payable: -100_000n, write_off: 100_000n });
  });

  it("stays whole where the patient paid the loss again", async () => {
    const made = await makeFullyPaid();
    await loseAsBefore(made.depositPaymentId, 100_000n);
    const form = bankTransferForm.parse({
      ...{ planItemId: made.depositId, amount: { amount: 100_000, currency: made.currency } },
      receivedOn: "2026-11-20",
    });
    valueOf(await recordBankTransfer(await makeFinance(), form, now()));
    expect((await booked(made.bookingId)).write_off).toBe(0n);
    await askGoodwill(made.depositPaymentId, 80_000);
    await settleLosses(testSystem, now());
    expect(await openSums(made.bookingId)).toEqual([["goodwill", 80_000n]]);
  });

  it("stays whole where the loss had paid another refund already", async () => {
    const { bookingId, depositPaymentId } = await makeFullyPaid();
    const first = await askGoodwill(depositPaymentId);
    valueOf(await approveRefund(await makeFinance(), first, now()));
    await askGoodwill(depositPaymentId, 50_000);
    await tellRefund(first, `re_${first}`, "pending");
    await loseAsBefore(depositPaymentId, 100_000n);
    await tellRefund(first, `re_${first}`, "failed");
    expect(await refundNow(first)).toMatchObject(TAKEN);
    await settleLosses(testSystem, now());
    expect(await openSums(bookingId)).toEqual([["goodwill", 50_000n]]);
  });

  it("stays what a change gives back that counted with the loss", async () => {
    const trip = await makeTrip();
    await loseAsBefore(await payItem(trip.bookingId, "balance", "A"), 300_000n);
    const lower = await propose(trip, 2_600_000, { reason: "less_needed" });
    valueOf(await acceptChange(trip.patient, lower.id, yes(lower), now()));
    const before = await openSums(trip.bookingId);
    expect(before).toHaveLength(1);
    await settleLosses(testSystem, now());
    expect(await openSums(trip.bookingId)).toEqual(before);
  });

  it("is set against it where a change gives it back, which was due", async () => {
    for (const [lostMinor, left] of [
      [3_150_000n, []],
      [40_000n, [["change_order", 60_000n]]],
    ] as const) {
      const trip = await makeTrip();
      const paymentId = await payItem(trip.bookingId, "balance", "A");
      const lower = await propose(trip, 2_900_000, { reason: "less_needed" });
      valueOf(await acceptChange(trip.patient, lower.id, yes(lower), now()));
      await loseAsBefore(paymentId, lostMinor);
      await settleLosses(testSystem, now());
      expect(await openSums(trip.bookingId)).toEqual(left);
      const set = lostMinor < 100_000n ? lostMinor : 100_000n;
      expect((await booked(trip.bookingId)).write_off).toBe(lostMinor - set);
    }
  });

  it("is paid by a loss of today alone, though the one of before was not settled yet", async () => {
    const { bookingId, depositPaymentId } = await makeFullyPaid();
    await loseAsBefore(depositPaymentId, 100_000n);
    await askGoodwill(depositPaymentId);
    await Promise.all([1, 2].map(() => tellDispute(depositPaymentId, "lost", { amountMinor: 30_000n })));
    expect(await openSums(bookingId)).toEqual([["goodwill", 70_000n]]);
    await settleLosses(testSystem, now());
    expect(await openSums(bookingId)).toEqual([["goodwill", 70_000n]]);
  });
});

it("leaves a loss that cannot be settled for the next run, and settles those after it", async () => {
  const bad = await makeFullyPaid();
  await loseAsBefore(bad.depositPaymentId, 10_000n);
  const setBands = (cancellationBands: Prisma.InputJsonValue) =>
    asPerson(testSystem, (tx) =>
      tx.booking.update({
        where: { id: bad.bookingId },
        data: { cancellationBands, state: "cancelled", cancelledAt: now(), cancelCause: "patient_cancels" },
      }),
    );
  const { cancellationBands: bands } = await asPerson(testSystem, (tx) =>
    tx.booking.findUniqueOrThrow({ where: { id: bad.bookingId }, select: { cancellationBands: true } }),
  );
  await setBands("unreadable");
  const good = await makeFullyPaid();
  await loseAsBefore(good.depositPaymentId, 10_000n);
  expect(await settleLosses(testSystem, now())).toBe(1);
  await setBands(bands as Prisma.InputJsonValue);
  expect(await settleLosses(testSystem, now())).toBe(1);
  expect(await settleLosses(testSystem, now())).toBe(0);
});
