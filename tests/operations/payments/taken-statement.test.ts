import { describe, expect, it } from "vitest";
import { addDays } from "@/lib/kernel/day";
import { asPerson } from "@/lib/infra/db";
import { approveRefund } from "@/lib/payments/approve-refund";
import { bankTransferForm, proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { statementFor } from "@/lib/payments/read-statement";
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
    expect(await statementFor(await makePatient(), made.bookingId)).toBeNull();

    expect(await transfer(made, 90_000)).toMatchObject({ state: "matched", restId: null });
    expect((await shown(made)).taken).toMatchObject({ text: null, owed: [] });
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
    const { taken } = await shown(made);
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
    expect(before.totals.open.amount).toBe(80_000);

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
    expect(ended.totals.open.amount).toBe(0);
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
