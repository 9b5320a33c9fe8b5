import { cancelBookingForm, withdrawForm } from "@/lib/bookings/forms";
import { cancelBooking } from "@/lib/logistics/cancel-booking";
import { withdrawContract } from "@/lib/logistics/withdraw-contract";
import { approveRefund } from "@/lib/payments/approve-refund";
import { proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { refuseRefund } from "@/lib/payments/refuse-refund";
import { refundsNow } from "./bills";
import { bookingNow } from "./bookings";
import { makeTrip, payItem, type Trip } from "./changes";
import { valueOf } from "./outcomes";
import { makeCoordinator, makeFinance } from "./people";
import { SEEN, tellRefund } from "./refunds";

const now = () => new Date();
const sum = (list: readonly bigint[]) => list.reduce((all, one) => all + one, 0n);

/** What is kept of a withdrawn contract B: of the fee of 2,000 a quarter is earned by the papers. */
export const KEPT_OF_B = 50_000n;

/** Confirmed and all paid: a deposit of 3,500 of A and 480 of B, then 1,920 of B, then 31,500 of A. */
export async function makePaidTrip() {
  const trip = await makeTrip("preparing");
  const ofB = await payItem(trip.bookingId, "balance", "B");
  const ofA = await payItem(trip.bookingId, "balance", "A");
  return { ...trip, ofA, ofB };
}

/** The desk asks for money: by the rules of a cause, or a sum of its own. */
export async function ask({ bookingId }: Trip, more: Record<string, unknown>) {
  const form = proposeRefundForm.parse({ bookingId, ...more });
  return proposeRefund(await makeCoordinator(), form, now());
}

const openOf = async ({ bookingId }: Trip, cause?: string) =>
  (await refundsNow(bookingId)).filter(
    (one) => one.state === "calculated" && (cause === undefined || one.cause === cause),
  );

/** Somebody else lets go what was proposed, for all causes or one. */
export async function approve(trip: Trip, cause?: string): Promise<void> {
  for (const { id } of await openOf(trip, cause))
    valueOf(await approveRefund(await makeFinance(), id, now(), SEEN));
}

export async function refuse(trip: Trip, cause: string): Promise<void> {
  const form = { reason: "Not agreed" };
  for (const { id } of await openOf(trip, cause))
    valueOf(await refuseRefund(await makeFinance(), id, form, now()));
}

/** What was let go arrives, as the provider tells it. */
export async function arrive({ bookingId }: Trip): Promise<void> {
  const sent = (await refundsNow(bookingId)).filter(({ state }) => state === "approved" || state === "sent");
  for (const { id, amountMinor } of sent) await tellRefund(id, `re_${id}`, "succeeded", amountMinor);
}

export async function giveBack(trip: Trip): Promise<void> {
  await approve(trip);
  await arrive(trip);
}

export async function withdraw({ patient, bookingId }: Trip): Promise<void> {
  valueOf(await withdrawContract(patient, bookingId, withdrawForm.parse({}), now()));
}

export async function cancel({ bookingId }: Trip, cause: string): Promise<void> {
  const form = cancelBookingForm.parse({ cause });
  valueOf(await cancelBooking(await makeCoordinator(), bookingId, form, now()));
}

/** What was asked back for each cause, whatever it was asked of; what was refused is not in it. */
export async function askedBack({ bookingId }: Trip): Promise<Record<string, bigint>> {
  const standing = (await refundsNow(bookingId)).filter(({ state }) => state !== "refused");
  const causes = Map.groupBy(standing, ({ cause }) => cause);
  return Object.fromEntries(
    [...causes].map(([cause, list]) => [cause, sum(list.map((one) => one.amountMinor))]),
  );
}

export async function paidOf({ bookingId }: Trip) {
  const { planItems } = await bookingNow(bookingId);
  const A = sum(planItems.map((item) => item.paidAMinor));
  return { A, B: sum(planItems.map((item) => item.paidMinor)) - A };
}
