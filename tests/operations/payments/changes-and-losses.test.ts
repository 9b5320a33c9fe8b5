import { describe, expect, it } from "vitest";
import { asPerson } from "@/lib/infra/db";
import { bankTransferForm } from "@/lib/payments/forms";
import { readOwedAgain } from "@/lib/payments/read-owed";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { enterBill, makeTreated, refundsNow, settle } from "@/tests/support/bills";
import { bookingNow } from "@/tests/support/bookings";
import { lower, makeTrip, payItem, type Trip } from "@/tests/support/changes";
import {
  approve,
  arrive,
  ask,
  askedBack,
  cancel,
  giveBack,
  KEPT_OF_B,
  makePaidTrip,
  withdraw,
} from "@/tests/support/ended-trips";
import { booked } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeFinance, testSystem } from "@/tests/support/people";
import { tellDispute } from "@/tests/support/refunds";

const OF_A = 3_500_000n;
const OF_B = 240_000n;
const WITHDRAWAL = OF_B - KEPT_OF_B;

const owedAgain = async ({ bookingId }: Trip) => {
  const owed = await asPerson(testSystem, (tx) => readOwedAgain(tx, testSystem, bookingId));
  const sums = [...owed.values()].filter(({ owedMinor }) => owedMinor > 0n);
  return sums.map(({ owedMinor, owedOfAMinor }) => [owedMinor, owedOfAMinor]);
};

/** The payer sends by bank what is asked for again of the deposit, or of the balance of contract A. */
async function repay({ bookingId }: Trip, amount: number, what = "balance"): Promise<void> {
  const { planItems, currency } = await bookingNow(bookingId);
  const planItemId = planItems.find(({ contractAMinor, kind }) => kind === what && contractAMinor > 0n)?.id;
  const form = bankTransferForm.parse({ planItemId, amount: { amount, currency }, receivedOn: "2026-11-20" });
  expect(valueOf(await recordBankTransfer(await makeFinance(), form, new Date())).state).toBe("matched");
}

const lessA = (trip: Trip) => lower(trip, "A", "treatment", 2_900_000);
const lessB = (trip: Trip) => lower(trip, "B", "translation", 10_000);

