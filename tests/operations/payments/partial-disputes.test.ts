import { describe, expect, it } from "vitest";
import { addMinutes } from "@/lib/kernel/day";
import { asPerson } from "@/lib/infra/db";
import { approveRefund } from "@/lib/payments/approve-refund";
import { proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { reconcileBalance } from "@/lib/payments/reconcile-balance";
import { sendRefund } from "@/lib/payments/send-refund";
import { booked } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makePaidBooking } from "@/tests/support/payments";
import { makeCoordinator, makeFinance, testSystem } from "@/tests/support/people";
import { refundNow } from "@/tests/support/refunds";
import { eventually } from "@/tests/support/stripe-sandbox";
import { withBooks } from "@/tests/support/with-provider";

const provider = withBooks();

/** A deposit of 3,500.00 by card; its payer's bank asks for a part of it and decides, as the provider tells us. */
async function makeAsked() {
  const made = await makePaidBooking(provider());
  const read = () =>
    asPerson(testSystem, (tx) => tx.payment.findUniqueOrThrow({ where: { id: made.paymentId } }));
  const paymentIntent = (await read()).paymentIntentId;
  const ask = async (amount: number) => {
    await provider().control("dispute", { paymentIntent, amount });
    await provider().work();
    const { disputes } = await provider().books();
    return (
      disputes.find((one) => one.payment_intent === paymentIntent && one.status === "needs_response")?.id ??
      ""
    );
  };
  const end = async (id: string, evidence: string) => {
    await provider().decide(id, evidence);
    await eventually(async () => {
      await provider().work();
      return (await read()).endedDisputes.includes(id) || null;
    });
  };
  const giveBack = async (amount: number) => {
    const wish = { paymentId: made.paymentId, cause: "goodwill", amount };
    const form = proposeRefundForm.parse(wish);
    const [refund] = valueOf(await proposeRefund(await makeCoordinator(), form, new Date()));
    const id = refund?.id ?? "";
    valueOf(await approveRefund(await makeFinance(), id, new Date()));
    await sendRefund(testSystem, id, new Date());
    return (await refundNow(id)).state;
  };
  const refundsOf = () =>
    asPerson(testSystem, (tx) => tx.refund.findMany({ where: { paymentId: made.paymentId } }));
  return { ...made, read, ask, end, giveBack, refundsOf };
}

const later = () => addMinutes(new Date(), 120);
const ALL_EXPLAINED = { waiting: 0, unexplained: 0, gaps: {} };

describe("a part of a payment that its payer's bank asks for", () => {
  it("is a loss of that part alone, told by the provider, and the rest can go back by card", async () => {
    const { bookingId, read, ask, end, giveBack } = await makeAsked();
    const dispute = await ask(50_000);
    expect(await read()).toMatchObject({ state: "disputed", openDisputes: [dispute] });
    await end(dispute, "losing_evidence");

    expect(await read()).toMatchObject({ state: "lost", lostMinor: 50_000n, openDisputes: [] });
    expect(await booked(bookingId)).toMatchObject({ psp_clearing: 300_000n, write_off: 50_000n });
    expect(await giveBack(300_000)).toBe("settled");
    expect(await booked(bookingId)).toMatchObject({ psp_clearing: 0n, refund_payable: 0n });
  });

  it("explains what moved for each of several, whichever was won or lost, in either order", async () => {
    for (const evidence of [
      ["winning_evidence", "losing_evidence"],
      ["losing_evidence", "winning_evidence"],
    ]) {
      const { read, ask, end } = await makeAsked();
      const [first, second] = [await ask(50_000), await ask(30_000)];
      await end(first, evidence[0] ?? "");
      // What came back of the one is no question of the other.
      expect(await reconcileBalance(testSystem, later())).toMatchObject(ALL_EXPLAINED);
      await end(second, evidence[1] ?? "");
      expect(await reconcileBalance(testSystem, later())).toMatchObject(ALL_EXPLAINED);
      expect((await read()).state).toBe("lost");
    }
  });

  it("is a loss of what the bank kept where it gave back what had been refunded before", async () => {
    const { bookingId, read, ask, end, giveBack } = await makeAsked();
    expect(await giveBack(100_000)).toBe("settled");
    await end(await ask(350_000), "refunded_before");

    expect(await read()).toMatchObject({ state: "lost", lostMinor: 250_000n });
    expect(await booked(bookingId)).toMatchObject({ psp_clearing: 0n, write_off: 250_000n });
    expect(await reconcileBalance(testSystem, later())).toMatchObject(ALL_EXPLAINED);
  });

  it("is no loss where all of what the bank kept for a while came back, whatever it is called", async () => {
    const { read, ask, end, giveBack } = await makeAsked();
    expect(await giveBack(350_000)).toBe("settled");
    await end(await ask(80_000), "refunded_before");

    expect(await read()).toMatchObject({ state: "won", lostMinor: 0n, openDisputes: [] });
    expect(await reconcileBalance(testSystem, later())).toMatchObject(ALL_EXPLAINED);
  });

  it("explains a try of a refund that came back, also once the bank has taken a part of what it was to give", async () => {
    const { read, ask, end, giveBack, refundsOf } = await makeAsked();
    expect(await giveBack(300_000)).toBe("settled");
    const [tried] = await refundsOf();
    await provider().control("bounce", { refund: tried?.stripeRefundId });
    await provider().work();
    await end(await ask(100_000), "losing_evidence");

    expect((await read()).lostMinor).toBe(100_000n);
    const left = (await refundsOf()).map(({ state, amountMinor }) => [state, amountMinor]);
    expect(left.toSorted()).toEqual([
      ["failed", 200_000n],
      ["refused", 100_000n],
    ]);
    expect(await reconcileBalance(testSystem, later())).toMatchObject(ALL_EXPLAINED);
  });
});
