import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import { dropStripe } from "@/lib/infra/stripe";
import { reclaimBooking } from "@/lib/logistics/reclaim-booking";
import { tidyHolds } from "@/lib/logistics/tidy-holds";
import { fullRefund } from "@/lib/payments/begin-full-refund";
import { sendRefund } from "@/lib/payments/send-refund";
import { settlePayment } from "@/lib/payments/settle-payment";
import { startCheckout } from "@/lib/payments/start-checkout";
import { ledgerSums, makeUnpaidBooking, type Provider, startProvider } from "@/tests/support/payments";
import { testSystem } from "@/tests/support/people";

let provider: Provider;

beforeAll(async () => {
  provider = await startProvider();
});

afterAll(async () => {
  await provider.stop();
  dropStripe();
});

/** A deposit paid after its hold had run out and was tidied away, told by nobody yet. */
async function makeLatePayment() {
  const made = await makeUnpaidBooking();
  const checkout = await startCheckout(made.patient, made.depositId, new Date());
  if (!checkout.ok) throw new Error(checkout.reason);
  await asPerson(testSystem, (tx) =>
    tx.booking.update({
      where: { id: made.bookingId },
      data: { holdExpiresAt: new Date(Date.now() - 1000) },
    }),
  );
  await tidyHolds(testSystem, new Date());
  await provider.pay(checkout.value.url);
  return { ...made, paymentId: checkout.value.paymentId };
}

const bookingNow = (id: string) =>
  asPerson(testSystem, (tx) => tx.booking.findUniqueOrThrow({ where: { id }, include: { planItems: true } }));

describe("a deposit that comes after its hold", () => {
  it("wins the same day again when nobody took it", async () => {
    const made = await makeLatePayment();
    expect((await bookingNow(made.bookingId)).state).toBe("cancelled");

    const settled = await settlePayment(testSystem, made.paymentId, new Date());
    expect(settled).toMatchObject({ value: { follow: "reclaim" } });
    const both = await Promise.all([1, 2].map(() => reclaimBooking(testSystem, made.paymentId, new Date())));

    expect(both.every((answer) => answer.ok)).toBe(true);
    const booking = await bookingNow(made.bookingId);
    expect(booking.state).toBe("awaiting_centre");
    expect(booking.planItems.map((item) => item.state).toSorted()).toEqual(["paid", "planned"]);
    const slot = await openDb().procedureSlot.findUniqueOrThrow({ where: { id: made.slot.id } });
    expect(slot.taken).toBe(1);
    expect(await settlePayment(testSystem, made.paymentId, new Date())).toMatchObject({
      value: { follow: null },
    });
    expect(await fullRefund(testSystem, made.paymentId, "hold_expired", new Date())).toMatchObject({
      value: { refundId: null },
    });
  });

  it("goes back in full when somebody else has the day", async () => {
    const made = await makeLatePayment();
    await openDb().procedureSlot.update({ where: { id: made.slot.id }, data: { taken: 1 } });
    await settlePayment(testSystem, made.paymentId, new Date());

    expect(await reclaimBooking(testSystem, made.paymentId, new Date())).toMatchObject({
      reason: "parts_taken",
    });
    const begun = await fullRefund(testSystem, made.paymentId, "hold_expired", new Date());
    const refundId = begun.ok ? (begun.value.refundId ?? "") : "";
    await sendRefund(testSystem, refundId, new Date());

    const payment = await asPerson(testSystem, (tx) =>
      tx.payment.findUniqueOrThrow({ where: { id: made.paymentId } }),
    );
    expect(payment.refundedMinor).toBe(payment.amountMinor);
    const refund = await asPerson(testSystem, (tx) =>
      tx.refund.findUniqueOrThrow({ where: { id: refundId } }),
    );
    expect(refund.state).toBe("settled");
    await openDb().procedureSlot.update({ where: { id: made.slot.id }, data: { taken: 0 } });
    expect(await reclaimBooking(testSystem, made.paymentId, new Date())).toMatchObject({
      reason: "refunded",
    });
    const clearing = await openDb().ledgerEntry.aggregate({
      where: { bookingId: made.bookingId, account: "psp_clearing" },
      _sum: { amountMinor: true },
    });
    expect(clearing._sum.amountMinor).toBe(0n);
    expect(Object.values(await ledgerSums()).every((sum) => sum === 0n)).toBe(true);
  });
});
