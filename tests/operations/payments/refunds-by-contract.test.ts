import { describe, expect, it } from "vitest";
import { cancelBookingForm, withdrawForm } from "@/lib/bookings/forms";
import { asPerson } from "@/lib/infra/db";
import { cancelBooking } from "@/lib/logistics/cancel-booking";
import { withdrawContract } from "@/lib/logistics/withdraw-contract";
import { approveRefund } from "@/lib/payments/approve-refund";
import { proposeRefundForm } from "@/lib/payments/forms";
import { proposeAnew } from "@/lib/payments/propose-anew";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { refundsNow } from "@/tests/support/bills";
import { bookingNow } from "@/tests/support/bookings";
import { makeTrip, payItem, type Trip } from "@/tests/support/changes";
import { booked } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeCoordinator, makeFinance, testSystem } from "@/tests/support/people";
import { tellRefund } from "@/tests/support/refunds";

const now = () => new Date();
const sum = (list: readonly bigint[]) => list.reduce((all, one) => all + one, 0n);

async function ask({ bookingId }: Trip, more: Record<string, unknown>) {
  const form = proposeRefundForm.parse({ bookingId, ...more });
  valueOf(await proposeRefund(await makeCoordinator(), form, now()));
}

/** Two people let go what was proposed, and the provider says it arrived. */
async function giveBack({ bookingId }: Trip) {
  const open = (await refundsNow(bookingId)).filter(({ state }) => state === "calculated");
  for (const { id, amountMinor } of open) {
    valueOf(await approveRefund(await makeFinance(), id, now()));
    await tellRefund(id, `re_${id}`, "succeeded", amountMinor);
  }
}

async function withdraw({ patient, bookingId }: Trip) {
  valueOf(await withdrawContract(patient, bookingId, withdrawForm.parse({}), now()));
}

async function cancel({ bookingId }: Trip, cause: string) {
  const form = cancelBookingForm.parse({ cause });
  valueOf(await cancelBooking(await makeCoordinator(), bookingId, form, now()));
}

/** What was asked back for each cause, whatever it was asked of. */
async function asked({ bookingId }: Trip): Promise<Record<string, bigint>> {
  const standing = (await refundsNow(bookingId)).filter(({ state }) => state !== "refused");
  const causes = Map.groupBy(standing, ({ cause }) => cause);
  return Object.fromEntries(
    [...causes].map(([cause, list]) => [cause, sum(list.map((one) => one.amountMinor))]),
  );
}

async function paidOf({ bookingId }: Trip) {
  const { planItems } = await bookingNow(bookingId);
  const A = sum(planItems.map((item) => item.paidAMinor));
  return { A, B: sum(planItems.map((item) => item.paidMinor)) - A };
}

/** Confirmed and paid in three instalments, of which the first went back by the rules while the booking stood. */
async function makeRefunded(more: Record<string, unknown> = { cause: "force_majeure" }) {
  const trip = await makeTrip("preparing");
  const deposit = await paidOf(trip);
  await ask(trip, more);
  await giveBack(trip);
  for (const contract of ["B", "A"] as const) await payItem(trip.bookingId, "balance", contract);
  return { trip, deposit, paid: await paidOf(trip) };
}

// Of our fee of 2,000 a quarter is earned by the papers.
const KEPT_B = 50_000n;

describe("what went back while the booking stood", () => {
  it("counts for each contract with its own part once they end one after the other", async () => {
    const { trip, deposit, paid } = await makeRefunded();
    await withdraw(trip);
    expect(await asked(trip)).toEqual({
      force_majeure: deposit.A + deposit.B,
      withdrawal: paid.B - KEPT_B - deposit.B,
    });
    await cancel(trip, "centre_declines");
    const all = { ...(await asked(trip)) };
    expect(all["centre_declines"]).toBe(paid.A - deposit.A);
    expect(sum(Object.values(all))).toBe(paid.A + paid.B - KEPT_B);
    await giveBack(trip);
    expect(await booked(trip.bookingId)).toMatchObject({ psp_clearing: KEPT_B, refund_payable: 0n });

    await asPerson(testSystem, (tx) => proposeAnew(tx, testSystem, trip.bookingId, now()));
    expect(await asked(trip)).toEqual(all);
  });

  it("counts for both in its payment's proportions where somebody named the sum", async () => {
    const { trip, deposit, paid } = await makeRefunded({ cause: "goodwill", amount: 10_000 });
    const ofA = (10_000n * deposit.A) / (deposit.A + deposit.B);
    await withdraw(trip);
    await cancel(trip, "centre_declines");
    const { withdrawal = 0n, centre_declines = 0n } = await asked(trip);
    const near = (one: bigint, other: bigint) => expect(Number(one - other)).toBeCloseTo(0, -1);
    near(withdrawal, paid.B - KEPT_B - (10_000n - ofA));
    near(centre_declines, paid.A - ofA);
    expect(withdrawal + centre_declines).toBe(paid.A + paid.B - KEPT_B - 10_000n);
  });

  it("comes out of its own pockets where both end at once: nothing is lost and nothing stays behind", async () => {
    const { trip, paid } = await makeRefunded();
    await cancel(trip, "force_majeure");
    expect(sum(Object.values(await asked(trip)))).toBe(paid.A + paid.B);
    await giveBack(trip);
    const { write_off = 0n, ...books } = await booked(trip.bookingId);
    expect(write_off).toBe(0n);
    expect(Object.values(books).every((minor) => minor === 0n)).toBe(true);
  });
});
