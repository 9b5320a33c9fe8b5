import { describe, expect, it } from "vitest";
import { refundQuoteFor } from "@/lib/bookings/read-refund-quote";
import { asPerson, openDb } from "@/lib/infra/db";
import { newId } from "@/lib/kernel/ids";
import { applyDispute } from "@/lib/payments/apply-dispute";
import { approveRefund } from "@/lib/payments/approve-refund";
import { bankTransferForm, proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { unmatchedTransfersFor } from "@/lib/payments/queries";
import { statementFor } from "@/lib/payments/read-statement";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { recordPayment } from "@/lib/payments/record-payment";
import { startCheckout } from "@/lib/payments/start-checkout";
import { statementView } from "@/lib/payments/statement-view";
import { ledgerSums, makeUnpaidBooking } from "@/tests/support/payments";
import { makeCoordinator, makeFinance, testSystem } from "@/tests/support/people";
import { withProvider } from "@/tests/support/with-provider";

const provider = withProvider();

/** A paid deposit, and the money of an older payment page that had been given up and was paid all the same. */
async function makePaidTwice() {
  const made = await makeUnpaidBooking();
  const checkout = await startCheckout(made.patient, made.depositId, new Date());
  if (!checkout.ok) throw new Error(checkout.reason);
  await provider().pay(checkout.value.url);
  await provider().work();
  const id = newId();
  const { caseId, bookingId, currency, depositId, depositMinor, patient } = made;
  await asPerson(testSystem, (tx) =>
    tx.payment.create({
      data: {
        ...{ id, planItemId: depositId, bookingId, caseId, payerId: patient.personId, method: "card" },
        ...{ state: "expired", currency, amountMinor: depositMinor, idempotencyKey: id },
      },
    }),
  );
  const told = () =>
    asPerson(testSystem, (tx) =>
      recordPayment(tx, testSystem, id, { paymentIntentId: `pi_${id}` }, new Date()),
    );
  const outcomes = [await told(), await told()];
  return { ...made, surplusId: id, outcomes };
}

const heldFor = (bookingId: string) =>
  openDb().ledgerEntry.groupBy({
    by: ["contract"],
    where: { bookingId, account: "client_funds_held" },
    _sum: { amountMinor: true },
  });
const refundsOf = (bookingId: string) =>
  asPerson(testSystem, (tx) => tx.refund.findMany({ where: { bookingId } }));

describe("an instalment paid twice", () => {
  it("stands in the ledger under no contract, once, with its way back proposed", async () => {
    const made = await makePaidTwice();
    expect(made.outcomes).toEqual(["surplus", "already"]);
    const held = await heldFor(made.bookingId);
    expect(held.find((sum) => sum.contract === null)?._sum.amountMinor).toBe(-made.depositMinor);
    const [refund, ...more] = await refundsOf(made.bookingId);
    expect(more).toEqual([]);
    expect(refund).toMatchObject({
      paymentId: made.surplusId,
      cause: "duplicate",
      state: "calculated",
      amountMinor: made.depositMinor,
    });
    const read = await statementFor(made.patient, made.bookingId);
    const shown = read && statementView(read, "en");
    expect(shown?.surplus.amount.amount).toBe(Number(made.depositMinor));
    expect(shown?.totals.paid.amount).toBe(Number(made.depositMinor));
    expect(shown?.movements.some((one) => one.text.includes("already paid"))).toBe(true);
  });

  it("goes back when finance approves, and the contracts keep what is theirs", async () => {
    const made = await makePaidTwice();
    const before = (await heldFor(made.bookingId)).filter((sum) => sum.contract !== null);
    const [refund] = await refundsOf(made.bookingId);
    expect(await approveRefund(await makeFinance(), refund?.id ?? "", new Date())).toMatchObject({
      ok: true,
    });
    const after = await heldFor(made.bookingId);
    expect(after.find((sum) => sum.contract === null)?._sum.amountMinor).toBe(0n);
    expect(after.filter((sum) => sum.contract !== null)).toEqual(before);
    expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
  });

  it("is no part of what the rules give back when the booking ends", async () => {
    const made = await makePaidTwice();
    const form = proposeRefundForm.parse({ bookingId: made.bookingId, cause: "centre_declines" });
    const answer = await proposeRefund(await makeCoordinator(), form, new Date());
    const quoted = await refundQuoteFor(
      made.patient,
      made.bookingId,
      "centre_declines",
      undefined,
      new Date(),
    );
    expect(answer.ok && answer.value.map((refund) => refund.amountMinor)).toEqual([
      quoted?.quote.total.refundMinor,
    ]);
    expect(answer.ok && answer.value.some((refund) => refund.paymentId === made.surplusId)).toBe(false);
  });

  it("is not one where the same entry of a bank transfer was sent again, also at once", async () => {
    const made = await makeUnpaidBooking();
    const finance = await makeFinance();
    const form = bankTransferForm.parse({
      planItemId: made.depositId,
      amount: { amount: Number(made.depositMinor), currency: made.currency },
      receivedOn: "2026-11-21",
    });
    const id = newId();
    const enter = () => recordBankTransfer(finance, form, new Date(), { id, isAgain: false });
    const [one, other] = await Promise.all([enter(), enter()]);
    expect(one).toMatchObject({ value: { id, state: "matched" } });
    expect(other).toEqual(one);
    expect(await enter()).toEqual(one);
    expect(await refundsOf(made.bookingId)).toEqual([]);
  });

  it("by bank transfer is booked the same way, and whoever entered it cannot approve its way back", async () => {
    const made = await makeUnpaidBooking();
    const finance = await makeFinance();
    const form = bankTransferForm.parse({
      planItemId: made.depositId,
      amount: { amount: Number(made.depositMinor), currency: made.currency },
      receivedOn: "2026-11-21",
    });
    const [first, second] = [
      await recordBankTransfer(finance, form, new Date()),
      await recordBankTransfer(finance, form, new Date()),
    ];
    expect(first).toMatchObject({ value: { state: "matched" } });
    expect(second).toMatchObject({ value: { state: "unmatched", reason: "already_paid" } });
    const held = await heldFor(made.bookingId);
    expect(held.find((sum) => sum.contract === null)?._sum.amountMinor).toBe(-made.depositMinor);
    const [refund] = await refundsOf(made.bookingId);
    expect(await approveRefund(finance, refund?.id ?? "", new Date())).toMatchObject({
      reason: "same_person",
    });
    expect(await approveRefund(await makeFinance(), refund?.id ?? "", new Date())).toMatchObject({
      ok: true,
    });
    const kept = (await unmatchedTransfersFor(finance)).filter((one) => one.bookingId === made.bookingId);
    expect(kept.map((transfer) => transfer.paymentId)).toEqual([refund?.paymentId]);
  });

  it("that the payer's bank takes back leaves nothing held and no loss", async () => {
    const made = await makePaidTwice();
    const dispute = {
      id: `dp_${made.surplusId}`,
      status: "lost",
      amountMinor: made.depositMinor,
      paymentIntentId: `pi_${made.surplusId}`,
    };
    await asPerson(testSystem, (tx) => applyDispute(tx, testSystem, dispute, new Date()));
    const held = await heldFor(made.bookingId);
    expect(held.find((sum) => sum.contract === null)?._sum.amountMinor).toBe(0n);
    const lost = await openDb().ledgerEntry.count({
      where: { bookingId: made.bookingId, account: "write_off" },
    });
    expect(lost).toBe(0);
  });
});