describe("a cheaper line and a loss of what was paid too much for it", () => {
  it("ask for the new price again, whichever came first, and finance need not have been faster", async () => {
    for (const order of ["change first", "approved", "loss first"]) {
      const trip = await makePaidTrip();
      if (order !== "loss first") await lessA(trip);
      if (order === "approved") await approve(trip);
      await tellDispute(trip.ofA, "lost");
      if (order === "loss first") await lessA(trip);
      expect(await owedAgain(trip)).toEqual([[3_050_000n, 3_050_000n]]);
      expect(
        (await refundsNow(trip.bookingId)).map(({ state, refusedReason }) => [state, refusedReason]),
      ).toEqual([["refused", "taken_by_bank"]]);
      await repay(trip, 3_050_000);
      expect(await owedAgain(trip)).toEqual([]);
      expect(await booked(trip.bookingId)).toMatchObject({
        ...{ client_funds_held: -3_440_000n, operator_fee_deferred: -200_000n, write_off: 0n },
        ...{ psp_clearing: 3_640_000n },
      });
    }
  });

  it("send back what is here beyond the new price, and the loss is the rest", async () => {
    for (const isLossFirst of [true, false]) {
      const trip = await makePaidTrip();
      if (!isLossFirst) await lessA(trip);
      await tellDispute(trip.ofA, "lost", { amountMinor: 40_000n });
      if (isLossFirst) await lessA(trip);
      expect(await askedBack(trip)).toEqual({ change_order: 60_000n });
      expect(await owedAgain(trip)).toEqual([]);
      await giveBack(trip);
      expect(await booked(trip.bookingId)).toMatchObject({
        ...{ client_funds_held: -3_440_000n, operator_fee_deferred: -200_000n, write_off: 0n },
        ...{ psp_clearing: 3_640_000n },
      });
    }
  });

  it("ask for each contract's own, where one payment was for both", async () => {
    const trip = await makeTrip("preparing");
    await tellDispute(trip.deposit, "lost");
    await lessB(trip);
    // Of B nothing is paid but what the bank has: its balance becomes less first.
    expect(await owedAgain(trip)).toEqual([[398_000n, 350_000n]]);
    await payItem(trip.bookingId, "balance", "B");
    await lower(trip, "B", "translation", 0);
    expect(await askedBack(trip)).toEqual({});
    expect(await owedAgain(trip)).toEqual([[388_000n, 350_000n]]);
  });

  it("of one contract leave what was paid for the other alone", async () => {
    const trip = await makePaidTrip();
    await tellDispute(trip.ofA, "lost");
    await lessB(trip);
    expect(await askedBack(trip)).toEqual({ change_order: 30_000n });
    expect(await owedAgain(trip)).toEqual([[3_150_000n, 3_150_000n]]);
  });

  it("count what a bank paid of contract B as B's once it is withdrawn", async () => {
    const trip = await makePaidTrip();
    await lessB(trip);
    await tellDispute(trip.ofA, "lost");
    expect(await owedAgain(trip)).toEqual([[3_120_000n, 3_120_000n]]);
    await withdraw(trip);
    expect(await askedBack(trip)).toEqual({ withdrawal: WITHDRAWAL - 30_000n });
    await cancel(trip, "centre_declines");
    await giveBack(trip);
    expect(await booked(trip.bookingId)).toMatchObject({
      ...{ operator_fee_deferred: -KEPT_OF_B, refund_payable: 0n, psp_clearing: KEPT_OF_B },
      // What the bank took of contract A stands as held and lost: it pays no refund.
      ...{ client_funds_held: -3_120_000n, write_off: 3_120_000n },
    });
  });

  it("are paid again by contract as they were lost, so that the next change gives back the whole", async () => {
    const next = {
      changed: (trip: Trip) => lower(trip, "A", "treatment", 2_950_000),
      withdrawn: withdraw,
      cancelled: (trip: Trip) => cancel(trip, "centre_declines"),
    };
    const back = { changed: [50_000n], withdrawn: [180_000n], cancelled: [OF_A + OF_B - 10_000n] };
    for (const way of ["changed", "withdrawn", "cancelled"] as const) {
      const trip = await makePaidTrip();
      await tellDispute(trip.deposit, "lost");
      await lower(trip, "B", "translation", 30_000);
      expect(await owedAgain(trip)).toEqual([[388_000n, 350_000n]]);
      await repay(trip, 388_000, "deposit");
      await next[way](trip);
      expect(Object.values(await askedBack(trip))).toEqual(back[way]);
      await giveBack(trip);
      expect((await booked(trip.bookingId)).write_off).toBe(0n);
    }
  });

  it("come off the contract they are of where the bank took a part of what was for both", async () => {
    const trip = await makePaidTrip();
    await tellDispute(trip.deposit, "lost", { amountMinor: 100_000n });
    expect(await owedAgain(trip)).toEqual([[100_000n, 87_940n]]);
    await lower(trip, "A", "treatment", 2_950_000);
    expect(await owedAgain(trip)).toEqual([[50_000n, 37_940n]]);
    await withdraw(trip);
    await giveBack(trip);
    await lower(trip, "A", "treatment", 2_900_000);
    expect(await askedBack(trip)).toEqual({ withdrawal: WITHDRAWAL - 12_060n, change_order: 12_060n });
    expect(await owedAgain(trip)).toEqual([]);
  });

  it("are the same whichever payment the bank took, so that nothing is sent to who owes it", async () => {
    const trip = await makePaidTrip();
    await lower(trip, "A", "treatment", 2_950_000);
    expect((await refundsNow(trip.bookingId)).map(({ paymentId }) => paymentId)).toEqual([trip.ofA]);
    await tellDispute(trip.deposit, "lost");
    expect(await askedBack(trip)).toEqual({});
    expect(await owedAgain(trip)).toEqual([[348_000n, 300_000n]]);
  });

  it("come before a sum that somebody named, the older one too", async () => {
    const trip = await makePaidTrip();
    valueOf(await ask(trip, { cause: "goodwill", amount: 100_000 }));
    await lower(trip, "A", "treatment", 2_950_000);
    await tellDispute(trip.ofA, "lost", { amountMinor: 40_000n });
    expect(await askedBack(trip)).toEqual({ goodwill: 100_000n, change_order: 10_000n });
    expect(await owedAgain(trip)).toEqual([]);
  });

  it("grant nothing that somebody only named", async () => {
    const trip = await makePaidTrip();
    valueOf(await ask(trip, { cause: "goodwill", amount: 100_000 }));
    await tellDispute(trip.ofA, "lost");
    expect(await askedBack(trip)).toEqual({});
    expect(await owedAgain(trip)).toEqual([[3_150_000n, 3_150_000n]]);
  });
});

