import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asPerson } from "@/lib/infra/db";
import { dropStripe } from "@/lib/infra/stripe";
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
import { tasks } from "@/tests/support/changes";
import { booked, makeFullyPaid } from "@/tests/support/invoices";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { type Provider, startProvider } from "@/tests/support/payments";
import { makeCoordinator, makeFinance, testSystem } from "@/tests/support/people";
import { makeApproved, makeSettled, refundNow } from "@/tests/support/refunds";

let provider: Provider;

beforeAll(async () => {
  provider = await startProvider();
});

afterAll(async () => {
  await provider.stop();
  dropStripe();
});

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
    const made = await makeSettled(provider);
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
    const made = await makeApproved(provider);
    await loseAsBefore(made.paymentId, 30_000n);
    expect(valueOf(await sendRefund(testSystem, made.id, now())).outcome).toBe("waits");
    await settleLosses(testSystem, now());
    expect(await refundNow(made.id)).toMatchObject({ state: "approved", amountMinor: 70_000n });
    expect(valueOf(await sendRefund(testSystem, made.id, now())).outcome).not.toBe("waits");
  });

  it("leaves owed by hand what the bank did not take", async () => {
    const made = await makeSettled(provider);
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
