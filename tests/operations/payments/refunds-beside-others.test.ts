import { describe, expect, it } from "vitest";
import { acceptChange } from "@/lib/payments/accept-change-order";
import { approveRefund } from "@/lib/payments/approve-refund";
import { bankTransferForm } from "@/lib/payments/forms";
import { proposeChange } from "@/lib/payments/propose-change-order";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { refundsNow } from "@/tests/support/bills";
import { bookingNow } from "@/tests/support/bookings";
import { changeForm, lineIdOf, makeTrip, payItem, type Trip, yes } from "@/tests/support/changes";
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
import { makeFinance } from "@/tests/support/people";
import { tellDispute, tellRefund } from "@/tests/support/refunds";

const WITHDRAWAL = 240_000n - KEPT_OF_B;

/** A cheaper line, proposed and accepted. */
async function lower(trip: Trip, contract: "A" | "B", kind: string, amount: number): Promise<void> {
  const lines = [{ lineId: await lineIdOf(trip.bookingId, kind), amount, cause: "Less is needed" }];
  const form = await changeForm(trip, 1, { contract, reason: "less_needed", lines });
  const author = contract === "A" ? trip.manager : trip.owner;
  const order = valueOf(await proposeChange(author, form, new Date()));
  valueOf(await acceptChange(trip.patient, order.id, yes(order), new Date()));
}

describe("a change that costs less", () => {
  it("gives back what was paid too much, whatever was given besides and however little a bank took", async () => {
    const trip = await makePaidTrip();
    valueOf(await ask(trip, { cause: "goodwill", amount: 100_000 }));
    await giveBack(trip);
    await tellDispute(trip.ofA, "lost", { amountMinor: 1n });
    await lower(trip, "A", "treatment", 2_900_000);
    expect(await askedBack(trip)).toEqual({ goodwill: 100_000n, change_order: 99_999n });
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
    valueOf(await approveRefund(await makeFinance(), rows[1]?.id ?? "", new Date()));
    await tellDispute(trip.ofA, "won");
    expect(await askedBack(trip)).toEqual({ withdrawal: WITHDRAWAL });
    await arrive(trip);
    const { write_off = 0n, ...books } = await booked(trip.bookingId);
    expect(write_off).toBe(0n);
    expect(books).toMatchObject({ client_funds_held: -3_500_000n, operator_fee_deferred: -KEPT_OF_B });
  });
});

describe("what finance said no to", () => {
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
