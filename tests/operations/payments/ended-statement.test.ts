import { afterAll, beforeAll, expect, it } from "vitest";
import { withdrawForm } from "@/lib/bookings/forms";
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
import { makeTaxSettings } from "@/tests/support/invoices";
import { makePaidBooking, type Provider, startProvider } from "@/tests/support/payments";
import { makeCoordinator, makeFinance, testSystem } from "@/tests/support/people";
import { valueOf } from "@/tests/support/outcomes";

let provider: Provider;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(async () => {
  await provider.stop();
  dropStripe();
});

it("an ended booking calls kept only what is kept, not what waits to go back", async () => {
  const { bookingId, paymentId, patient } = await makePaidBooking(provider);
  await asPerson(testSystem, (tx) =>
    tx.booking.update({
      where: { id: bookingId },
      data: { state: "cancelled", cancelCause: "patient_cancels", cancelledAt: new Date() },
    }),
  );
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

it("an ended booking says what its invoices name beyond what was paid, and asks for none of it", async () => {
  await makeTaxSettings();
  const accepted = await makeAcceptedCase({ lines: onlyTreatment });
  const { id, planItems } = await makeSigned(accepted);
  const deposit = planItems.find(({ kind }) => kind === "deposit")?.id ?? "";
  await provider.pay(valueOf(await startCheckout(accepted.patient, deposit, new Date())).url);
  await provider.work();
  await sweepInvoices(testSystem, new Date());
  const shown = async () => {
    const read = await statementFor(accepted.patient, id);
    return read && statementView(read, "en");
  };
  expect((await shown())?.uncovered).toMatchObject({ amount: { amount: 0 }, text: null });
  const form = withdrawForm.parse({ contract: "B" });
  valueOf(await withdrawContract(accepted.patient, id, form, new Date()));
  // A quarter of the fee of 2,000.00 was earned with the papers; a fifth of the fee was paid.
  const after = await shown();
  expect(after?.uncovered.amount.amount).toBe(10_000);
  expect(after?.uncovered.text).toContain("€100.00 of what stands on your invoices is not covered");
  expect(after?.totals.open.amount).toBe(0);
});
