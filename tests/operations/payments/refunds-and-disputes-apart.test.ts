import { describe, expect, it } from "vitest";
import { asPerson } from "@/lib/infra/db";
import { SURPLUS } from "@/lib/payments/bill";
import { writeProposals } from "@/lib/payments/propose-refunds";
import { readOwedAgain } from "@/lib/payments/read-owed";
import { readBeyondOwed } from "@/lib/payments/read-surplus";
import { refundsNow } from "@/tests/support/bills";
import { makeTrip, payItem } from "@/tests/support/changes";
import {
  approve,
  ask,
  askedBack,
  cancel,
  giveBack,
  KEPT_OF_B,
  makePaidTrip,
  refuse,
  withdraw,
} from "@/tests/support/ended-trips";
import { booked } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { testSystem } from "@/tests/support/people";
import { tellDispute, tellRefund } from "@/tests/support/refunds";

const OF_A = 3_500_000n;
const OF_B = 240_000n;
const WITHDRAWAL = OF_B - KEPT_OF_B;

/** Contract B was withdrawn and its money came back, out of the newest payment, which was for contract A alone. */
async function makeWithdrawn() {
  const trip = await makePaidTrip();
  await withdraw(trip);
  await giveBack(trip);
  expect(await refundsNow(trip.bookingId)).toMatchObject([
    { paymentId: trip.ofA, amountMinor: WITHDRAWAL, state: "settled" },
  ]);
  return trip;
}

describe("a refund of one contract out of what was paid for the other", () => {
  it("is not asked for once more while banks ask for both payments, whichever they give up first", async () => {
    const trip = await makeWithdrawn();
    for (const id of [trip.ofA, trip.ofB]) await tellDispute(id, "needs_response");
    for (const id of [trip.ofB, trip.ofA]) {
      await tellDispute(id, "won");
      expect(await askedBack(trip)).toEqual({ withdrawal: WITHDRAWAL });
    }
    await cancel(trip, "centre_declines");
    await giveBack(trip);
    const all = { withdrawal: WITHDRAWAL, centre_declines: OF_A };
    for (const id of [trip.ofA, trip.ofB]) await tellDispute(id, "needs_response", { name: "second" });
    for (const id of [trip.ofA, trip.ofB]) {
      await tellDispute(id, "won", { name: "second" });
      expect(await askedBack(trip)).toEqual(all);
    }
    expect(await booked(trip.bookingId)).toMatchObject({
      ...{ client_funds_held: 0n, operator_fee_deferred: -KEPT_OF_B, psp_clearing: KEPT_OF_B },
    });
  });

  it("is owed no more and no less when the bank takes the deposit meanwhile", async () => {
    const trip = await makeWithdrawn();
    await tellDispute(trip.ofA, "needs_response");
    const deposit = await asPerson(testSystem, (tx) =>
      tx.payment.findFirstOrThrow({
        where: { bookingId: trip.bookingId, id: { notIn: [trip.ofA, trip.ofB] } },
      }),
    );
    await tellDispute(deposit.id, "lost");
    expect(await askedBack(trip)).toEqual({ withdrawal: WITHDRAWAL });
    const owed = await asPerson(testSystem, (tx) => readOwedAgain(tx, testSystem, trip.bookingId));
    expect([...owed.values()].map(({ owedMinor }) => owedMinor)).toEqual([deposit.amountMinor]);
  });

  it("is the same surplus while a bank asks for the payment it came out of", async () => {
    const trip = await makePaidTrip();
    const beyond = () => asPerson(testSystem, (tx) => readBeyondOwed(tx, trip.bookingId, OF_A - 100_000n));
    expect(await beyond()).toBe(100_000n);
    await asPerson(testSystem, (tx) => {
      const of = { bookingId: trip.bookingId, caseId: trip.caseId, currency: "EUR", cause: SURPLUS };
      const split = { treatmentMinor: 100_000n, servicesMinor: 0n, feeMinor: 0n };
      const back = { paymentId: trip.ofB, amountMinor: 100_000n, split };
      return writeProposals(tx, testSystem, of, [back], new Date());
    });
    await giveBack(trip);
    expect(await beyond()).toBe(0n);
    await tellDispute(trip.ofB, "needs_response");
    expect(await beyond()).toBe(0n);
  });

  it("is paid by the bank's loss once: no second way is asked for it", async () => {
    const trip = await makePaidTrip();
    await withdraw(trip);
    await approve(trip);
    const [refund] = await refundsNow(trip.bookingId);
    await tellRefund(refund?.id ?? "", `re_${refund?.id}`, "failed", refund?.amountMinor);
    await tellDispute(trip.ofA, "lost");
    const rows = await refundsNow(trip.bookingId);
    expect(rows.map(({ state, refusedReason }) => [state, refusedReason])).toEqual([
      ["refused", "taken_by_bank"],
    ]);
    const owed = await asPerson(testSystem, (tx) => readOwedAgain(tx, testSystem, trip.bookingId));
    expect([...owed.values()].map(({ owedMinor }) => owedMinor)).toEqual([3_150_000n - WITHDRAWAL]);
    await cancel(trip, "centre_declines");
    // Here are 3,980 of the deposit and 1,920: all but what is kept of B.
    expect(await askedBack(trip)).toEqual({ centre_declines: 590_000n - KEPT_OF_B });
  });
});

describe("a sum asked for beside the rules", () => {
  it("gives way to what is due once finance says no to it, and the desk may ask for the withdrawal again", async () => {
    const trip = await makePaidTrip();
    valueOf(await ask(trip, { cause: "force_majeure" }));
    expect(await ask(trip, { cause: "withdrawal" })).toMatchObject({ ok: false, reason: "not_withdrawn" });
    await withdraw(trip);
    expect(await askedBack(trip)).toEqual({ force_majeure: OF_A + OF_B });
    await refuse(trip, "force_majeure");
    expect(await askedBack(trip)).toEqual({ withdrawal: WITHDRAWAL });
    await refuse(trip, "withdrawal");
    expect(await askedBack(trip)).toEqual({});
    valueOf(await ask(trip, { cause: "withdrawal" }));
    expect(await askedBack(trip)).toEqual({ withdrawal: WITHDRAWAL });
    expect(await ask(trip, { cause: "withdrawal" })).toMatchObject({ reason: "nothing_to_refund" });
  });

  it("comes out of the pockets it was counted from, whoever is approved first", async () => {
    const trip = await makeTrip("preparing");
    valueOf(await ask(trip, { cause: "goodwill", amount: 300_000 }));
    for (const contract of ["B", "A"] as const) await payItem(trip.bookingId, "balance", contract);
    await withdraw(trip);
    await approve(trip, "withdrawal");
    await approve(trip, "goodwill");
    await cancel(trip, "centre_declines");
    await giveBack(trip);
    expect(await booked(trip.bookingId)).toMatchObject({
      ...{ client_funds_held: 0n, operator_fee_deferred: -KEPT_OF_B, psp_clearing: KEPT_OF_B },
      refund_payable: 0n,
    });
  });
});
