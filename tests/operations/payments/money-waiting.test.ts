import { describe, expect, it } from "vitest";
import { asPerson } from "@/lib/infra/db";
import { approveRefund } from "@/lib/payments/approve-refund";
import { bankTransferForm, proposeRefundForm } from "@/lib/payments/forms";
import { keepDispute } from "@/lib/payments/keep-dispute";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { readMoneyWaiting } from "@/lib/payments/read-money-waiting";
import { readTransferPaid } from "@/lib/payments/read-transfer-paid";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { makeFullyPaid, makeTaxSettings } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeUnpaidBooking } from "@/tests/support/payments";
import { makeFinance, testSystem } from "@/tests/support/people";
import { tellDispute } from "@/tests/support/refunds";

const now = () => new Date();

/** Finance writes down a transfer in euros, for an instalment or with a reference. */
async function record(named: { planItemId: string } | { reference: string }, amount: number) {
  const finance = await makeFinance();
  const form = bankTransferForm.parse({ ...named, amount, currency: "EUR", receivedOn: "2026-11-01" });
  const recorded = valueOf(await recordBankTransfer(finance, form, now()));
  return { recorded, paid: await readTransferPaid(finance, recorded) };
}
const depositOf = (bookingId: string) =>
  asPerson(testSystem, (tx) =>
    tx.planItem.findFirstOrThrow({
      where: { bookingId, kind: "deposit" },
      include: { booking: { select: { number: true } } },
    }),
  );
/** What the payer's bank tells of a dispute, as it is kept for whoever answers it. */
const keep = (paymentId: string, status: string) =>
  asPerson(testSystem, async (tx) => {
    const paymentIntentId = `pi_${paymentId}`;
    await tx.payment.update({ where: { id: paymentId }, data: { paymentIntentId } });
    const told = { id: `dp_${paymentId}`, status, reason: "fraudulent", askedMinor: 100n, answerBy: null };
    await keepDispute(tx, { ...told, paymentIntentId, openedAt: now() }, now());
  });

describe("what waits for finance", () => {
  it("counts what somebody has to act on, and no longer what they have", async () => {
    await makeTaxSettings();
    const finance = await makeFinance();
    const before = await readMoneyWaiting(finance);
    const made = await makeFullyPaid();
    const asked = {
      bookingId: made.bookingId,
      paymentId: made.depositPaymentId,
      cause: "goodwill",
      amount: 100,
    };
    const [proposed] = [
      valueOf(await proposeRefund(made.owner, proposeRefundForm.parse(asked), now())),
    ].flat();
    await record({ reference: "nobody's" }, 1_200);
    await keep(made.depositPaymentId, "needs_response");
    expect(await readMoneyWaiting(finance)).toEqual({
      ...before,
      ...{ refunds: before.refunds + 1, transfers: before.transfers + 1, disputes: before.disputes + 1 },
    });
    await keep(made.depositPaymentId, "won");
    valueOf(await approveRefund(finance, proposed?.id ?? "", now()));
    expect(await readMoneyWaiting(finance)).toMatchObject({
      ...{ refunds: before.refunds, transfers: before.transfers + 1, disputes: before.disputes },
    });
  });
});

describe("a recorded transfer", () => {
  it("says which instalment of which booking it paid, or that it paid nothing", async () => {
    const { bookingId } = await makeUnpaidBooking();
    const deposit = await depositOf(bookingId);
    const { paid } = await record({ planItemId: deposit.id }, Number(deposit.amountMinor));
    expect(paid).toEqual({ number: deposit.booking.number, kind: "deposit", isAgain: false });
    expect((await record({ reference: "nobody's" }, 1_200)).paid).toBeNull();
  });

  it("says that it came in place of what the payer's bank took", async () => {
    await makeTaxSettings();
    const made = await makeFullyPaid();
    for (const status of ["needs_response", "lost"] as const)
      await tellDispute(made.depositPaymentId, status);
    const deposit = await depositOf(made.bookingId);
    const { paid } = await record({ planItemId: deposit.id }, Number(deposit.amountMinor));
    expect(paid).toEqual({ number: deposit.booking.number, kind: "deposit", isAgain: true });
  });
});
