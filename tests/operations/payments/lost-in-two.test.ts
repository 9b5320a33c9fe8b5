import { describe, expect, it } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import { approveRefund } from "@/lib/payments/approve-refund";
import { proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { sendRefund } from "@/lib/payments/send-refund";
import { settleBankRefund } from "@/lib/payments/settle-bank-refund";
import { refundsNow } from "@/tests/support/bills";
import { tasks } from "@/tests/support/changes";
import { booked, makeFullyPaid } from "@/tests/support/invoices";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { makeCoordinator, makeFinance, testSystem } from "@/tests/support/people";
import { makeApproved, refundNow, tellDispute, tellRefund } from "@/tests/support/refunds";
import { withProvider } from "@/tests/support/with-provider";

const provider = withProvider();

const now = () => new Date();
const ask = async (wish: Record<string, unknown>) =>
  proposeRefund(await makeCoordinator(), proposeRefundForm.parse(wish), now());
const approve = async (id: string) => approveRefund(await makeFinance(), id, now());
const cancel = (id: string) =>
  asPerson(testSystem, (tx) =>
    tx.booking.updateMany({
      where: { id },
      data: { state: "cancelled", cancelledAt: now(), cancelCause: "centre_declines" },
    }),
  );
const sumsOf = async (bookingId: string) =>
  (await refundsNow(bookingId)).map(({ paymentId, amountMinor }) => [paymentId, amountMinor]);
const sendingJobs = async (id: string) =>
  (
    await openDb().$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM pgboss.job WHERE name = 'refund.send' AND data->>'refundId' = ${id}`
  )[0]?.n ?? 0;

/** Of a deposit of 3,500 the bank asks for 500 and for 3,000, and has taken the 500. */
async function makeHalfLost() {
  const made = await makeFullyPaid();
  const first = (status: "needs_response" | "lost") =>
    tellDispute(made.depositPaymentId, status, { amountMinor: 50_000n });
  const second = (status: "needs_response" | "won" | "lost") =>
    tellDispute(made.depositPaymentId, status, { amountMinor: 300_000n, name: "second" });
  await first("needs_response");
  await second("needs_response");
  await first("lost");
  return { ...made, second };
}

describe("a payment of which the bank took a part while it asks for more", () => {
  it("gives nothing back until that is decided, and nothing of what is lost then", async () => {
    const { bookingId, depositPaymentId, balancePaymentId, second } = await makeHalfLost();
    const goodwill = { paymentId: depositPaymentId, cause: "goodwill", amount: 100 };
    expect(reasonOf(await ask(goodwill))).toBe("payment_disputed");
    await cancel(bookingId);
    valueOf(await ask({ bookingId, cause: "centre_declines" }));
    expect(await sumsOf(bookingId)).toEqual([[balancePaymentId, 200_000n]]);
    await Promise.all([second("lost"), second("lost")]);
    expect(await sumsOf(bookingId)).toEqual([[balancePaymentId, 200_000n]]);
    for (const { id } of await refundsNow(bookingId)) valueOf(await approve(id));
    expect(await booked(bookingId)).toMatchObject({
      ...{ psp_clearing: 200_000n, write_off: 350_000n, refund_payable: -200_000n },
    });
  });

  it("gives the rest back once the bank has refused, told twice too", async () => {
    const { bookingId, depositPaymentId, balancePaymentId, second } = await makeHalfLost();
    await cancel(bookingId);
    valueOf(await ask({ bookingId, cause: "centre_declines" }));
    for (let told = 0; told < 2; told += 1) await second("won");
    expect(await sumsOf(bookingId)).toEqual([
      [balancePaymentId, 200_000n],
      [depositPaymentId, 300_000n],
    ]);
    for (const { id } of await refundsNow(bookingId)) valueOf(await approve(id));
    expect(await booked(bookingId)).toMatchObject({ refund_payable: -500_000n, psp_clearing: 500_000n });
  });

  it("sends, approves and pays by hand nothing that was asked before, and sends it once the bank has refused", async () => {
    const { id: waits, paymentId: depositPaymentId } = await makeApproved(provider());
    const proposed = async (amount: number) =>
      valueOf(await ask({ paymentId: depositPaymentId, cause: "goodwill", amount }))[0]?.id ?? "";
    const [failed, open] = [await proposed(90_000), await proposed(80_000)];
    valueOf(await approve(failed));
    await tellRefund(failed, `re_${failed}`, "failed", 90_000n);
    await tellDispute(depositPaymentId, "needs_response", { amountMinor: 1_000n });
    await tellDispute(depositPaymentId, "needs_response", { amountMinor: 2_000n, name: "second" });
    await tellDispute(depositPaymentId, "lost", { amountMinor: 1_000n });
    expect(valueOf(await sendRefund(testSystem, waits, now())).outcome).toBe("waits");
    expect(reasonOf(await approve(open))).toBe("payment_disputed");
    expect(reasonOf(await approve(failed))).toBe("payment_disputed");
    expect(reasonOf(await settleBankRefund(await makeFinance(), failed, now()))).toBe("payment_disputed");
    const before = await sendingJobs(waits);
    await tellDispute(depositPaymentId, "won", { amountMinor: 2_000n, name: "second" });
    expect(await sendingJobs(waits)).toBe(before + 1);
    expect((await refundNow(waits)).state).toBe("approved");
    valueOf(await settleBankRefund(await makeFinance(), failed, now()));
    valueOf(await approve(open));
  });

  it("has somebody look at what the bank asks for after it took a part", async () => {
    const { caseId, depositPaymentId } = await makeFullyPaid();
    await tellDispute(depositPaymentId, "lost", { amountMinor: 50_000n });
    const before = await tasks(caseId, "payment_disputed");
    for (let told = 0; told < 2; told += 1)
      await tellDispute(depositPaymentId, "needs_response", { amountMinor: 300_000n, name: "second" });
    await tellDispute(depositPaymentId, "lost", { amountMinor: 50_000n });
    expect(await tasks(caseId, "payment_disputed")).toBe(before + 1);
  });
});
