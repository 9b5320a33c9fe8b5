import { describe, expect, it } from "vitest";
import { addMinutes } from "@/lib/kernel/day";
import { asPerson, openDb } from "@/lib/infra/db";
import { Prisma } from "@/lib/infra/generated/client";
import { refundsToHandle } from "@/lib/desk/queries/money";
import { approveRefund } from "@/lib/payments/approve-refund";
import { fullRefund } from "@/lib/payments/begin-full-refund";
import { bankTransferForm } from "@/lib/payments/forms";
import { reconcilePayments } from "@/lib/payments/reconcile-payments";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { sendRefund } from "@/lib/payments/send-refund";
import { settleBankRefund } from "@/lib/payments/settle-bank-refund";
import { bookSettledRefund } from "@/lib/payments/settle-refund";
import { makeUnpaidBooking } from "@/tests/support/payments";
import { makeFinance, testSystem } from "@/tests/support/people";
import { makeSettled, refundNow } from "@/tests/support/refunds";
import { withProvider } from "@/tests/support/with-provider";

const provider = withProvider();

async function balanceOf(bookingId: string, account: "refund_payable" | "psp_clearing") {
  const sum = await openDb().ledgerEntry.aggregate({
    where: { bookingId, account },
    _sum: { amountMinor: true },
  });
  return sum._sum.amountMinor;
}

describe("a refund the payer's bank sends back", () => {
  it("is owed again, once, and reaches the payer by a second try", async () => {
    const made = await makeSettled(provider());
    expect((await refundNow(made.id)).state).toBe("settled");

    expect([await made.bounce(), await made.bounce()]).toEqual(["bounced", "already"]);
    expect(await refundNow(made.id)).toMatchObject({ state: "failed", settledAt: null });
    expect(await balanceOf(made.bookingId, "refund_payable")).toBe(-100_000n);

    expect(await approveRefund(made.finance, made.id, new Date())).toMatchObject({ ok: true });
    await sendRefund(testSystem, made.id, new Date());
    expect((await refundNow(made.id)).state).toBe("settled");
    expect(await balanceOf(made.bookingId, "refund_payable")).toBe(0n);
    expect(await balanceOf(made.bookingId, "psp_clearing")).toBe(250_000n);
  });

  it("is owed again, once, also when its news was lost and the provider is asked", async () => {
    const made = await makeSettled(provider());
    await provider().control("webhooks", { deliver: "never" });
    await provider().control("bounce", { refund: made.stripeRefundId });
    await provider().control("webhooks", { deliver: "once" });
    const ask = async () => {
      await reconcilePayments(testSystem, addMinutes(new Date(), 2));
      await provider().work();
    };
    expect((await refundNow(made.id)).state).toBe("settled");

    await ask();
    await ask();

    expect(await refundNow(made.id)).toMatchObject({ state: "failed", settledAt: null });
    expect(await balanceOf(made.bookingId, "refund_payable")).toBe(-100_000n);
    expect(await balanceOf(made.bookingId, "psp_clearing")).toBe(350_000n);
    expect((await refundsToHandle(made.finance)).map((refund) => refund.id)).toContain(made.id);
  });

  it("stays on its second way when the first failure is told again", async () => {
    const made = await makeSettled(provider());
    await made.bounce();
    await approveRefund(made.finance, made.id, new Date());

    expect(await made.bounce()).toBe("former_try");
    expect((await refundNow(made.id)).state).toBe("approved");
    await sendRefund(testSystem, made.id, new Date());
    expect(await made.bounce()).toBe("former_try");
    const after = await refundNow(made.id);
    expect(after.state).toBe("settled");
    expect(after.stripeRefundId).not.toBe(made.stripeRefundId);
  });

  it("stays on its second way also when the first was sent and its answer never came", async () => {
    const made = await makeSettled(provider());
    const { idempotencyKey } = await refundNow(made.id);
    // As it stands when we stop between the call and its answer.
    await asPerson(testSystem, (tx) =>
      tx.providerIntent.update({
        where: { idempotencyKey },
        data: { result: Prisma.DbNull, outcome: null, finishedAt: null },
      }),
    );
    expect(await made.bounce()).toBe("bounced");
    await approveRefund(made.finance, made.id, new Date());

    expect(await made.bounce()).toBe("former_try");
    expect((await refundNow(made.id)).state).toBe("approved");
  });

  it("goes through the bank by hand when the card takes nothing any more", async () => {
    const made = await makeSettled(provider());
    expect(await settleBankRefund(made.finance, made.id, new Date())).toMatchObject({ reason: "not_found" });
    await made.bounce();
    expect((await refundsToHandle(made.finance)).map((refund) => refund.id)).toContain(made.id);

    expect(await settleBankRefund(made.finance, made.id, new Date())).toMatchObject({ ok: true });

    expect((await refundNow(made.id)).state).toBe("settled");
    expect(await balanceOf(made.bookingId, "refund_payable")).toBe(0n);
    const open = await asPerson(testSystem, (tx) =>
      tx.task.count({ where: { caseId: made.caseId, kind: "refund_failed", state: "open" } }),
    );
    expect(open).toBe(0);
  });

  it("does not go through the bank while the payer has asked their own bank to take the payment back", async () => {
    const made = await makeSettled(provider());
    await made.bounce();
    const { paymentId } = await refundNow(made.id);
    await asPerson(testSystem, (tx) =>
      tx.payment.update({ where: { id: paymentId }, data: { state: "disputed" } }),
    );
    expect(await settleBankRefund(made.finance, made.id, new Date())).toMatchObject({
      reason: "payment_disputed",
    });
    expect((await refundNow(made.id)).state).toBe("failed");
  });

  it("stays with the payer who got it through the bank when the card's failure is told again", async () => {
    const made = await makeSettled(provider());
    await made.bounce();
    await settleBankRefund(made.finance, made.id, new Date());

    expect(await made.bounce()).toBe("already");
    expect((await refundNow(made.id)).state).toBe("settled");
    expect(await balanceOf(made.bookingId, "refund_payable")).toBe(0n);
  });

  it("goes one way only when somebody tries the card again while it goes through the bank", async () => {
    const made = await makeSettled(provider());
    await made.bounce();
    const stale = await refundNow(made.id);
    await approveRefund(made.finance, made.id, new Date());

    const late = await asPerson(testSystem, (tx) =>
      bookSettledRefund(tx, testSystem, { ...stale, payment: { opinionId: null } }, null, new Date()),
    );
    expect(late).toBe("already");
    expect((await refundNow(made.id)).state).toBe("approved");
  });
});

