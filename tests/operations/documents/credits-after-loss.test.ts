import { beforeEach, describe, expect, it } from "vitest";
import { asPerson } from "@/lib/infra/db";
import { issueCreditNote } from "@/lib/documents/issue-credit-note";
import { issueInvoice } from "@/lib/documents/issue-invoice";
import { sweepInvoices } from "@/lib/documents/sweep-invoices";
import { approveRefund } from "@/lib/payments/approve-refund";
import { proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { settleBankRefund } from "@/lib/payments/settle-bank-refund";
import { deliverRide, makeFullyPaid, makeTaxSettings } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeCoordinator, makeFinance, testSystem } from "@/tests/support/people";
import { tellDispute } from "@/tests/support/refunds";

const now = () => new Date();

beforeEach(makeTaxSettings);

/** Paid 3,500, of it 500 for contract B, and 2,000 for B; 1,000 of B is invoiced, and the trip has ended. */
async function makeEnded() {
  const made = await makeFullyPaid();
  await deliverRide(made.bookingId);
  await issueInvoice(testSystem, made.bookingId, now());
  await asPerson(testSystem, (tx) =>
    tx.booking.updateMany({
      where: { id: made.bookingId },
      data: { state: "cancelled", cancelledAt: now(), cancelCause: "patient" },
    }),
  );
  return made;
}

/** A sum that is to go back, decided and not sent yet. */
async function decideBack(paymentId: string, amount: number, cause = "goodwill"): Promise<string> {
  const form = proposeRefundForm.parse({ paymentId, cause: "goodwill", amount });
  const [proposed] = valueOf(await proposeRefund(await makeCoordinator(), form, now()));
  const id = proposed?.id ?? "";
  await asPerson(testSystem, (tx) => tx.refund.update({ where: { id }, data: { cause } }));
  valueOf(await approveRefund(await makeFinance(), id, now()));
  return id;
}

async function send(refundId: string): Promise<void> {
  valueOf(await settleBankRefund(await makeFinance(), refundId, now()));
}

async function giveBack(paymentId: string, amount: number, cause?: string): Promise<void> {
  await send(await decideBack(paymentId, amount, cause));
}

const ofNotes = (bookingId: string) => ({ bookingId, kind: "credit_note" as const });

async function credited(bookingId: string): Promise<bigint> {
  while (await issueCreditNote(testSystem, bookingId, now()));
  const notes = await asPerson(testSystem, (tx) => tx.invoice.findMany({ where: ofNotes(bookingId) }));
  return notes.reduce((sum, one) => sum + one.grossMinor, 0n);
}

describe("a credit note of a trip whose payer's bank took a payment", () => {
  it("credits nothing where the bank took what had come back of what was never invoiced", async () => {
    const made = await makeEnded();
    await giveBack(made.balancePaymentId, 120_000);
    expect(await credited(made.bookingId)).toBe(0n);
    await tellDispute(made.depositPaymentId, "lost");
    expect(await credited(made.bookingId)).toBe(0n);
  });

  it("counts what the bank left of a payment it took a part of", async () => {
    const made = await makeEnded();
    await tellDispute(made.depositPaymentId, "lost", { amountMinor: 10_000n });
    await giveBack(made.balancePaymentId, 120_000);
    expect(await credited(made.bookingId)).toBe(0n);
  });

  it("credits what came back of the lost payment only as far as it was invoiced", async () => {
    const made = await makeEnded();
    // Of 1,750 of the deposit 250 are of contract B: with 1,300 they are 50 more than was never invoiced.
    await giveBack(made.depositPaymentId, 175_000);
    await giveBack(made.balancePaymentId, 130_000);
    for (let told = 0; told < 2; told += 1) await tellDispute(made.depositPaymentId, "lost");
    expect(await credited(made.bookingId)).toBe(5_000n);
  });

  it("credits what was given of invoiced money after the bank had taken the rest", async () => {
    const made = await makeEnded();
    await tellDispute(made.depositPaymentId, "lost");
    await giveBack(made.balancePaymentId, 120_000);
    expect(await credited(made.bookingId)).toBe(20_000n);
  });

  it("credits what the bank paid in our place, once, also where nothing of it was sent", async () => {
    const made = await makeEnded();
    await decideBack(made.depositPaymentId, 350_000);
    await decideBack(made.balancePaymentId, 200_000);
    await tellDispute(made.depositPaymentId, "lost");
    await tellDispute(made.balancePaymentId, "lost");
    await sweepInvoices(testSystem, now());
    const read = () => asPerson(testSystem, (tx) => tx.invoice.findMany({ where: ofNotes(made.bookingId) }));
    expect((await read()).map(({ grossMinor }) => grossMinor)).toEqual([100_000n]);
    expect(await credited(made.bookingId)).toBe(100_000n);
  });

  it("credits what the bank left for us to send together with what it paid in our place", async () => {
    const made = await makeEnded();
    const id = await decideBack(made.balancePaymentId, 200_000);
    await tellDispute(made.balancePaymentId, "lost", { amountMinor: 100_000n });
    expect(await credited(made.bookingId)).toBe(0n);
    await send(id);
    expect(await credited(made.bookingId)).toBe(50_000n);
  });

  it("counts what the bank took beyond what was decided as taken", async () => {
    const made = await makeEnded();
    await decideBack(made.balancePaymentId, 60_000);
    await tellDispute(made.balancePaymentId, "lost", { amountMinor: 100_000n });
    expect(await credited(made.bookingId)).toBe(0n);
    // Of 2,500 for B the bank gave 600 in our place and took 400, and 1,000 is invoiced: 500 was never invoiced.
    await giveBack(made.balancePaymentId, 70_000);
    expect(await credited(made.bookingId)).toBe(20_000n);
  });
});

describe("a credit note of a trip that ended after an agreed change had lowered its price", () => {
  it("counts what the change gave back as never invoiced", async () => {
    const made = await makeEnded();
    await giveBack(made.balancePaymentId, 30_000, "change_order");
    expect(await credited(made.bookingId)).toBe(0n);
    await giveBack(made.balancePaymentId, 140_000);
    expect(await credited(made.bookingId)).toBe(20_000n);
  });

  it("does so where the payer's bank paid it in our place", async () => {
    const made = await makeEnded();
    await decideBack(made.balancePaymentId, 30_000, "change_order");
    await tellDispute(made.balancePaymentId, "lost", { amountMinor: 30_000n });
    await giveBack(made.balancePaymentId, 140_000);
    expect(await credited(made.bookingId)).toBe(20_000n);
  });
});
