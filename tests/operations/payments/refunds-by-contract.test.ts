import { describe, expect, it } from "vitest";
import { asPerson } from "@/lib/infra/db";
import { proposeAnew } from "@/lib/payments/propose-anew";
import { makeTrip, payItem } from "@/tests/support/changes";
import { ask, askedBack, cancel, giveBack, KEPT_OF_B, paidOf, withdraw } from "@/tests/support/ended-trips";
import { booked } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { testSystem } from "@/tests/support/people";

const now = () => new Date();
const sum = (list: readonly bigint[]) => list.reduce((all, one) => all + one, 0n);

/** Confirmed and paid in three instalments, of which the first went back while the booking stood. */
async function makeRefunded(more: Record<string, unknown> = { cause: "force_majeure" }) {
  const trip = await makeTrip("preparing");
  const deposit = await paidOf(trip);
  valueOf(await ask(trip, more));
  await giveBack(trip);
  for (const contract of ["B", "A"] as const) await payItem(trip.bookingId, "balance", contract);
  return { trip, deposit, paid: await paidOf(trip) };
}

describe("what went back while the booking stood", () => {
  it("counts for each contract with its own part once they end one after the other", async () => {
    const { trip, deposit, paid } = await makeRefunded();
    await withdraw(trip);
    expect(await askedBack(trip)).toEqual({
      force_majeure: deposit.A + deposit.B,
      withdrawal: paid.B - KEPT_OF_B - deposit.B,
    });
    await cancel(trip, "centre_declines");
    const all = await askedBack(trip);
    expect(all["centre_declines"]).toBe(paid.A - deposit.A);
    expect(sum(Object.values(all))).toBe(paid.A + paid.B - KEPT_OF_B);
    await giveBack(trip);
    expect(await booked(trip.bookingId)).toMatchObject({ psp_clearing: KEPT_OF_B, refund_payable: 0n });

    await asPerson(testSystem, (tx) => proposeAnew(tx, testSystem, trip.bookingId, now()));
    expect(await askedBack(trip)).toEqual(all);
  });

  it("counts for both in its payment's proportions where somebody named the sum", async () => {
    const { trip, deposit, paid } = await makeRefunded({ cause: "goodwill", amount: 10_000 });
    const ofA = (10_000n * deposit.A) / (deposit.A + deposit.B);
    await withdraw(trip);
    await cancel(trip, "centre_declines");
    const { withdrawal = 0n, centre_declines = 0n } = await askedBack(trip);
    const rounding = withdrawal - (paid.B - KEPT_OF_B - (10_000n - ofA));
    expect([-1n, 0n, 1n]).toContain(rounding);
    expect(withdrawal + centre_declines).toBe(paid.A + paid.B - KEPT_OF_B - 10_000n);
  });

  it("comes out of its own pockets where both end at once: nothing is lost and nothing stays behind", async () => {
    const { trip, paid } = await makeRefunded();
    await cancel(trip, "force_majeure");
    expect(sum(Object.values(await askedBack(trip)))).toBe(paid.A + paid.B);
    await giveBack(trip);
    const { write_off = 0n, ...books } = await booked(trip.bookingId);
    expect(write_off).toBe(0n);
    expect(Object.values(books).every((minor) => minor === 0n)).toBe(true);
  });
});