describe("a final bill that is less, and a loss", () => {
  it("ask for the bill again, whichever came first, and the account is closed once", async () => {
    for (const isLossFirst of [true, false]) {
      const trip = await makeTreated();
      const [, balance] = await paymentsOf(trip);
      if (isLossFirst) await tellDispute(balance, "lost");
      await enterBill(trip.manager, trip.bookingId);
      const { read } = await settle(trip, 3_400_000);
      const [refundMinor, loweredMinor] = isLossFirst ? [0n, 100_000n] : [100_000n, 0n];
      expect(read?.account).toMatchObject({ refundMinor, loweredMinor });
      if (!isLossFirst) await tellDispute(balance, "lost");
      expect(await askedBack(trip)).toEqual({});
      expect(await owedAgain(trip)).toEqual([[3_050_000n, 3_050_000n]]);
      expect((await settle(trip, 3_400_000)).reason).toBe("account_settled");
      await repay(trip, 3_050_000);
      expect((await settle(trip, 3_400_000)).reason).toBe("account_settled");
      expect(await booked(trip.bookingId)).toMatchObject({ write_off: 0n, psp_clearing: 3_448_000n });
    }
  });

  it("are settled again where the bank still asked when the account was closed", async () => {
    const trip = await makeTreated();
    const [, balance] = await paymentsOf(trip);
    await tellDispute(balance, "needs_response");
    await enterBill(trip.manager, trip.bookingId);
    expect((await settle(trip, 3_400_000)).reason).toBeNull();
    await tellDispute(balance, "lost");
    expect(await owedAgain(trip)).toEqual([[3_150_000n, 3_150_000n]]);
    expect((await settle(trip, 3_400_000)).reason).toBeNull();
    expect(await owedAgain(trip)).toEqual([[3_050_000n, 3_050_000n]]);
    expect((await settle(trip, 3_400_000)).reason).toBe("account_settled");
  });
});

describe("a change's refund out of a payment a bank asks for", () => {
  it("is asked for with the withdrawal out of others, and goes back once", async () => {
    const trip = await makePaidTrip();
    await lessB(trip);
    await tellDispute(trip.ofA, "needs_response");
    await withdraw(trip);
    expect(await askedBack(trip)).toEqual({ withdrawal: WITHDRAWAL });
    await approve(trip, "withdrawal");
    await tellDispute(trip.ofA, "won");
    await giveBack(trip);
    expect(await askedBack(trip)).toEqual({ withdrawal: WITHDRAWAL });
    expect(await booked(trip.bookingId)).toMatchObject({
      ...{ client_funds_held: -OF_A, operator_fee_deferred: -KEPT_OF_B, refund_payable: 0n },
    });
  });

  it("goes back once where the withdrawal came first and is asked for again", async () => {
    const trip = await makePaidTrip();
    await lessB(trip);
    await withdraw(trip);
    expect(await askedBack(trip)).toEqual({ change_order: 30_000n, withdrawal: WITHDRAWAL - 30_000n });
    await tellDispute(trip.ofA, "needs_response");
    valueOf(await ask(trip, { cause: "withdrawal" }));
    const [last] = (await refundsNow(trip.bookingId)).filter(({ paymentId }) => paymentId === trip.ofB);
    expect(last).toMatchObject({ cause: "withdrawal", amountMinor: WITHDRAWAL });
    await tellDispute(trip.ofA, "won");
    expect(await askedBack(trip)).toEqual({ withdrawal: WITHDRAWAL });
    await approve(trip);
    await arrive(trip);
    expect(await booked(trip.bookingId)).toMatchObject({ operator_fee_deferred: -KEPT_OF_B });
  });
});

async function paymentsOf({ bookingId }: Trip): Promise<[string, string]> {
  const rows = await asPerson(testSystem, (tx) =>
    tx.payment.findMany({ where: { bookingId }, orderBy: { succeededAt: "asc" }, select: { id: true } }),
  );
  const [deposit, balance] = rows.map(({ id }) => id);
  if (!deposit || !balance) throw new Error("Deposit and balance were paid.");
  return [deposit, balance];
}
