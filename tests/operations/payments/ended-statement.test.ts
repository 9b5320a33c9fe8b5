import { afterAll, beforeAll, expect, it } from "vitest";
import { withdrawForm } from "@/lib/bookings/forms";
import { refundQuoteFor } from "@/lib/bookings/read-refund-quote";
import { sweepInvoices } from "@/lib/documents/sweep-invoices";
import { withdrawContract } from "@/lib/logistics/withdraw-contract";
import { dropStripe } from "@/lib/infra/stripe";
import { asPerson } from "@/lib/infra/db";
import { approveRefund } from "@/lib/payments/approve-refund";
import { proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { startCheckout } from "@/lib/payments/start-checkout";
import { statementFor } from "@/lib/payments/read-statement";
import { statementView } from "@/lib/payments/statement-view";
import { makeSigned, onlyTreatment } from "@/tests/support/bookings";
import { makeAcceptedCase } from "@/tests/support/estimates";
import { deliverRide, makeFullyPaid, makeTaxSettings } from "@/tests/support/invoices";
import { makePaidBooking, type Provider, startProvider } from "@/tests/support/payments";
import { makeCoordinator, makeFinance, testSystem } from "@/tests/support/people";
import { valueOf } from "@/tests/support/outcomes";
import { tellDispute, tellRefund } from "@/tests/support/refunds";

let provider: Provider;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(async () => {
  await provider.stop();
  dropStripe();
});

const end = (id: string, cancelCause: "patient_cancels" | "centre_declines") =>
  asPerson(testSystem, (tx) =>
    tx.booking.update({
      where: { id },
      data: { state: "cancelled", cancelCause, cancelledAt: new Date() },
    }),
  );

it("an ended booking calls kept only what is kept, not what waits to go back", async () => {
  const { bookingId, paymentId, patient } = await makePaidBooking(provider);
  await end(bookingId, "patient_cancels");
  const said = async () => {
    const read = await statementFor(patient, bookingId);
    return read && statementView(read, "en").held.text;
  };
  expect(await said()).toContain("€3,500.00 is still kept under the refund rules");
  const part = { paymentId, cause: "goodwill", amount: 100_000 };
  const form = proposeRefundForm.parse(part);
  const [refund] = valueOf(await proposeRefund(await makeCoordinator(), form, new Date()));
  expect(await said()).toBe(
    "This booking has ended. €3,500.00 of what you paid is still here: €1,000.00 goes back to you as soon as a second person has checked the sum, €2,500.00 is kept under the refund rules of your contracts.",
  );
  valueOf(await approveRefund(await makeFinance(), refund?.id ?? "", new Date()));
  expect(await said()).toContain("€2,500.00 is still kept under the refund rules");
  const rest = proposeRefundForm.parse({ ...part, amount: 250_000 });
  valueOf(await proposeRefund(await makeCoordinator(), rest, new Date()));
  expect(await said()).toContain("€2,500.00 of what you paid is still here and goes back to you");
});

/** A booking whose deposit has come: a fifth of the fee of 2,000.00 was paid, the quarter earned with the papers invoiced. */
async function makeInvoiced() {
  await makeTaxSettings();
  const accepted = await makeAcceptedCase({ lines: onlyTreatment });
  const { id, planItems } = await makeSigned(accepted);
  const deposit = planItems.find(({ kind }) => kind === "deposit")?.id ?? "";
  await provider.pay(valueOf(await startCheckout(accepted.patient, deposit, new Date())).url);
  await provider.work();
  await sweepInvoices(testSystem, new Date());
  return { id, accepted };
}

it("an ended booking says what its invoices name beyond what was paid, and asks for none of it", async () => {
  const { id, accepted } = await makeInvoiced();
  const shown = async () => {
    const read = await statementFor(accepted.patient, id);
    return read && statementView(read, "en");
  };
  expect((await shown())?.uncovered).toMatchObject({ amount: { amount: 0 }, text: null });
  expect((await shown())?.hasEnded).toBe(false);
  const form = withdrawForm.parse({ contract: "B" });
  valueOf(await withdrawContract(accepted.patient, id, form, new Date()));
  const after = await shown();
  // What was planned is asked of nobody any more.
  expect(after?.hasEnded).toBe(true);
  expect(after?.uncovered.amount.amount).toBe(10_000);
  expect(after?.uncovered.text).toContain("€100.00 of what stands on your invoices is not covered");
  expect(after?.totals.open.amount).toBe(0);
});

it("an ended booking whose payer's bank took the money says what is not covered, and not that nobody asks", async () => {
  await makeTaxSettings();
  const made = await makeFullyPaid();
  await sweepInvoices(testSystem, new Date());
  await tellDispute(made.depositPaymentId, "lost");
  await tellDispute(made.balancePaymentId, "lost");
  await end(made.bookingId, "patient_cancels");
  const quoted = await refundQuoteFor(
    ...([made.patient, made.bookingId, "patient_cancels", undefined, new Date()] as const),
  );
  const owedMinor = quoted?.quote.contracts.B.owedMinor;
  expect(owedMinor).toBe(50_000n);
  const read = await statementFor(made.patient, made.bookingId);
  expect(read?.uncoveredMinor).toBe(owedMinor);
  const said = read && statementView(read, "en");
  expect(said?.uncovered.text).toContain("€500.00 of what stands on your invoices is not covered");
  expect(said?.taken.text).toContain("Your bank took back €5,500.00");
  expect(said?.taken.text).not.toContain("nobody asks");
});

it("an ended booking is never said to be uncovered while its money goes back, nor before the credit note", async () => {
  await makeTaxSettings();
  const made = await makeFullyPaid();
  await deliverRide(made.bookingId);
  await sweepInvoices(testSystem, new Date());
  await end(made.bookingId, "centre_declines");
  const uncovered = async () => (await statementFor(made.patient, made.bookingId))?.uncoveredMinor;
  expect(await uncovered()).toBe(0n);
  const refunds: { id: string; amountMinor: bigint }[] = [];
  for (const [paymentId, amount] of [
    [made.depositPaymentId, 350_000],
    [made.balancePaymentId, 200_000],
  ] as const) {
    const form = proposeRefundForm.parse({ paymentId, cause: "goodwill", amount });
    refunds.push(...valueOf(await proposeRefund(await makeCoordinator(), form, new Date())));
  }
  for (const { id } of refunds) valueOf(await approveRefund(await makeFinance(), id, new Date()));
  expect(await uncovered()).toBe(0n);
  for (const { id, amountMinor } of refunds) await tellRefund(id, `re_${id}`, "succeeded", amountMinor);
  expect(await uncovered()).toBe(0n);
  expect((await sweepInvoices(testSystem, new Date())).creditNotes).toBeGreaterThan(0);
  expect(await uncovered()).toBe(0n);
});

it("a booking that ended for a cause that asks nobody for more has what was never paid credited, once", async () => {
  const { id, accepted } = await makeInvoiced();
  await asPerson(testSystem, (tx) =>
    tx.booking.update({
      where: { id },
      data: { state: "cancelled", cancelCause: "not_treatable", cancelledAt: new Date() },
    }),
  );
  await Promise.all([sweepInvoices(testSystem, new Date()), sweepInvoices(testSystem, new Date())]);
  const papers = await asPerson(testSystem, (tx) =>
    tx.invoice.findMany({
      where: { bookingId: id },
      orderBy: { issuedAt: "asc" },
      select: { kind: true, lines: { select: { grossMinor: true } } },
    }),
  );
  expect(papers.map(({ kind, lines }) => [kind, lines.map(({ grossMinor }) => grossMinor)])).toEqual([
    ["invoice", [50_000n]],
    ["credit_note", [10_000n]],
  ]);
  const read = await statementFor(accepted.patient, id);
  expect(read && statementView(read, "en").uncovered.amount.amount).toBe(0);
});
