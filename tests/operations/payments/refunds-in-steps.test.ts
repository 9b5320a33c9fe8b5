import { describe, expect, it } from "vitest";
import { refundQuoteFor } from "@/lib/bookings/read-refund-quote";
import { asPerson } from "@/lib/infra/db";
import { approveRefund } from "@/lib/payments/approve-refund";
import { proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { recordKeptCost } from "@/lib/payments/record-kept-cost";
import { sendRefund } from "@/lib/payments/send-refund";
import { startCheckout } from "@/lib/payments/start-checkout";
import { valueOf } from "@/tests/support/outcomes";
import { ledgerSums, makeUnpaidBooking } from "@/tests/support/payments";
import { makeCoordinator, makeFinance, testSystem } from "@/tests/support/people";
import { refundNow, SEEN } from "@/tests/support/refunds";
import { withProvider } from "@/tests/support/with-provider";

const provider = withProvider();
const now = () => new Date();

/** A deposit in dinars, paid by card. */
async function makePaidDinars() {
  const made = await makeUnpaidBooking({ currency: "KWD", contractAMinor: 100_000n });
  const { paymentId, url } = valueOf(await startCheckout(made.patient, made.depositId, now()));
  await provider().pay(url);
  await provider().work();
  return { ...made, paymentId };
}

async function sentBack(id: string) {
  valueOf(await approveRefund(await makeFinance(), id, now(), SEEN));
  await sendRefund(testSystem, id, now());
  await provider().work();
  return refundNow(id);
}

describe("a refund in a currency of three decimals", () => {
  it("is by the rules what a card takes, on the page as in the proposal, and the books balance", async () => {
    const made = await makePaidDinars();
    const coordinator = await makeCoordinator();
    const ride = await asPerson(testSystem, (tx) =>
      tx.bookingService.findFirstOrThrow({ where: { bookingId: made.bookingId, kind: "transfer_arrival" } }),
    );
    const proof = { serviceId: ride.id, amountMinor: 12_346n, note: "invoice 12" };
    valueOf(await recordKeptCost(coordinator, proof, now()));
    const quoted = await refundQuoteFor(coordinator, made.bookingId, "visa_refused", undefined, now());
    const form = proposeRefundForm.parse({ bookingId: made.bookingId, cause: "visa_refused" });

    const [back] = valueOf(await proposeRefund(coordinator, form, now()));

    expect(quoted?.quote.total.refundMinor).toBe(back?.amountMinor);
    expect((back?.amountMinor ?? 1n) % 10n).toBe(0n);
    expect(await sentBack(back?.id ?? "")).toMatchObject({ state: "settled" });
    expect((await ledgerSums())["KWD"]).toBe(0n);
  });

  it("is rounded in the payer's favour where somebody names it", async () => {
    const made = await makePaidDinars();
    const named = { paymentId: made.paymentId, cause: "goodwill", amount: 12_341 };
    const [back] = valueOf(
      await proposeRefund(await makeCoordinator(), proposeRefundForm.parse(named), now()),
    );

    expect(back?.amountMinor).toBe(12_350n);
    expect(await sentBack(back?.id ?? "")).toMatchObject({ state: "settled", amountMinor: 12_350n });
  });
});
