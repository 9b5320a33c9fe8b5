import { describe, expect, it } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import { approveRefund } from "@/lib/payments/approve-refund";
import { proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { statementFor } from "@/lib/payments/read-statement";
import { sendRefund } from "@/lib/payments/send-refund";
import { settleBankRefund } from "@/lib/payments/settle-bank-refund";
import { statementView } from "@/lib/payments/statement-view";
import { refundsNow } from "@/tests/support/bills";
import { tasks } from "@/tests/support/changes";
import { booked, makeFullyPaid } from "@/tests/support/invoices";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { makeCoordinator, makeFinance, testSystem } from "@/tests/support/people";
import { makeApproved, refundNow, tellDispute, tellRefund } from "@/tests/support/refunds";
import { withProvider } from "@/tests/support/with-provider";

const provider = withProvider();

const now = () => new Date();
const propose = async (wish: Record<string, unknown>) =>
  valueOf(await proposeRefund(await makeCoordinator(), proposeRefundForm.parse(wish), now()));
const approve = async (id: string) => approveRefund(await makeFinance(), id, now());
const sumsOf = async (bookingId: string) =>
  (await refundsNow(bookingId)).map(({ state, refusedReason, amountMinor }) => [
    state,
    refusedReason,
    amountMinor,
  ]);
const sendingJobs = async (id: string) =>
  (
    await openDb().$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM pgboss.job WHERE name = 'refund.send' AND data->>'refundId' = ${id}`
  )[0]?.n ?? 0;

/** Paid 3,500 and 2,000; the bank takes 500 of the first, the centre declines, and all that is left was approved. */
async function makeApprovedRest() {
  const made = await makeFullyPaid();
  const { bookingId, depositPaymentId } = made;
  await tellDispute(depositPaymentId, "lost", { amountMinor: 50_000n });
  await asPerson(testSystem, (tx) =>
    tx.booking.updateMany({
      where: { id: bookingId },
      data: { state: "cancelled", cancelledAt: now(), cancelCause: "centre_declines" },
    }),
  );
  await propose({ bookingId, cause: "centre_declines" });
  for (const { id } of await refundsNow(bookingId)) valueOf(await approve(id));
  const rest = (await refundsNow(bookingId)).find((one) => one.paymentId === depositPaymentId);
  return { ...made, id: rest?.id ?? "" };
}
const WHOLE_REST = { refund_payable: -500_000n, write_off: 50_000n, psp_clearing: 500_000n };

describe("a refund that was counted with a loss", () => {
  it("stays owed as it is where the card refuses it, and goes through the bank by hand, once", async () => {
    const made = await makeApprovedRest();
    expect(await tellRefund(made.id, `re_${made.id}`, "failed", 300_000n)).toBe("failed");
    expect(await refundNow(made.id)).toMatchObject({ state: "failed", amountMinor: 300_000n });
    expect(await refundsNow(made.bookingId)).toHaveLength(2);
    expect(await booked(made.bookingId)).toMatchObject(WHOLE_REST);
    const finance = await makeFinance();
    const sent = await Promise.all([1, 2].map(() => settleBankRefund(finance, made.id, now())));
    expect(sent.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await booked(made.bookingId)).toMatchObject({ write_off: 50_000n, psp_clearing: 200_000n });
  });

  it("stays owed as it is where the payer's bank sends it back", async () => {
    const made = await makeApprovedRest();
    await tellRefund(made.id, `re_${made.id}`, "succeeded", 300_000n);
    expect(await tellRefund(made.id, `re_${made.id}`, "failed", 300_000n)).toBe("bounced");
    expect(await refundNow(made.id)).toMatchObject({ state: "failed", amountMinor: 300_000n });
    expect(await booked(made.bookingId)).toMatchObject(WHOLE_REST);
  });

  it("loses nothing where the loss is told again, and nothing is proposed beside it", async () => {
    const made = await makeApprovedRest();
    for (let told = 0; told < 2; told += 1)
      await tellDispute(made.depositPaymentId, "lost", { amountMinor: 50_000n });
    expect(await refundNow(made.id)).toMatchObject({ state: "approved", amountMinor: 300_000n });
    expect(await refundsNow(made.bookingId)).toHaveLength(2);
    expect(await booked(made.bookingId)).toMatchObject(WHOLE_REST);
  });

  it("is paid by a loss that comes after it, and by that alone", async () => {
    const made = await makeApprovedRest();
    await tellDispute(made.depositPaymentId, "lost", { amountMinor: 40_000n, name: "second" });
    expect(await refundNow(made.id)).toMatchObject({ state: "approved", amountMinor: 260_000n });
    await tellRefund(made.id, `re_${made.id}`, "failed", 260_000n);
    expect(await refundNow(made.id)).toMatchObject({ state: "failed", amountMinor: 260_000n });
    expect(await booked(made.bookingId)).toMatchObject({
      ...{ refund_payable: -460_000n, write_off: 50_000n, psp_clearing: 460_000n },
    });
  });
});

describe("a refund that waited for the end of a dispute", () => {
  it("goes on its way with what the bank left of it", async () => {
    const made = await makeApproved(provider());
    await tellDispute(made.paymentId, "needs_response");
    expect(valueOf(await sendRefund(testSystem, made.id, now())).outcome).toBe("waits");
    const before = await sendingJobs(made.id);
    await tellDispute(made.paymentId, "lost", { amountMinor: 30_000n });
    expect(await refundNow(made.id)).toMatchObject({ state: "approved", amountMinor: 70_000n });
    expect(await sendingJobs(made.id)).toBe(before + 1);
  });
});

describe("a sum somebody asked for when the payer's bank takes the payment", () => {
  it("is paid by the loss, approved before it or not", async () => {
    for (const isApproved of [true, false]) {
      const { bookingId, depositPaymentId, caseId } = await makeFullyPaid();
      const [asked] = await propose({ paymentId: depositPaymentId, cause: "goodwill", amount: 100_000 });
      const id = asked?.id ?? "";
      if (isApproved) valueOf(await approve(id));
      await Promise.all([1, 2].map(() => tellDispute(depositPaymentId, "lost", { amountMinor: 100_000n })));
      expect(await sumsOf(bookingId)).toEqual([["refused", "taken_by_bank", 100_000n]]);
      expect(reasonOf(await approve(id))).not.toBe("done");
      expect(await tasks(caseId, "approve_refund")).toBe(0);
      const books = await booked(bookingId);
      expect(books.refund_payable ?? 0n).toBe(0n);
      expect(books.psp_clearing).toBe(450_000n);
    }
  });

  it("stays asked for with what the loss did not pay, and is approved", async () => {
    const { bookingId, depositPaymentId, caseId } = await makeFullyPaid();
    const [asked] = await propose({ paymentId: depositPaymentId, cause: "goodwill", amount: 100_000 });
    await tellDispute(depositPaymentId, "lost", { amountMinor: 30_000n });
    expect(await sumsOf(bookingId)).toEqual([
      ["calculated", null, 70_000n],
      ["refused", "taken_by_bank", 30_000n],
    ]);
    expect(await tasks(caseId, "approve_refund")).toBe(1);
    valueOf(await approve(asked?.id ?? ""));
    expect(await booked(bookingId)).toMatchObject({ refund_payable: -70_000n, write_off: 30_000n });
    await tellRefund(asked?.id ?? "", "re_asked", "failed", 70_000n);
    expect(await refundNow(asked?.id ?? "")).toMatchObject({ state: "failed", amountMinor: 70_000n });
  });

  it("is told to the patient as given by their bank, never as replaced by another sum", async () => {
    const { bookingId, depositPaymentId, patient } = await makeFullyPaid();
    await propose({ paymentId: depositPaymentId, cause: "goodwill", amount: 100_000 });
    await tellDispute(depositPaymentId, "lost", { amountMinor: 300_000n });
    const statement = await statementFor(patient, bookingId);
    if (!statement) throw new Error("The patient may see it.");
    const told = statementView(statement, "en").movements.map(({ text }) => text);
    expect(told).toContain(
      "Refund of €1,000.00: your bank has given you this money back for good, so we do not send it a second time.",
    );
    expect(told.join(" ")).not.toContain("another sum takes its place");
  });

  it("leaves alone what is asked for after the loss", async () => {
    const { bookingId, depositPaymentId } = await makeFullyPaid();
    await tellDispute(depositPaymentId, "lost", { amountMinor: 100_000n });
    const [asked] = await propose({ paymentId: depositPaymentId, cause: "goodwill", amount: 100_000 });
    await tellDispute(depositPaymentId, "lost", { amountMinor: 100_000n });
    valueOf(await approve(asked?.id ?? ""));
    expect(await booked(bookingId)).toMatchObject({ refund_payable: -100_000n, write_off: 100_000n });
  });

  it("counts the rules anew where the loss pays a refund that failed later", async () => {
    // Kept are 500 of the fee; 1,000 were sent as goodwill, and the rules ask for the rest.
    const { bookingId, depositPaymentId } = await makeFullyPaid();
    const [asked] = await propose({ paymentId: depositPaymentId, cause: "goodwill", amount: 100_000 });
    const id = asked?.id ?? "";
    valueOf(await approve(id));
    await tellRefund(id, `re_${id}`, "pending");
    await asPerson(testSystem, (tx) =>
      tx.booking.updateMany({
        where: { id: bookingId },
        data: { state: "cancelled", cancelledAt: now(), cancelCause: "operator_failure" },
      }),
    );
    await propose({ bookingId, cause: "operator_failure" });
    await tellDispute(depositPaymentId, "lost", { amountMinor: 150_000n });
    await tellRefund(id, `re_${id}`, "failed");
    const askedNow = (await refundsNow(bookingId)).filter(({ state }) => state !== "refused");
    // Of 5,500 the bank has given 1,500 back, and 500 are kept.
    expect(askedNow.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(350_000n);
  });
});
