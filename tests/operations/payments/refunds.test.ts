import { describe, expect, it } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import { approveRefund } from "@/lib/payments/approve-refund";
import { fullRefund } from "@/lib/payments/begin-full-refund";
import { bankTransferForm, proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { statementFor } from "@/lib/payments/read-statement";
import { matchBankTransfer } from "@/lib/payments/match-bank-transfer";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { sendRefund } from "@/lib/payments/send-refund";
import { settleBankRefund } from "@/lib/payments/settle-bank-refund";
import { startCheckout } from "@/lib/payments/start-checkout";
import { statementView } from "@/lib/payments/statement-view";
import { ledgerSums, makePaidBooking, makeUnpaidBooking } from "@/tests/support/payments";
import { makeCoordinator, makeFinance, makePatient, testSystem } from "@/tests/support/people";
import { withProvider } from "@/tests/support/with-provider";

const provider = withProvider();

/** The booking behind a payment is gone for good. */
const cancelled = (bookingId: string) =>
  asPerson(testSystem, (tx) =>
    tx.booking.update({
      where: { id: bookingId },
      // Whoever ends like this had paid nothing in time: what came goes back whole.
      data: { state: "cancelled", cancelledAt: new Date(), cancelCause: "centre_declines", paidAt: null },
    }),
  );

const refundNow = (id: string) =>
  asPerson(testSystem, (tx) => tx.refund.findUniqueOrThrow({ where: { id } }));
const paymentNow = (id: string) =>
  asPerson(testSystem, (tx) => tx.payment.findUniqueOrThrow({ where: { id } }));

async function proposed(paymentId: string, amount: number, cause = "goodwill") {
  const coordinator = await makeCoordinator();
  const answer = await proposeRefund(
    coordinator,
    proposeRefundForm.parse({ paymentId, cause, amount }),
    new Date(),
  );
  if (!answer.ok) throw new Error(answer.reason);
  return { coordinator, id: answer.value[0]?.id ?? "" };
}

describe("a refund", () => {
  it("is proposed by one person, approved by another, sent once and settled in the ledger", async () => {
    const made = await makePaidBooking(provider());
    const { id } = await proposed(made.paymentId, 100_000);
    const finance = await makeFinance();

    expect(await approveRefund(finance, id, new Date())).toMatchObject({ ok: true });
    await Promise.all([sendRefund(testSystem, id, new Date()), sendRefund(testSystem, id, new Date())]);
    await provider().work();

    expect(await refundNow(id)).toMatchObject({ state: "settled", approvedById: finance.personId });
    expect((await paymentNow(made.paymentId)).refundedMinor).toBe(100_000n);
    expect(await openDb().ledgerTx.count({ where: { refundId: id } })).toBe(2);
    const clearing = await openDb().ledgerEntry.aggregate({
      where: { bookingId: made.bookingId, account: "psp_clearing" },
      _sum: { amountMinor: true },
    });
    expect(clearing._sum.amountMinor).toBe(250_000n);
    expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
    const audit = await openDb().auditEvent.findMany({ where: { objectId: id }, orderBy: { at: "asc" } });
    expect(audit.map((row) => row.event).toSorted()).toEqual([
      "refund.approved",
      "refund.proposed",
      "refund.settled",
    ]);
    const mails = await openDb().outboxMail.findMany({
      where: { to: made.patient.email, template: "refund_sent" },
    });
    expect(mails).toHaveLength(1);
  });

  it("follows the rules when a cause is named instead of a sum", async () => {
    const made = await makePaidBooking(provider());
    const coordinator = await makeCoordinator();
    const form = proposeRefundForm.parse({ bookingId: made.bookingId, cause: "centre_declines" });

    const answer = await proposeRefund(coordinator, form, new Date());

    expect(answer).toMatchObject({ ok: true, value: [{ amountMinor: 350_000n, paymentId: made.paymentId }] });
    expect(await proposeRefund(coordinator, form, new Date())).toMatchObject({ reason: "nothing_to_refund" });
  });

  it("cannot be approved by whoever proposed it", async () => {
    const made = await makePaidBooking(provider());
    const finance = await makeFinance();
    const form = proposeRefundForm.parse({ paymentId: made.paymentId, cause: "goodwill", amount: 1_000 });
    const answer = await proposeRefund(finance, form, new Date());
    const id = answer.ok ? (answer.value[0]?.id ?? "") : "";

    expect(await approveRefund(finance, id, new Date())).toMatchObject({ reason: "same_person" });
    expect((await refundNow(id)).state).toBe("calculated");
  });

  it("is approved by one of two people who ask at once", async () => {
    const made = await makePaidBooking(provider());
    const { id } = await proposed(made.paymentId, 50_000);
    const [one, other] = [await makeFinance(), await makeFinance()];

    const answers = await Promise.all([
      approveRefund(one, id, new Date()),
      approveRefund(other, id, new Date()),
    ]);

    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect((await paymentNow(made.paymentId)).refundedMinor).toBe(50_000n);
  });

  it("never exceeds what was captured, not even with two at once", async () => {
    const made = await makePaidBooking(provider());
    const finance = await makeFinance();
    const first = await proposed(made.paymentId, 200_000);
    expect(
      await proposeRefund(
        first.coordinator,
        proposeRefundForm.parse({ paymentId: made.paymentId, cause: "goodwill", amount: 200_000 }),
        new Date(),
      ),
    ).toMatchObject({ reason: "refund_exceeds" });
    await cancelled(made.bookingId);
    const full = fullRefund(testSystem, made.paymentId, "hold_expired", new Date());

    const [, approved] = await Promise.all([full, approveRefund(finance, first.id, new Date())]);

    const { refundedMinor, amountMinor } = await paymentNow(made.paymentId);
    expect(refundedMinor).toBe(amountMinor);
    if (!approved.ok) expect(approved.reason).toBe("illegal_transition");
  });

  it("of everything is begun once, and not while the booking lives", async () => {
    const made = await makePaidBooking(provider());
    expect(await fullRefund(testSystem, made.paymentId, "parts_taken", new Date())).toMatchObject({
      value: { refundId: null },
    });
    await cancelled(made.bookingId);

    const answers = await Promise.all(
      [1, 2].map(() => fullRefund(testSystem, made.paymentId, "parts_taken", new Date())),
    );

    const ids = answers.flatMap((answer) =>
      answer.ok && answer.value.refundId ? [answer.value.refundId] : [],
    );
    expect(ids).toHaveLength(1);
    await sendRefund(testSystem, ids[0] ?? "", new Date());
    expect((await refundNow(ids[0] ?? "")).state).toBe("settled");
    const held = await openDb().ledgerEntry.aggregate({
      where: { bookingId: made.bookingId, account: { in: ["client_funds_held", "operator_fee_deferred"] } },
      _sum: { amountMinor: true },
    });
    expect(held._sum.amountMinor).toBe(0n);
  });

  it("is nothing a stranger's id leads to", async () => {
    const finance = await makeFinance();
    const coordinator = await makeCoordinator();
    const nobody = "019f0000-0000-7000-8000-000000000000";
    expect(await approveRefund(finance, nobody, new Date())).toMatchObject({ reason: "not_found" });
    const form = proposeRefundForm.parse({ bookingId: nobody, cause: "goodwill", amount: 5 });
    expect(await proposeRefund(coordinator, form, new Date())).toMatchObject({ reason: "not_found" });
  });
});

describe("the statement", () => {
  it("adds up for its patient and hides itself from a stranger", async () => {
    const made = await makePaidBooking(provider());
    const read = await statementFor(made.patient, made.bookingId);
    if (!read) throw new Error("No statement.");

    const view = statementView(read, "en");

    expect(view.totals.paid.amount).toBe(350_000);
    expect(view.totals.held.amount).toBe(350_000);
    expect(view.contracts.map((contract) => contract.held.amount)).toEqual([300_000, 50_000]);
    expect(view.movements.map((movement) => movement.text)).toEqual([
      "Deposit of €3,500.00 received by card.",
    ]);
    expect(await statementFor(await makePatient(), made.bookingId)).toBeNull();
  });
});

describe("a bank transfer", () => {
  const form = (more: object) =>
    bankTransferForm.parse({
      amount: { amount: 350_000, currency: "EUR" },
      receivedOn: "2026-11-20",
      ...more,
    });

  it("pays the instalment it fits, closes the open page, and is not matched twice", async () => {
    const made = await makeUnpaidBooking();
    const finance = await makeFinance();
    const checkout = await startCheckout(made.patient, made.depositId, new Date());
    expect(checkout.ok).toBe(true);

    const answers = await Promise.all(
      [1, 2].map(() => recordBankTransfer(finance, form({ planItemId: made.depositId }), new Date())),
    );

    const states = answers.map((answer) => (answer.ok ? answer.value.state : answer.reason)).toSorted();
    expect(states).toEqual(["matched", "unmatched"]);
    const booking = await asPerson(testSystem, (tx) =>
      tx.booking.findUniqueOrThrow({ where: { id: made.bookingId } }),
    );
    expect(booking.state).toBe("awaiting_centre");
    const payments = await asPerson(testSystem, (tx) =>
      tx.payment.findMany({ where: { planItemId: made.depositId, isSurplus: false } }),
    );
    expect(payments.map((payment) => `${payment.method} ${payment.state}`).toSorted()).toEqual([
      "bank_transfer succeeded",
      "card expired",
    ]);
    expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
  });

  it("that fits nothing waits for a person", async () => {
    const made = await makeUnpaidBooking();
    const finance = await makeFinance();

    const wrong = await recordBankTransfer(
      finance,
      form({ planItemId: made.depositId, amount: { amount: 1, currency: "EUR" } }),
      new Date(),
    );
    const unknown = await recordBankTransfer(finance, form({ reference: "for my heart" }), new Date());

    expect(wrong).toMatchObject({ value: { state: "unmatched", reason: "amount_differs" } });
    expect(unknown).toMatchObject({ value: { state: "unmatched", reason: "unknown_reference" } });
    const tasks = await asPerson(finance, (tx) => tx.task.findMany({ where: { caseId: made.caseId } }));
    expect(tasks.map((task) => task.kind)).toEqual(["unmatched_payment"]);
  });

  it("is matched once somebody names its booking, and booked once by two who do so at once", async () => {
    const made = await makeUnpaidBooking();
    const [finance, colleague] = await Promise.all([makeFinance(), makeFinance()]);
    const kept = await recordBankTransfer(finance, form({ reference: "for my heart" }), new Date());
    const transferId = kept.ok ? kept.value.id : "";
    const unknown = await matchBankTransfer(finance, { transferId, booking: "B-1999-000001" }, new Date());
    expect(unknown).toMatchObject({ value: { state: "unmatched", reason: "unknown_reference" } });

    const number = `B-2026-${String(Date.now()).slice(-9)}`;
    await asPerson(testSystem, (tx) =>
      tx.booking.updateMany({ where: { id: made.bookingId }, data: { number } }),
    );
    const match = (who: typeof finance) =>
      matchBankTransfer(who, { transferId, booking: number }, new Date());
    const both = await Promise.all([match(finance), match(colleague)]);
    for (const one of both) expect(one.ok ? one.value.state : one.reason).toMatch(/^(matched|not_found)$/);
    const payments = await asPerson(testSystem, (tx) =>
      tx.payment.findMany({ where: { bookingId: made.bookingId } }),
    );
    expect(payments.map(({ state }) => state)).toEqual(["succeeded"]);
    expect(await match(finance)).toMatchObject({ reason: "not_found" });
  });

  it("goes back through the bank by a person's hand", async () => {
    const made = await makeUnpaidBooking();
    const finance = await makeFinance();
    const transfer = await recordBankTransfer(finance, form({ planItemId: made.depositId }), new Date());
    const paymentId = transfer.ok ? (transfer.value.paymentId ?? "") : "";
    await cancelled(made.bookingId);
    const begun = await fullRefund(testSystem, paymentId, "parts_taken", new Date());
    const refundId = begun.ok ? (begun.value.refundId ?? "") : "";

    await sendRefund(testSystem, refundId, new Date());
    expect((await refundNow(refundId)).state).toBe("sent");
    expect(await settleBankRefund(finance, refundId, new Date())).toMatchObject({ ok: true });
    expect(await settleBankRefund(finance, refundId, new Date())).toMatchObject({
      reason: "illegal_transition",
    });
    expect((await refundNow(refundId)).state).toBe("settled");
  });
});
