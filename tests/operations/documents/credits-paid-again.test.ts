import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { Currency } from "@/lib/kernel/money";
import { asPerson, openDb } from "@/lib/infra/db";
import { issueInvoice } from "@/lib/documents/issue-invoice";
import { sweepInvoices } from "@/lib/documents/sweep-invoices";
import { approveRefund } from "@/lib/payments/approve-refund";
import { bankTransferForm, proposeRefundForm } from "@/lib/payments/forms";
import { proposeRefund } from "@/lib/payments/propose-refund";
import { statementFor } from "@/lib/payments/read-statement";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { settleBankRefund } from "@/lib/payments/settle-bank-refund";
import { deliverRide, makeTaxSettings, payItem } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeUnpaidBooking } from "@/tests/support/payments";
import { makeCoordinator, makeFinance, testSystem } from "@/tests/support/people";
import { tellDispute } from "@/tests/support/refunds";

const now = () => new Date();
type Made = Awaited<ReturnType<typeof makeUnpaidBooking>>;

beforeEach(makeTaxSettings);

/** A deposit of 3,500, of it 500 for contract B; of B a ride of 500 and a quarter of the fee, 500, are invoiced. */
async function makeInvoiced(wish: Parameters<typeof makeUnpaidBooking>[0] = {}) {
  const made = await makeUnpaidBooking(wish);
  const paymentId = await payItem(made, made.depositId, Number(made.depositMinor));
  await deliverRide(made.bookingId);
  await issueInvoice(testSystem, made.bookingId, now());
  return { ...made, paymentId };
}

async function payAgain({ depositId: planItemId, currency }: Made, amount: number) {
  const sent = { planItemId, amount: { amount, currency }, receivedOn: "2026-11-20", mayDiffer: true };
  return valueOf(await recordBankTransfer(await makeFinance(), bankTransferForm.parse(sent), now()));
}

async function giveBack(paymentId: string, amount: number): Promise<void> {
  const form = proposeRefundForm.parse({ paymentId, cause: "goodwill", amount });
  const [proposed] = valueOf(await proposeRefund(await makeCoordinator(), form, now()));
  valueOf(await approveRefund(await makeFinance(), proposed?.id ?? "", now()));
  valueOf(await settleBankRefund(await makeFinance(), proposed?.id ?? "", now()));
}

const end = ({ bookingId: id }: Made, cancelCause = "not_treatable") =>
  asPerson(testSystem, (tx) =>
    tx.booking.updateMany({ where: { id }, data: { state: "cancelled", cancelledAt: now(), cancelCause } }),
  );

interface Papers {
  invoicedMinor: bigint;
  creditedMinor: bigint;
  /** What the statement says is not covered. */
  owedMinor: bigint;
  /** What came into contract B and is here: by the ledger, which takes no loss from the pockets. */
  pocketedMinor: bigint;
}

async function papersOf({ bookingId, patient }: Made): Promise<Papers> {
  await sweepInvoices(testSystem, now());
  const papers = await asPerson(testSystem, (tx) => tx.invoice.findMany({ where: { bookingId } }));
  const sumOf = (kind: string) =>
    papers.filter((one) => one.kind === kind).reduce((sum, one) => sum + one.grossMinor, 0n);
  const kind = { in: ["payment_received", "refund_approved"] };
  const { _sum } = await openDb().ledgerEntry.aggregate({
    where: { bookingId, contract: "B", tx: { kind } },
    _sum: { amountMinor: true },
  });
  const read = await statementFor(patient, bookingId);
  return {
    ...{ invoicedMinor: sumOf("invoice"), creditedMinor: sumOf("credit_note") },
    ...{ owedMinor: read?.uncoveredMinor ?? -1n, pocketedMinor: -(_sum.amountMinor ?? 0n) },
  };
}

