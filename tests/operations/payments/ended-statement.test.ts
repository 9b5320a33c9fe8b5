import { afterAll, beforeAll, expect, it } from "vitest";
import { dropStripe } from "@/lib/infra/stripe";
import { asPerson } from "@/lib/infra/db";
import { approveRefund } from "@/lib/payments/approve-refund";
import { proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { statementFor } from "@/lib/payments/read-statement";
import { statementView } from "@/lib/payments/statement-view";
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
