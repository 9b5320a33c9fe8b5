import { expect, it } from "vitest";
import { earnedSlices, refundQuoteFor } from "@/lib/bookings/read-refund-quote";
import { CANCEL_CAUSES } from "@/lib/bookings/refund-policy";
import { readBooking } from "@/lib/bookings/queries";
import { asPerson } from "@/lib/infra/db";
import { proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { refundsNow } from "@/tests/support/bills";
import { makeFullyPaid, passStage } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeCoordinator, makeFinance, makePatient, testSystem } from "@/tests/support/people";

const now = () => new Date();
const sumOf = (refunds: readonly { amountMinor: bigint }[]) =>
  refunds.reduce((sum, one) => sum + one.amountMinor, 0n);

it("counts the same refund whoever asks: finance, who reaches no case, as its coordinator and its patient", async () => {
  const made = await makeFullyPaid();
  await passStage(made.caseId, "on_site");

  for (const cause of CANCEL_CAUSES) {
    const known = await refundQuoteFor(testSystem, made.bookingId, cause, undefined, now());
    expect(known?.quote.total.refundMinor).toBeGreaterThanOrEqual(0n);
    for (const asker of [await makeFinance(), await makeCoordinator(), made.patient])
      expect(await refundQuoteFor(asker, made.bookingId, cause, undefined, now())).toEqual(known);
  }
  expect(await refundQuoteFor(await makePatient(), made.bookingId, "death", undefined, now())).toBeNull();
});

it("proposes by the rules no more for finance than for a coordinator, of two who ask at once only one", async () => {
  const [asked, other] = [await makeFullyPaid(), await makeFullyPaid()];
  for (const { caseId } of [asked, other]) await passStage(caseId, "on_site");
  const form = (bookingId: string) => proposeRefundForm.parse({ bookingId, cause: "operator_failure" });
  valueOf(await proposeRefund(await makeCoordinator(), form(asked.bookingId), now()));

  const finance = await makeFinance();
  const both = [1, 2].map(() => proposeRefund(finance, form(other.bookingId), now()));
  const answers = await Promise.all(both);

  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect(sumOf(await refundsNow(other.bookingId))).toBe(sumOf(await refundsNow(asked.bookingId)));
});

it("tells a stranger no stage of somebody's trip", async () => {
  const made = await makeFullyPaid();
  await passStage(made.caseId, "on_site");
  const booking = await asPerson(testSystem, (tx) => readBooking(tx, testSystem, made.bookingId));
  if (!booking) throw new Error("The booking is gone.");

  const slicesFor = async (actor: Parameters<typeof asPerson>[0]) =>
    (await asPerson(actor, (tx) => earnedSlices(tx, booking))).map((earned) => earned.slice);

  expect(await slicesFor(await makeFinance())).toContain("arrival");
  expect(await slicesFor(await makePatient())).not.toContain("arrival");
});