describe("an instalment that is paid twice because the payer's bank took the first", () => {
  it("counts once: what was never paid is credited where the trip ends for a cause that asks nobody for it", async () => {
    const made = await makeInvoiced();
    await tellDispute(made.paymentId, "lost");
    await payAgain(made, 350_000);
    await end(made);
    // On paper: 1,000 invoiced, 500 of B paid and here. 500 was never paid and is asked of nobody: 1,000 - 500 - 500 = 0.
    expect(await papersOf(made)).toEqual({
      ...{ invoicedMinor: 100_000n, creditedMinor: 50_000n, owedMinor: 0n, pocketedMinor: 50_000n },
    });
  });

  it("counts what was not paid again as owed, and not as never paid", async () => {
    const made = await makeInvoiced();
    await tellDispute(made.paymentId, "lost");
    // Of 1,750 paid again 250 are of B.
    await payAgain(made, 175_000);
    await end(made);
    // On paper: 500 was never paid; of what was, the bank has 250 still: 1,000 - 500 - 250 = 250 owed.
    expect(await papersOf(made)).toMatchObject({ creditedMinor: 50_000n, owedMinor: 25_000n });
  });

  it("is credited for what we gave back, whether the bank's loss stands before or after it", async () => {
    for (const isLostFirst of [true, false]) {
      const made = await makeInvoiced();
      const balancePaymentId = await payItem(made, made.balanceId, 200_000);
      const lose = async () => {
        await tellDispute(made.paymentId, "lost");
        await payAgain(made, 350_000);
      };
      if (isLostFirst) await lose();
      await giveBack(balancePaymentId, 160_000);
      if (!isLostFirst) await lose();
      await end(made, "patient_cancels");
      // On paper: 2,500 paid, 1,000 invoiced. Of 1,600 given back 1,500 was never invoiced: 1,000 - 100 - 900 = 0.
      expect(await papersOf(made)).toEqual({
        ...{ invoicedMinor: 100_000n, creditedMinor: 10_000n, owedMinor: 0n, pocketedMinor: 90_000n },
      });
    }
  });
});

const RUNS = Number(process.env["CREDIT_RUNS"] ?? 6);
const PATIENCE_MS = 300_000;

it(
  "leaves invoices, credit notes and what is kept in balance, in currencies of none, two and three decimals",
  { timeout: PATIENCE_MS },
  async () => {
    const round = fc.record({
      lost: fc.integer({ min: 1, max: 100 }),
      back: fc.integer({ min: 0, max: 60 }),
      isBackFirst: fc.boolean(),
    });
    const story = fc.record({
      currency: fc.constantFrom<Currency>("JPY", "EUR", "KWD"),
      ofAMinor: fc.integer({ min: 1, max: 349_999 }),
      isBalancePaid: fc.boolean(),
      isPaidAgain: fc.boolean(),
      rounds: fc.array(round, { minLength: 1, maxLength: 2 }),
      cause: fc.constantFrom("not_treatable", "centre_declines", "patient_cancels"),
    });
    await fc.assert(
      fc.asyncProperty(story, async ({ currency, ofAMinor, isBalancePaid, isPaidAgain, rounds, cause }) => {
        const made = await makeInvoiced({ currency, contractAMinor: BigInt(ofAMinor) });
        const balanceId = isBalancePaid ? await payItem(made, made.balanceId, 200_000) : null;
        let paymentId = made.paymentId;
        let lostMinor = 0;
        for (const { lost, back, isBackFirst } of rounds) {
          const giveSome = async () => {
            if (balanceId && back > 0) await giveBack(balanceId, back * 1_600);
          };
          if (isBackFirst) await giveSome();
          const { amountMinor } = await asPerson(testSystem, (tx) =>
            tx.payment.findUniqueOrThrow({ where: { id: paymentId } }),
          );
          const part = Math.max(1, Math.floor((Number(amountMinor) * lost) / 100));
          await tellDispute(paymentId, "lost", { amountMinor: BigInt(part) });
          lostMinor += part;
          if (isPaidAgain) {
            paymentId = (await payAgain(made, part)).paymentId ?? "";
            lostMinor -= part;
          }
          if (!isBackFirst) await giveSome();
          // What is still lost is asked for no second time by another bank.
          if (!isPaidAgain) break;
        }
        await end(made, cause);
        const { invoicedMinor, creditedMinor, owedMinor, pocketedMinor } = await papersOf(made);
        const restMinor = invoicedMinor - creditedMinor;
        const isWaived = cause !== "patient_cancels";
        expect(creditedMinor).toBeGreaterThanOrEqual(0n);
        expect(restMinor).toBeGreaterThanOrEqual(0n);
        expect(owedMinor).toBeGreaterThanOrEqual(0n);
        const beyondMinor = restMinor > pocketedMinor ? restMinor - pocketedMinor : 0n;
        if (isPaidAgain) expect(owedMinor).toBe(beyondMinor);
        // Nobody is asked for what was never paid; only for what a bank has and nobody paid again.
        if (isWaived) expect(owedMinor).toBeLessThanOrEqual(BigInt(lostMinor));
        if (isWaived && isPaidAgain) expect(beyondMinor).toBe(0n);
      }),
      { numRuns: RUNS, seed: 20_261_122 },
    );
  },
);
