import { describe, expect, it } from "vitest";
import { addDays } from "@/lib/kernel/day";
import { asPerson } from "@/lib/infra/db";
import { approveRefund } from "@/lib/payments/approve-refund";
import { bankTransferForm, proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { statementFor, takenStatementFor } from "@/lib/payments/read-statement";
import { readDuePayments } from "@/lib/payments/read-due-payments";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { statementView } from "@/lib/payments/statement-view";
import { refundsNow } from "@/tests/support/bills";
import { makeFullyPaid } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeUnpaidBooking } from "@/tests/support/payments";
import { makeCoordinator, makeFinance, makePatient, testSystem } from "@/tests/support/people";
import { tellDispute } from "@/tests/support/refunds";

const now = () => new Date();
type Paid = Awaited<ReturnType<typeof makeUnpaidBooking>>;

async function shown({ patient, bookingId }: Paid, locale = "en", at = now()) {
  const read = await statementFor(patient, bookingId, at);
  if (!read) throw new Error("The patient may see it.");
  return statementView(read, locale);
}

async function transfer({ depositId: planItemId, currency }: Paid, amount: number, mayDiffer = false) {
  const sent = { planItemId, amount: { amount, currency }, receivedOn: "2026-11-20", mayDiffer };
  return valueOf(await recordBankTransfer(await makeFinance(), bankTransferForm.parse(sent), now()));
}

/** Paid less what the bank took and what went back is what was passed on and what is here, in all and in each contract. */
function addsUp({ totals, contracts, held, passed }: Awaited<ReturnType<typeof shown>>) {
  const borne = totals.borneByOperator.amount;
  for (const one of [...contracts, totals])
    expect(
      one.paid.amount -
        one.taken.amount -
        one.refunded.amount +
        one.advanced.amount +
        (one === totals ? borne : 0),
    ).toBe(one.released.amount + one.held.amount);
  const all = (pockets: typeof passed) => pockets.reduce((sum, { amount }) => sum + amount.amount, 0);
  expect(all(held.pockets)).toBe(totals.held.amount);
  expect(all(passed)).toBe(totals.released.amount);
}

const cancel = ({ bookingId: id }: Paid) =>
  asPerson(testSystem, (tx) =>
    tx.booking.updateMany({
      where: { id },
      data: { state: "cancelled", cancelledAt: now(), cancelCause: "centre_declines" },
    }),
  );

