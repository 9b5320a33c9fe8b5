import { describe, expect, it } from "vitest";
import { addDays, dayOf } from "@/lib/kernel/day";
import { refundQuoteFor } from "@/lib/bookings/read-refund-quote";
import { asPerson } from "@/lib/infra/db";
import { acceptChange } from "@/lib/payments/accept-change-order";
import { approveRefund } from "@/lib/payments/approve-refund";
import { proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { changeOrderFor } from "@/lib/payments/read-change-orders";
import { enterBill, makeTreated, refundsNow, settle } from "@/tests/support/bills";
import { amountOf, makeTrip, payItem, propose, tasks, yes } from "@/tests/support/changes";
import { makeFullyPaid } from "@/tests/support/invoices";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { ledgerSums } from "@/tests/support/payments";
import { makeCoordinator, makeFinance, testSystem } from "@/tests/support/people";
import { tellDispute as dispute } from "@/tests/support/refunds";

const now = () => new Date();

const cancel = (id: string, cancelCause = "centre_declines") =>
  asPerson(testSystem, (tx) =>
    tx.booking.updateMany({ where: { id }, data: { state: "cancelled", cancelledAt: now(), cancelCause } }),
  );
const ask = async (wish: Record<string, unknown>) =>
  proposeRefund(await makeCoordinator(), proposeRefundForm.parse(wish), now());
/** Newest last, by payment. */
const sumsOf = async (bookingId: string) =>
  (await refundsNow(bookingId)).map((refund) => [refund.paymentId, refund.amountMinor]);

/** Deposit of 3,500.00, of it 3,000.00 for the hospital, and a balance of 2,000.00 for us. */
type Paid = Awaited<ReturnType<typeof makeFullyPaid>>;
const quoted = async ({ patient, bookingId, slot }: Paid, cause: "centre_declines" | "patient_cancels") => {
  const found = await refundQuoteFor(patient, bookingId, cause, addDays(dayOf(slot.on), -60), now());
  if (!found) throw new Error("The patient may see it.");
  return found.quote.contracts;
};

describe("a quote", () => {
  it("counts nothing as paid that the payer's bank asks for or took, and all of it again once that was refused", async () => {
    const made = await makeFullyPaid();
    const whole = { A: { refundMinor: 300_000n, takenMinor: 0n }, B: { refundMinor: 250_000n } };
    const without = {
      A: { paidMinor: 0n, refundMinor: 0n, takenMinor: 300_000n },
      B: { paidMinor: 200_000n, refundMinor: 200_000n, takenMinor: 50_000n },
    };
    expect(await quoted(made, "centre_declines")).toMatchObject(whole);
    await dispute(made.depositPaymentId, "needs_response");
    expect(await quoted(made, "centre_declines")).toMatchObject(without);
    await dispute(made.depositPaymentId, "won");
    expect(await quoted(made, "centre_declines")).toMatchObject(whole);
    const other = await makeFullyPaid();
    await dispute(other.depositPaymentId, "lost");
    expect(await quoted(other, "centre_declines")).toMatchObject(without);
  });

  it("asks again for what was lost, but not for what is still under dispute", async () => {
    const made = await makeFullyPaid();
    for (const id of [made.depositPaymentId, made.balancePaymentId]) await dispute(id, "needs_response");
    // A quarter of the fee of 2,000.00 is earned by the papers.
    expect((await quoted(made, "patient_cancels")).B).toMatchObject({ keptMinor: 50_000n, owedMinor: 0n });
    for (const id of [made.depositPaymentId, made.balancePaymentId]) await dispute(id, "lost");
    expect((await quoted(made, "patient_cancels")).B).toMatchObject({
      keptMinor: 50_000n,
      owedMinor: 50_000n,
    });
  });
});

describe("a refund of a booking whose payment is under dispute", () => {
  it("is proposed from the other payments alone, and from it once the dispute is won, told twice too", async () => {
    const made = await makeFullyPaid();
    const { bookingId, depositPaymentId, balancePaymentId } = made;
    await dispute(depositPaymentId, "needs_response");
    await cancel(bookingId);

    expect(reasonOf(await ask({ paymentId: depositPaymentId, cause: "goodwill", amount: 100 }))).toBe(
      "payment_disputed",
    );
    expect(reasonOf(await ask({ bookingId, cause: "goodwill", amount: 200_001 }))).toBe("refund_exceeds");
    valueOf(await ask({ bookingId, cause: "centre_declines" }));
    expect(await sumsOf(bookingId)).toEqual([[balancePaymentId, 200_000n]]);

    for (let told = 0; told < 2; told += 1) await dispute(depositPaymentId, "won");

    expect(await sumsOf(bookingId)).toEqual([
      [balancePaymentId, 200_000n],
      [depositPaymentId, 350_000n],
    ]);
    for (const { id } of await refundsNow(bookingId))
      valueOf(await approveRefund(await makeFinance(), id, now()));
    expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
  });

  it("never comes out of what was lost, also where something had gone back before", async () => {
    const { bookingId, depositPaymentId, balancePaymentId } = await makeFullyPaid();
    const [early] = valueOf(await ask({ paymentId: depositPaymentId, cause: "goodwill", amount: 10_000 }));
    valueOf(await approveRefund(await makeFinance(), early?.id ?? "", now()));
    await dispute(depositPaymentId, "lost");
    await cancel(bookingId);

    valueOf(await ask({ bookingId, cause: "centre_declines" }));
    expect(await sumsOf(bookingId)).toEqual([
      [depositPaymentId, 10_000n],
      [balancePaymentId, 200_000n],
    ]);
    expect(reasonOf(await ask({ bookingId, cause: "centre_declines" }))).toBe("nothing_to_refund");
  });

  it("is approved before the dispute opens or not at all", async () => {
    const { bookingId, depositPaymentId } = await makeFullyPaid();
    const [refund] = valueOf(await ask({ paymentId: depositPaymentId, cause: "goodwill", amount: 10_000 }));
    const finance = await makeFinance();

    const [answer] = await Promise.all([
      approveRefund(finance, refund?.id ?? "", now()),
      dispute(depositPaymentId, "needs_response"),
    ]);

    const [kept] = await refundsNow(bookingId);
    const payment = await asPerson(testSystem, (tx) =>
      tx.payment.findUniqueOrThrow({ where: { id: depositPaymentId } }),
    );
    expect([kept?.state, payment.refundedMinor, payment.state]).toEqual(
      answer.ok ? ["approved", 10_000n, "disputed"] : ["calculated", 0n, "disputed"],
    );
    if (!answer.ok) expect(answer.reason).toBe("payment_disputed");
  });
});

const rowsOf = async (bookingId: string) =>
  (await refundsNow(bookingId)).map(({ state, amountMinor }) => [state, amountMinor]);

describe("what was paid too much", () => {
  it("of a cheaper treatment waits for the end of the dispute, and is not given back where the bank took it", async () => {
    const trip = await makeTrip();
    const paymentId = await payItem(trip.bookingId, "balance", "A");
    const order = await propose(trip, 2_600_000, { reason: "less_needed" });
    expect((await changeOrderFor(trip.patient, order.id))?.effect).toMatchObject({ refundMinor: 400_000n });
    await dispute(paymentId, "needs_response");
    expect(reasonOf(await acceptChange(trip.patient, order.id, yes(order), now()))).toBe("payment_disputed");
    expect(await amountOf(trip.bookingId, "treatment")).toBe(3_000_000n);
    await dispute(paymentId, "lost");
    // Of the 31,500.00 that are asked for again.
    const less = { refundMinor: 0n, loweredMinor: 400_000n };
    expect((await changeOrderFor(trip.patient, order.id))?.effect).toMatchObject(less);
    expect(valueOf(await acceptChange(trip.patient, order.id, yes(order), now())).effect).toMatchObject(less);
    expect(await rowsOf(trip.bookingId)).toEqual([["refused", 400_000n]]);
  });

  it("goes back beyond what is agreed and here: what the bank took is left out once, not of every change", async () => {
    const trip = await makeTrip();
    await payItem(trip.bookingId, "balance", "A");
    const deposit = { bookingId: trip.bookingId, planItem: { kind: "deposit" } };
    const { id } = await asPerson(testSystem, (tx) => tx.payment.findFirstOrThrow({ where: deposit }));
    await dispute(id, "lost");
    // 35,000.00 of contract A were paid; its 3,500.00 of the deposit are gone.
    for (const [treatment, refundMinor, loweredMinor] of [
      [2_800_000, 0n, 200_000n],
      [2_600_000, 50_000n, 150_000n],
      [2_500_000, 100_000n, 0n],
    ] as const) {
      const order = await propose(trip, treatment, { reason: "less_needed" });
      expect((await changeOrderFor(trip.patient, order.id))?.effect).toMatchObject({
        refundMinor,
        loweredMinor,
      });
      const { effect } = valueOf(await acceptChange(trip.patient, order.id, yes(order), now()));
      expect(effect).toMatchObject({ refundMinor, loweredMinor });
    }
    // What is not sent, the loss has paid.
    expect(await rowsOf(trip.bookingId)).toEqual([
      ["refused", 200_000n],
      ["calculated", 50_000n],
      ["refused", 150_000n],
      ["calculated", 100_000n],
    ]);
  });

  it("of the final bill goes back once the dispute is won, and somebody is asked to see to it", async () => {
    const trip = await makeTreated();
    const { id } = await asPerson(testSystem, (tx) =>
      tx.payment.findFirstOrThrow({ where: { bookingId: trip.bookingId }, orderBy: { amountMinor: "desc" } }),
    );
    await enterBill(trip.manager, trip.bookingId);
    await dispute(id, "needs_response");
    const { read } = await settle(trip, 3_400_000);
    expect(read?.account).toMatchObject({ owedMinor: 3_400_000n, refundMinor: 0n });
    await asPerson(testSystem, (tx) =>
      tx.task.updateMany({ where: { caseId: trip.caseId }, data: { state: "done", doneAt: now() } }),
    );

    await dispute(id, "won");
    expect(await tasks(trip.caseId, "settle_bill")).toBe(1);
    expect((await settle(trip, 3_400_000)).read?.account).toMatchObject({ refundMinor: 100_000n });
    expect((await refundsNow(trip.bookingId)).map((refund) => refund.amountMinor)).toEqual([100_000n]);
  });
});
