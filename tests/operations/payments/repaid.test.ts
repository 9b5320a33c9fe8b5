import { describe, expect, it } from "vitest";
import { addDays, dayOf } from "@/lib/kernel/day";
import { allocate } from "@/lib/kernel/money";
import { refundQuoteFor } from "@/lib/bookings/read-refund-quote";
import { asPerson } from "@/lib/infra/db";
import { approveRefund } from "@/lib/payments/approve-refund";
import { bankTransferForm, proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { statementFor } from "@/lib/payments/read-statement";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { refundsNow } from "@/tests/support/bills";
import { booked, makeFullyPaid } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeCoordinator, makeFinance, testSystem } from "@/tests/support/people";
import { tellDispute } from "@/tests/support/refunds";

const now = () => new Date();
type Paid = Awaited<ReturnType<typeof makeFullyPaid>>;

/** Finance enters money for the deposit that came through the bank. */
async function transfer({ depositId: planItemId, currency }: Paid, amount: number, mayDiffer = false) {
  const form = bankTransferForm.parse({
    ...{ planItemId, amount: { amount, currency }, receivedOn: "2026-11-20" },
    ...(mayDiffer ? { mayDiffer } : {}),
  });
  return valueOf(await recordBankTransfer(await makeFinance(), form, now()));
}

describe("money that is paid again because the payer's bank had taken it", () => {
  it("counts, once, and makes the loss good to the last unit", async () => {
    const made = await makeFullyPaid();
    const before = await booked(made.bookingId);
    const held = (await statementFor(made.patient, made.bookingId))?.statement;
    await tellDispute(made.depositPaymentId, "lost");
    expect(await booked(made.bookingId)).toMatchObject({ write_off: 350_000n, psp_clearing: 200_000n });

    const both = await Promise.all([transfer(made, 350_000), transfer(made, 350_000)]);
    expect(both.map(({ state }) => state).toSorted()).toEqual(["matched", "unmatched"]);
    const [doubled] = await refundsNow(made.bookingId);
    expect(doubled).toMatchObject({ cause: "duplicate", amountMinor: 350_000n, state: "calculated" });
    const { client_funds_held: funds = 0n, psp_clearing: here = 0n, ...after } = await booked(made.bookingId);
    expect([funds + 350_000n, here - 350_000n]).toEqual([before.client_funds_held, before.psp_clearing]);
    expect(after).toMatchObject({ operator_fee_deferred: before.operator_fee_deferred, write_off: 0n });
    expect((await statementFor(made.patient, made.bookingId))?.statement.totals).toEqual(held?.totals);
    const quoted = await refundQuoteFor(
      ...([made.patient, made.bookingId, "centre_declines"] as const),
      ...([addDays(dayOf(made.slot.on), -60), now()] as const),
    );
    expect(quoted?.quote.total).toMatchObject({ refundMinor: 550_000n, takenMinor: 0n });
  });

  it("in part counts where somebody said that it may differ, and what is more is left", async () => {
    const made = await makeFullyPaid();
    await tellDispute(made.depositPaymentId, "lost", { amountMinor: 90_000n });
    expect(await transfer(made, 40_000, true)).toMatchObject({ state: "matched", restId: null });
    expect(await booked(made.bookingId)).toMatchObject({ write_off: 50_000n });
    const { restId } = await transfer(made, 60_000, true);
    expect(restId).not.toBeNull();
    expect(await booked(made.bookingId)).toMatchObject({ write_off: 0n, psp_clearing: 560_000n });
  });

  it.each([
    [100_000, 150_001n],
    [99_998, 150_003n],
    [33_333, 100_000n],
    [1, 349_999n],
    [70_001, 70_003n],
    [100_000, 30_001n],
    [200_003, 99_998n],
  ])("leaves each contract its own: a goodwill of %s, a loss of %s", async (amount, lossMinor) => {
    const made = await makeFullyPaid();
    const goodwill = proposeRefundForm.parse({ paymentId: made.depositPaymentId, cause: "goodwill", amount });
    const [asked] = valueOf(await proposeRefund(await makeCoordinator(), goodwill, now()));
    valueOf(await approveRefund(await makeFinance(), asked?.id ?? "", now()));
    await tellDispute(made.depositPaymentId, "lost", { amountMinor: lossMinor });
    // What the bank paid of the goodwill is asked of nobody; the goodwill stands, and has left both contracts by their share.
    const owedMinor = lossMinor > BigInt(amount) ? lossMinor - BigInt(amount) : 0n;
    const half = owedMinor / 2n;
    for (const part of [half, owedMinor - half]) if (part > 0n) await transfer(made, Number(part), true);
    const paidOfGoodwill = lossMinor < BigInt(amount) ? lossMinor : BigInt(amount);
    const left = { write_off: 0n, psp_clearing: 550_000n - paidOfGoodwill };
    expect(await booked(made.bookingId)).toMatchObject(left);
    const pockets = (await statementFor(made.patient, made.bookingId))?.statement.pockets;
    const [ofA = 0n, ofB = 0n] = allocate(BigInt(amount), [300_000, 50_000]);
    expect(pockets?.treatmentMinor).toBe(300_000n - ofA);
    expect((pockets?.servicesMinor ?? 0n) + (pockets?.feeMinor ?? 0n)).toBe(250_000n - ofB);
  });

  it("does not count once the date is gone, nor where the sum is another and nobody said so", async () => {
    const made = await makeFullyPaid();
    await tellDispute(made.depositPaymentId, "lost");
    expect(await transfer(made, 340_000)).toMatchObject({ state: "unmatched" });
    const ended = await makeFullyPaid();
    await tellDispute(ended.depositPaymentId, "lost");
    await asPerson(testSystem, (tx) =>
      tx.booking.updateMany({
        where: { id: ended.bookingId },
        data: { state: "cancelled", cancelledAt: now(), cancelCause: "centre_declines" },
      }),
    );
    expect(await transfer(ended, 350_000)).toMatchObject({ state: "unmatched" });
  });
});