describe("the statement of a patient whose bank took a payment", () => {
  it("says what the bank asks for and took, and what is owed again, until it is paid", async () => {
    const made = await makeFullyPaid();
    const before = await shown(made);
    expect(before.taken).toMatchObject({ text: null, owed: [] });
    await tellDispute(made.depositPaymentId, "needs_response");
    expect((await shown(made)).movements[0]?.text).toContain("Your bank is asking for it back.");
    await Promise.all([1, 2].map(() => tellDispute(made.depositPaymentId, "lost", { amountMinor: 90_000n })));

    const taken = await shown(made);
    expect(taken.movements[0]?.text).toBe(
      "Deposit of €3,500.00 received by bank transfer. Your bank took €900.00 of it back for good.",
    );
    expect(taken.taken.text).toContain("Your bank took back €900.00 of what you paid");
    expect(taken.taken.owed).toMatchObject([
      { planItemId: made.depositId, amount: { amount: 90_000 }, text: expect.stringContaining("€900.00") },
    ]);
    expect((await shown(made, "ar")).taken.text).toContain("مصرفك");
    expect(taken.totals).toMatchObject({
      ...{ paid: { amount: 550_000 }, taken: { amount: 90_000 }, advanced: { amount: 0 } },
      ...{ held: { amount: 460_000 - taken.totals.released.amount } },
      ...{ open: { amount: 90_000 }, again: { amount: 90_000 } },
    });
    addsUp(taken);
    expect(await statementFor(await makePatient(), made.bookingId)).toBeNull();

    expect(await transfer(made, 90_000)).toMatchObject({ state: "matched", restId: null });
    const repaid = await shown(made);
    expect(repaid.taken).toMatchObject({ text: null, owed: [], items: [] });
    expect(repaid.totals).toMatchObject({ taken: { amount: 0 }, open: { amount: 0 } });
    addsUp(repaid);
  });

  it("asks on the overview for what is owed again of a standing booking, and for nothing once it is paid", async () => {
    const made = await makeFullyPaid();
    const due = async (who = made.patient) =>
      (await readDuePayments(who, [made.caseId], now())).get(made.caseId);
    expect(await due()).toBeUndefined();
    await tellDispute(made.depositPaymentId, "needs_response");
    expect(await due()).toBeUndefined();
    await tellDispute(made.depositPaymentId, "lost", { amountMinor: 90_000n });
    expect(await due()).toEqual({
      ...{ open: { amount: 90_000, currency: "EUR" }, again: { amount: 90_000, currency: "EUR" } },
      ...{ dueOn: null, isLate: false },
    });
    expect(await due(await makePatient())).toBeUndefined();
    await transfer(made, 90_000);
    expect(await due()).toBeUndefined();
    await tellDispute(made.depositPaymentId, "lost", { amountMinor: 20_000n, name: "second" });
    expect((await due())?.again?.amount).toBe(20_000);
    await cancel(made);
    expect(await due()).toBeUndefined();
  });

  it("counts what a bank only asks for as here, and is read only where a bank asks or took", async () => {
    const made = await makeFullyPaid();
    const read = (who = made.patient) => takenStatementFor(who, made.bookingId, now());
    expect(await read()).toBeNull();
    await tellDispute(made.depositPaymentId, "needs_response");
    const asked = await read();
    const view = asked && statementView(asked, "en");
    expect(view?.taken).toMatchObject({
      ...{ owed: [], lost: { amount: 0 }, again: { amount: 0 } },
      asked: { amount: { amount: 350_000 }, text: expect.stringContaining("€3,500.00") },
      items: [{ planItemId: made.depositId, taken: { amount: 0 }, asked: { amount: 350_000 } }],
    });
    expect(view?.totals).toMatchObject({ taken: { amount: 0 }, open: { amount: 0 } });
    expect(await read(await makePatient())).toBeNull();
  });

  it("asks for nothing again that paid what the patient was owed", async () => {
    const made = await makeFullyPaid();
    const form = proposeRefundForm.parse({
      paymentId: made.depositPaymentId,
      cause: "goodwill",
      amount: 50_000,
    });
    const [asked] = valueOf(await proposeRefund(await makeCoordinator(), form, now()));
    valueOf(await approveRefund(await makeFinance(), asked?.id ?? "", now()));
    await tellDispute(made.depositPaymentId, "lost", { amountMinor: 50_000n });
    const setOff = await shown(made);
    const { taken } = setOff;
    // What the bank took is what went back: it is missing once.
    expect(setOff.totals).toMatchObject({ taken: { amount: 0 }, refunded: { amount: 50_000 } });
    addsUp(setOff);
    expect(taken.owed).toEqual([]);
    expect(taken.text).toContain("It paid what we owed you");
    expect(await transfer(made, 50_000)).toMatchObject({ state: "unmatched", reason: "already_paid" });
    expect((await refundsNow(made.bookingId)).at(-1)).toMatchObject({
      cause: "duplicate",
      amountMinor: 50_000n,
    });
    await tellDispute(made.depositPaymentId, "lost", { amountMinor: 20_000n, name: "second" });
    expect((await shown(made)).taken.owed).toMatchObject([{ amount: { amount: 20_000 } }]);
    expect(await transfer(made, 20_000)).toMatchObject({ state: "matched", restId: null });
    expect((await shown(made)).taken.owed).toEqual([]);
  });

  it("names a sum to send only once the rest of its instalment is paid, and says so before", async () => {
    const made = await makeUnpaidBooking();
    const balance = (amount: number, mayDiffer = false) =>
      transfer({ ...made, depositId: made.balanceId }, amount, mayDiffer);
    await transfer(made, 350_000);
    const { paymentId } = await balance(120_000, true);
    await tellDispute(paymentId ?? "", "lost", { amountMinor: 50_000n });
    const before = await shown(made);
    expect(before.taken).toMatchObject({ owed: [], text: expect.stringContaining("once the rest of") });
    expect((await shown(made, "ar")).taken.text).toContain("بعد دفع بقية");
    expect(before.totals).toMatchObject({ open: { amount: 130_000 }, again: { amount: 50_000 } });
    addsUp(before);

    expect(await balance(80_000)).toMatchObject({ state: "matched", restId: null });
    expect((await shown(made)).taken.owed).toMatchObject([{ amount: { amount: 50_000 } }]);
    expect(await balance(50_000)).toMatchObject({ state: "matched", restId: null });
    expect((await shown(made)).taken).toMatchObject({ owed: [], text: null });
  });

  it("asks nobody to pay for a date that is gone, neither again nor what was still open", async () => {
    const made = await makeFullyPaid();
    await asPerson(testSystem, (tx) =>
      tx.planItem.updateMany({
        where: { id: made.balanceId },
        data: { state: "overdue", paidMinor: 0n, paidAMinor: 0n, paidAt: null },
      }),
    );
    expect((await shown(made)).totals.open.amount).toBe(200_000);
    await tellDispute(made.depositPaymentId, "lost");
    await cancel(made);
    const ended = await shown(made);
    expect(ended.taken).toMatchObject({ owed: [], text: expect.stringContaining("nobody asks you") });
    expect(ended.totals).toMatchObject({ open: { amount: 0 }, again: { amount: 0 } });
    addsUp(ended);
  });
});

describe("the statement after the day of treatment", () => {
  it("says the day as past, not as the earliest one", async () => {
    const made = await makeFullyPaid();
    const texts = async (at: Date) => {
      const { held } = await shown(made, "en", at);
      return [held.text, ...held.pockets.map(({ text }) => text)].join(" ");
    };
    expect(await texts(now())).toContain("at the earliest on");
    const after = new Date(`${addDays((await shown(made)).held.until, 1)}T10:00:00Z`);
    expect(await texts(after)).not.toContain("at the earliest");
    expect(await texts(after)).toContain("the day of treatment was");
  });
});
