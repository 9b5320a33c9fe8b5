import { describe, expect, it } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import { approveRefund } from "@/lib/payments/approve-refund";
import { bankTransferForm, proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { settleBankRefund } from "@/lib/payments/settle-bank-refund";
import { refundsNow } from "@/tests/support/bills";
import { tasks } from "@/tests/support/changes";
import { booked, makeFullyPaid } from "@/tests/support/invoices";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { makeCoordinator, makeFinance, testSystem } from "@/tests/support/people";
import { tellDispute } from "@/tests/support/refunds";

const now = () => new Date();
const cancel = (id: string, cancelCause = "centre_declines") =>
  asPerson(testSystem, (tx) =>
    tx.booking.updateMany({ where: { id }, data: { state: "cancelled", cancelledAt: now(), cancelCause } }),
  );
const ask = async (bookingId: string, cause = "centre_declines") =>
  valueOf(await proposeRefund(await makeCoordinator(), proposeRefundForm.parse({ bookingId, cause }), now()));
const approve = async (id: string) => approveRefund(await makeFinance(), id, now());
/** What waits for a second person, by payment. */
const openOf = async (bookingId: string) =>
  (await refundsNow(bookingId))
    .filter(({ state }) => state === "calculated")
    .map(({ paymentId, amountMinor }) => [paymentId, amountMinor] as const);

describe("a proposal when the payer's bank takes the payment", () => {
  it("falls with its task, and the others are counted anew by the rules", async () => {
    // Paid 3,500 and 2,000; of the fee of 2,000 the papers have earned 500.
    const { bookingId, caseId, depositPaymentId, balancePaymentId } = await makeFullyPaid();
    await cancel(bookingId, "operator_failure");
    await ask(bookingId, "operator_failure");
    expect(await openOf(bookingId)).toEqual([
      [balancePaymentId, 200_000n],
      [depositPaymentId, 300_000n],
    ]);
    await tellDispute(depositPaymentId, "needs_response");
    const ofBalance = (await refundsNow(bookingId)).find((one) => one.paymentId === balancePaymentId);
    // Until the bank has decided nobody pays what would be kept.
    expect(reasonOf(await approve(ofBalance?.id ?? ""))).toBe("payment_disputed");
    for (let told = 0; told < 2; told += 1) await tellDispute(depositPaymentId, "lost");

    expect(await openOf(bookingId)).toEqual([[balancePaymentId, 150_000n]]);
    expect(await tasks(caseId, "approve_refund")).toBe(1);
    const reasons = (await refundsNow(bookingId)).map((refund) => refund.refusedReason);
    expect(reasons.toSorted()).toEqual(["counted_anew", "taken_by_bank", null].toSorted());
    const [left] = (await refundsNow(bookingId)).filter(({ state }) => state === "calculated");
    valueOf(await approve(left?.id ?? ""));
    expect(await booked(bookingId)).toMatchObject({ refund_payable: -150_000n, write_off: 350_000n });
  });

  it("stays as it is where the bank refuses", async () => {
    const { bookingId, depositPaymentId } = await makeFullyPaid();
    await cancel(bookingId);
    await ask(bookingId);
    const before = await openOf(bookingId);
    await tellDispute(depositPaymentId, "needs_response");
    await tellDispute(depositPaymentId, "won");
    expect(await openOf(bookingId)).toEqual(before);
  });
});

describe("a payment the payer's bank took a part of", () => {
  it("gives the rest back where the booking ends, and no unit more", async () => {
    const { bookingId, depositPaymentId, balancePaymentId } = await makeFullyPaid();
    await tellDispute(depositPaymentId, "lost", { amountMinor: 50_000n });
    await cancel(bookingId);
    await ask(bookingId);
    expect(await openOf(bookingId)).toEqual([
      [balancePaymentId, 200_000n],
      [depositPaymentId, 300_000n],
    ]);
    for (const { id } of await refundsNow(bookingId)) valueOf(await approve(id));
    expect(await booked(bookingId)).toMatchObject({ refund_payable: -500_000n, write_off: 50_000n });
    const more = proposeRefundForm.parse({ bookingId, cause: "goodwill", amount: 1 });
    expect(reasonOf(await proposeRefund(await makeCoordinator(), more, now()))).toBe("refund_exceeds");
  });

  it("gives back the same whether the loss or the proposal was first, and where both come at once", async () => {
    for (let round = 0; round < 3; round += 1) {
      const { bookingId, depositPaymentId, balancePaymentId } = await makeFullyPaid();
      await cancel(bookingId);
      const form = proposeRefundForm.parse({ bookingId, cause: "centre_declines" });
      await Promise.all([
        // Refused where the loss was first and had it counted by then.
        proposeRefund(await makeCoordinator(), form, now()),
        tellDispute(depositPaymentId, "lost", { amountMinor: 50_000n }),
        tellDispute(depositPaymentId, "lost", { amountMinor: 50_000n }),
      ]);
      const sums = new Map(await openOf(bookingId));
      expect(sums).toEqual(
        new Map([
          [balancePaymentId, 200_000n],
          [depositPaymentId, 300_000n],
        ]),
      );
      for (const { id, state } of await refundsNow(bookingId))
        if (state === "calculated") valueOf(await approve(id));
      expect(await booked(bookingId)).toMatchObject({ refund_payable: -500_000n, write_off: 50_000n });
    }
  });

  it("that had gone back before gives no less and no more with what is only proposed of the others", async () => {
    const { bookingId, depositPaymentId, balancePaymentId } = await makeFullyPaid();
    await cancel(bookingId, "operator_failure");
    await ask(bookingId, "operator_failure");
    const ofBalance = (await refundsNow(bookingId)).find((one) => one.paymentId === balancePaymentId);
    valueOf(await approve(ofBalance?.id ?? ""));
    valueOf(await settleBankRefund(await makeFinance(), ofBalance?.id ?? "", now()));
    expect(await openOf(bookingId)).toEqual([[depositPaymentId, 300_000n]]);
    for (let told = 0; told < 2; told += 1)
      await tellDispute(balancePaymentId, "lost", { amountMinor: 90_600n });
    // 2,000 by transfer, 906 by the bank, the rest of the 5,000 that are due now.
    expect(await openOf(bookingId)).toEqual([[depositPaymentId, 209_400n]]);
  });

  it("that had been paid twice gives the rest back by a proposal of its own", async () => {
    const made = await makeFullyPaid();
    const form = bankTransferForm.parse({
      ...{ planItemId: made.depositId, amount: { amount: 350_000, currency: made.currency } },
      receivedOn: "2026-11-20",
    });
    const { paymentId } = valueOf(await recordBankTransfer(await makeFinance(), form, now()));
    await Promise.all([1, 2].map(() => tellDispute(paymentId ?? "", "lost", { amountMinor: 100_000n })));
    expect(await openOf(made.bookingId)).toEqual([[paymentId, 250_000n]]);
    const held = { bookingId: made.bookingId, account: "client_funds_held", contract: null } as const;
    const sumOf = async () =>
      (await openDb().ledgerEntry.aggregate({ where: held, _sum: { amountMinor: true } }))._sum.amountMinor;
    expect(await sumOf()).toBe(-250_000n);
    const [open] = (await refundsNow(made.bookingId)).filter(({ state }) => state === "calculated");
    valueOf(await approve(open?.id ?? ""));
    expect(await sumOf()).toBe(0n);
  });

  it("that had been paid twice and was on its way back leaves nothing held below zero", async () => {
    const made = await makeFullyPaid();
    const form = bankTransferForm.parse({
      ...{ planItemId: made.depositId, amount: { amount: 350_000, currency: made.currency } },
      receivedOn: "2026-11-20",
    });
    const { paymentId } = valueOf(await recordBankTransfer(await makeFinance(), form, now()));
    const [open] = await refundsNow(made.bookingId);
    valueOf(await approve(open?.id ?? ""));
    await tellDispute(paymentId ?? "", "lost");
    expect(await booked(made.bookingId)).toMatchObject({ refund_payable: 0n, write_off: 0n });
    expect((await refundsNow(made.bookingId))[0]).toMatchObject({ refusedReason: "taken_by_bank" });
  });
});
