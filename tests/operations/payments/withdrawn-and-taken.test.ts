import { describe, expect, it } from "vitest";
import { confirmBooking } from "@/lib/bookings/confirm-booking";
import { withdrawForm } from "@/lib/bookings/forms";
import { refundQuoteFor } from "@/lib/bookings/read-refund-quote";
import { asPerson } from "@/lib/infra/db";
import { withdrawContract } from "@/lib/logistics/withdraw-contract";
import { approveRefund } from "@/lib/payments/approve-refund";
import { proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { refundsNow } from "@/tests/support/bills";
import { makePaid, onlyTreatment } from "@/tests/support/bookings";
import { line, makeAcceptedCase } from "@/tests/support/estimates";
import { booked } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeCoordinator, makeFinance, makeManager, testSystem } from "@/tests/support/people";
import { tellDispute, tellRefund } from "@/tests/support/refunds";

const now = () => new Date();

/**
 * 3,000 of contract A and 2,400 of B in one payment, which these books have not seen come; the centre has countersigned A, B was
 * withdrawn and 1,900 came back.
 */
async function makeWithdrawn() {
  const accepted = await makeAcceptedCase({
    lines: [...onlyTreatment, line("medicine_supply", 1_000_000)],
  });
  const { id: bookingId } = await makePaid(accepted);
  valueOf(await confirmBooking(await makeManager(accepted.clinic.id), bookingId, now()));
  const payment = await asPerson(testSystem, (tx) => tx.payment.findFirstOrThrow({ where: { bookingId } }));
  valueOf(await withdrawContract(accepted.patient, bookingId, withdrawForm.parse({ contract: "B" }), now()));
  const [refund] = await refundsNow(bookingId);
  const id = refund?.id ?? "";
  valueOf(await approveRefund(await makeFinance(), id, now()));
  await tellRefund(id, `re_${id}`, "succeeded", refund?.amountMinor);
  expect(refund?.amountMinor).toBe(190_000n);
  const quoteOfA = async () => {
    const quoted = await refundQuoteFor(
      await makeCoordinator(),
      bookingId,
      "centre_declines",
      undefined,
      now(),
    );
    return quoted?.quote.contracts.A;
  };
  return { ...accepted, bookingId, paymentId: payment.id, quoteOfA };
}

describe("a booking whose contract B was withdrawn and paid back", () => {
  it("is not paid back once more when the bank takes a part, and contract A loses its share of that alone", async () => {
    const { bookingId, paymentId, quoteOfA } = await makeWithdrawn();
    expect(await quoteOfA()).toMatchObject({ paidMinor: 300_000n, takenMinor: 0n });
    await Promise.all([1, 2].map(() => tellDispute(paymentId, "lost", { amountMinor: 10_000n })));
    expect(await refundsNow(bookingId)).toMatchObject([{ state: "settled", amountMinor: 190_000n }]);
    // Here were 3,000 of A and 500 of B.
    expect(await quoteOfA()).toMatchObject({ paidMinor: 291_428n, takenMinor: 8_572n });
    expect(await booked(bookingId)).toMatchObject({ psp_clearing: -200_000n, refund_payable: 0n });
  });

  it("gives contract A back once when the centre declines it then", async () => {
    const { bookingId, paymentId } = await makeWithdrawn();
    await tellDispute(paymentId, "lost", { amountMinor: 10_000n });
    await asPerson(testSystem, (tx) =>
      tx.booking.updateMany({
        where: { id: bookingId },
        data: { state: "cancelled", cancelledAt: now(), cancelCause: "centre_declines" },
      }),
    );
    const form = proposeRefundForm.parse({ bookingId, cause: "centre_declines" });
    valueOf(await proposeRefund(await makeCoordinator(), form, now()));
    expect((await refundsNow(bookingId)).map(({ cause, amountMinor }) => [cause, amountMinor])).toEqual([
      ["withdrawal", 190_000n],
      ["centre_declines", 291_428n],
    ]);
  });

  it("counts all of A as taken where the bank took all that was here", async () => {
    const { bookingId, paymentId, quoteOfA } = await makeWithdrawn();
    await tellDispute(paymentId, "lost", { amountMinor: 350_000n });
    expect(await quoteOfA()).toMatchObject({ paidMinor: 0n, refundMinor: 0n });
    expect(await refundsNow(bookingId)).toHaveLength(1);
    expect(await booked(bookingId)).toMatchObject({ psp_clearing: -540_000n, refund_payable: 0n });
  });
});
