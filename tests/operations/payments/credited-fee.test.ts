import { expect, it } from "vitest";
import { readBooking } from "@/lib/bookings/queries";
import { sweepInvoices } from "@/lib/documents/sweep-invoices";
import { asPerson } from "@/lib/infra/db";
import { approveRefund } from "@/lib/payments/approve-refund";
import { proposeRefunds } from "@/lib/payments/propose-refunds";
import { statementFor } from "@/lib/payments/read-statement";
import { settleBankRefund } from "@/lib/payments/settle-bank-refund";
import { statementView } from "@/lib/payments/statement-view";
import { makeFullyPaid, makeTaxSettings, passStage } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeFinance, testSystem } from "@/tests/support/people";
import { SEEN } from "@/tests/support/refunds";

type Paid = Awaited<ReturnType<typeof makeFullyPaid>>;
const now = () => new Date();

/** What its payer reads of the money of contract B and of all of it, whose sums add up. */
async function shown({ patient, bookingId }: Paid) {
  const read = await statementFor(patient, bookingId, now());
  if (!read) throw new Error("The statement is gone.");
  const { contracts, totals, passed } = statementView(read, "en");
  for (const one of contracts)
    expect(one.paid.amount - one.refunded.amount).toBe(one.released.amount + one.held.amount);
  expect(passed.reduce((sum, { amount }) => sum + amount.amount, 0)).toBe(totals.released.amount);
  expect(contracts.reduce((sum, { refunded }) => sum + refunded.amount, 0)).toBe(
    totals.refunded.amount - totals.borneByOperator.amount,
  );
  const [, ofB] = contracts;
  return {
    ...{ paid: ofB?.paid.amount, back: ofB?.refunded.amount, passed: ofB?.released.amount },
    ...{ held: ofB?.held.amount, allBack: totals.refunded.amount, borne: totals.borneByOperator.amount },
  };
}

/** Everything the rules give back, proposed as the booking ends, approved by another person. */
async function giveBack({ bookingId }: Paid): Promise<string[]> {
  const refunds = await asPerson(testSystem, async (tx) => {
    await tx.booking.update({
      where: { id: bookingId },
      data: { state: "cancelled", cancelCause: "medical_deterioration", cancelledAt: now() },
    });
    const booking = await readBooking(tx, testSystem, bookingId);
    if (!booking) throw new Error("The booking is gone.");
    return proposeRefunds(tx, testSystem, booking, "medical_deterioration", now());
  });
  for (const { id } of refunds) valueOf(await approveRefund(await makeFinance(), id, now(), SEEN));
  return refunds.map(({ id }) => id);
}

it("a fee that came back after it was earned was passed on to nobody once it is credited", async () => {
  await makeTaxSettings();
  // Contract A 3,000; B: a ride of 500 and a fee of 2,000, of which papers and arrival, 1,200, are earned.
  const made = await makeFullyPaid();
  const paid = { paid: 250_000, back: 0, allBack: 0, borne: 0 };
  expect(await shown(made)).toEqual({ ...paid, passed: 0, held: 250_000 });
  await passStage(made.caseId, "on_site");
  await sweepInvoices(testSystem, now());
  expect(await shown(made)).toEqual({ ...paid, passed: 120_000, held: 130_000 });
  const refunds = await giveBack(made);
  // Until the invoice is credited the fee stays ours, and what came back for it was ours to give.
  const decided = { paid: 250_000, back: 130_000, passed: 120_000, held: 0, allBack: 550_000 };
  expect(await shown(made)).toEqual({ ...decided, borne: 120_000 });
  for (const id of refunds) valueOf(await settleBankRefund(await makeFinance(), id, now()));
  expect(await shown(made)).toEqual({ ...decided, borne: 120_000 });
  expect((await sweepInvoices(testSystem, now())).creditNotes).toBeGreaterThan(0);
  expect(await shown(made)).toEqual({ ...decided, back: 250_000, passed: 0, borne: 0 });
});