describe("a refund of a bank transfer", () => {
  it("stays in sight of finance until somebody has sent it", async () => {
    const made = await makeUnpaidBooking();
    const finance = await makeFinance();
    const form = bankTransferForm.parse({
      planItemId: made.depositId,
      amount: Number(made.depositMinor),
      currency: made.currency,
      receivedOn: new Date().toISOString().slice(0, 10),
    });
    const transfer = await recordBankTransfer(finance, form, new Date());
    await asPerson(testSystem, (tx) =>
      tx.booking.update({
        where: { id: made.bookingId },
        data: { state: "cancelled", cancelledAt: new Date(), cancelCause: "centre_declines", paidAt: null },
      }),
    );
    const paymentId = transfer.ok ? (transfer.value.paymentId ?? "") : "";
    const begun = await fullRefund(testSystem, paymentId, "centre_declines", new Date());
    const id = begun.ok ? (begun.value.refundId ?? "") : "";
    await sendRefund(testSystem, id, new Date());

    const seen = async () => (await refundsToHandle(finance)).some((refund) => refund.id === id);
    expect(await seen()).toBe(true);
    await settleBankRefund(finance, id, new Date());
    expect(await seen()).toBe(false);
  });
});

describe("money the payer's bank is asking for", () => {
  it("is not sent back a second way", async () => {
    const made = await makeSettled(provider());
    await asPerson(testSystem, (tx) =>
      tx.payment.updateMany({ where: { bookingId: made.bookingId }, data: { state: "disputed" } }),
    );
    await asPerson(testSystem, (tx) =>
      tx.booking.update({
        where: { id: made.bookingId },
        data: { state: "cancelled", cancelledAt: new Date(), cancelCause: "centre_declines", paidAt: null },
      }),
    );
    const payment = await asPerson(testSystem, (tx) =>
      tx.payment.findFirstOrThrow({ where: { bookingId: made.bookingId } }),
    );
    expect(await fullRefund(testSystem, payment.id, "centre_declines", new Date())).toMatchObject({
      reason: "not_found",
    });
  });
});
