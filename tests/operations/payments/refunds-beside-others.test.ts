import { describe, expect, it } from "vitest";
import { asPerson } from "@/lib/infra/db";
import { approveRefund } from "@/lib/payments/approve-refund";
import { bankTransferForm } from "@/lib/payments/forms";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { refundsNow } from "@/tests/support/bills";
import { bookingNow } from "@/tests/support/bookings";
import { lower, makeTrip, payItem } from "@/tests/support/changes";
import {
  approve,
  arrive,
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
import { makeFinance, testSystem } from "@/tests/support/people";
import { tellDispute, tellRefund, SEEN } from "@/tests/support/refunds";

const WITHDRAWAL = 240_000n - KEPT_OF_B;

describe("a change that costs less", () => {
  it("gives back what was paid too much, whatever was given besides and however little a bank took", async () => {
    const trip = await makePaidTrip();
    valueOf(await ask(trip, { cause: "goodwill", amount: 100_000 }));
    await giveBack(trip);
    await tellDispute(trip.ofA, "lost", { amountMinor: 1n });
    await lower(trip, "A", "treatment", 2_900_000);
    expect(await askedBack(trip)).toEqual({ goodwill: 100_000n, change_order: 99_999n });
  });

  it("gives back the same where the desk named a sum under a cause of the rules", async () => {
    const trip = await makePaidTrip();
    valueOf(await ask(trip, { cause: "operator_failure", amount: 100_000 }));
    await giveBack(trip);
    await lower(trip, "A", "treatment", 2_900_000);
    expect((await askedBack(trip))["change_order"]).toBe(100_000n);
  });

  it("gives back no more than is here beyond the new price, where some went back by the rules before", async () => {
    const trip = await makeTrip("preparing");
    valueOf(await ask(trip, { cause: "force_majeure" }));
    await giveBack(trip);
    for (const contract of ["B", "A"] as const) await payItem(trip.bookingId, "balance", contract);
    await lower(trip, "A", "treatment", 100_000);
    // 35,000 were paid of A and 3,500 of that went back; 6,000 is the price.
    expect((await askedBack(trip))["change_order"]).toBe(2_550_000n);
  });

  it("is paid by the bank's loss as its own contract's, and what is paid again is the other's", async () => {
    const trip = await makePaidTrip();
    await lower(trip, "B", "translation", 10_000);
    await approve(trip);
    const [refund] = await refundsNow(trip.bookingId);
    expect(refund).toMatchObject({ paymentId: trip.ofA, amountMinor: 30_000n });
    await tellRefund(refund?.id ?? "", `re_${refund?.id}`, "failed", 30_000n);
    await tellDispute(trip.ofA, "lost");
    const { planItems, currency } = await bookingNow(trip.bookingId);
    const planItemId = planItems.find(({ contract, kind }) => contract === "A" && kind === "balance")?.id;
    const sent = { planItemId, amount: { amount: 3_120_000, currency }, receivedOn: "2026-11-20" };
    const recorded = await recordBankTransfer(await makeFinance(), bankTransferForm.parse(sent), new Date());
    expect(valueOf(recorded).state).toBe("matched");
    await cancel(trip, "centre_declines");
    await giveBack(trip);
    const { psp_clearing, ...books } = await booked(trip.bookingId);
    expect(psp_clearing).toBe(0n);
    expect(Object.values(books).every((minor) => minor === 0n)).toBe(true);
  });
});

describe("a withdrawal's sum whose payment a bank asks for", () => {
  it("is asked for out of another payment and its own pockets, and the first one falls", async () => {
    const trip = await makePaidTrip();
    await withdraw(trip);
    await tellDispute(trip.ofA, "needs_response");
    valueOf(await ask(trip, { cause: "withdrawal" }));
    const rows = await refundsNow(trip.bookingId);
    expect(rows.map(({ paymentId, amountMinor }) => [paymentId, amountMinor])).toEqual([
      [trip.ofA, WITHDRAWAL],
      [trip.ofB, WITHDRAWAL],
    ]);
    expect(rows[1]?.quote).toEqual(rows[0]?.quote);
    valueOf(await approveRefund(await makeFinance(), rows[1]?.id ?? "", new Date(), SEEN));
    await tellDispute(trip.ofA, "won");
    expect(await askedBack(trip)).toEqual({ withdrawal: WITHDRAWAL });
    await arrive(trip);
    const { write_off = 0n, ...books } = await booked(trip.bookingId);
    expect(write_off).toBe(0n);
    expect(books).toMatchObject({ client_funds_held: -3_500_000n, operator_fee_deferred: -KEPT_OF_B });
  });
});

describe("a part of an instalment out of which the other contract was to go back", () => {
  it("was taken by the bank, and the next part is its own contract's", async () => {
    const trip = await makeTrip("preparing");
    await payItem(trip.bookingId, "balance", "B");
    const part = await payItem(trip.bookingId, "balance", "A", 500_000n);
    await withdraw(trip);
    await approve(trip);
    const [refund] = await refundsNow(trip.bookingId);
    expect(refund).toMatchObject({ paymentId: part, amountMinor: WITHDRAWAL });
    await tellRefund(refund?.id ?? "", `re_${refund?.id}`, "failed", WITHDRAWAL);
    await tellDispute(part, "lost");
    const next = await payItem(trip.bookingId, "balance", "A", 1_000_000n);
    const { contractAMinor } = await asPerson(testSystem, (tx) =>
      tx.payment.findUniqueOrThrow({ where: { id: next } }),
    );
    expect(contractAMinor).toBe(1_000_000n);
    expect(await askedBack(trip)).toEqual({});
  });
});

describe("a sum named out of money a bank asks for", () => {
  it("keeps its pockets: the earned fee stays whole", async () => {
    const trip = await makePaidTrip();
    const deposit = await asPerson(testSystem, (tx) =>
      tx.payment.findFirstOrThrow({
        where: { bookingId: trip.bookingId, id: { notIn: [trip.ofA, trip.ofB] } },
      }),
    );
    valueOf(await ask(trip, { paymentId: deposit.id, cause: "goodwill", amount: 390_000 }));
    await tellDispute(deposit.id, "needs_response");
    await withdraw(trip);
    await approve(trip, "withdrawal");
    await tellDispute(deposit.id, "won");
    await giveBack(trip);
    expect(await booked(trip.bookingId)).toMatchObject({ operator_fee_deferred: -KEPT_OF_B });
  });
});

describe("what finance said no to", () => {
  it("is asked for in whole once it was asked for again and the sum beside it fell", async () => {
    const trip = await makePaidTrip();
    valueOf(await ask(trip, { paymentId: trip.ofB, cause: "goodwill", amount: 100_000 }));
    await withdraw(trip);
    expect(await askedBack(trip)).toEqual({ goodwill: 100_000n, withdrawal: WITHDRAWAL - 100_000n });
    await refuse(trip, "withdrawal");
    valueOf(await ask(trip, { cause: "withdrawal" }));
    await refuse(trip, "goodwill");
    expect(await askedBack(trip)).toEqual({ withdrawal: WITHDRAWAL });
  });

  it("stays so when they say no to another sum, and no sum of one's own goes by the name of a withdrawal", async () => {
    const trip = await makePaidTrip();
    await withdraw(trip);
    await refuse(trip, "withdrawal");
    const named = await ask(trip, { cause: "withdrawal", amount: 100_000 });
    expect(named).toMatchObject({ ok: false, reason: "invalid_amount" });
    valueOf(await ask(trip, { cause: "goodwill", amount: 10_000 }));
    await refuse(trip, "goodwill");
    expect(await askedBack(trip)).toEqual({});
  });
});
