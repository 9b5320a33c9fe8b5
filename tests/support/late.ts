import { asPerson } from "@/lib/infra/db";
import { followPayment } from "@/lib/logistics/follow-payment";
import { tidyHolds } from "@/lib/logistics/tidy-holds";
import { settlePayment } from "@/lib/payments/settle-payment";
import { startCheckout } from "@/lib/payments/start-checkout";
import { refundsNow } from "./bills";
import { valueOf } from "./outcomes";
import { type BookingWish, makeUnpaidBooking, type Provider } from "./payments";
import { testSystem } from "./people";

/** A deposit paid after its hold had run out and was tidied away, told by nobody yet. */
export async function makeLatePayment(provider: Provider, wish: BookingWish = {}) {
  const made = await makeUnpaidBooking(wish);
  const checkout = valueOf(await startCheckout(made.patient, made.depositId, new Date()));
  await asPerson(testSystem, (tx) =>
    tx.booking.update({
      where: { id: made.bookingId },
      data: { holdExpiresAt: new Date(Date.now() - 1000) },
    }),
  );
  await tidyHolds(testSystem, new Date());
  await provider.pay(checkout.url);
  return { ...made, paymentId: checkout.paymentId };
}

/** What the worker does when it is asked to look at a payment: once, or by two workers at once. */
export async function lookAt(paymentId: string, times = 1): Promise<void> {
  const told = valueOf(await settlePayment(testSystem, paymentId, new Date()));
  await Promise.all(Array.from({ length: times }, () => followPayment(testSystem, told, new Date())));
}

export type Late = Awaited<ReturnType<typeof makeLatePayment>>;

/** The deposit has come, late, and nobody has followed it yet. */
export async function makeRecordedLate(provider: Provider): Promise<Late> {
  const made = await makeLatePayment(provider);
  const told = valueOf(await settlePayment(testSystem, made.paymentId, new Date()));
  if (told.follow !== "reclaim") throw new Error("It did not come late.");
  return made;
}

/** What goes back, or went, and what the payer's bank gave instead. */
export const backOf = async ({ bookingId }: Late) =>
  (await refundsNow(bookingId)).map((one) => [one.state, one.refusedReason, one.amountMinor] as const);
