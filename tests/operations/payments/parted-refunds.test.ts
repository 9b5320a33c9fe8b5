import { describe, expect, it } from "vitest";
import { asPerson, openDb } from "@/lib/infra/db";
import { acceptChange } from "@/lib/payments/accept-change-order";
import { approveRefund } from "@/lib/payments/approve-refund";
import { writeProposals } from "@/lib/payments/propose-refunds";
import { enterBill, makeTreated, refundsNow, settle } from "@/tests/support/bills";
import { makeTrip, payItem, propose, yes } from "@/tests/support/changes";
import { makeFullyPaid } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeFinance, testSystem } from "@/tests/support/people";
import { tellDispute } from "@/tests/support/refunds";

const now = () => new Date();
const approve = async (id: string) => valueOf(await approveRefund(await makeFinance(), id, now()));
const openOf = async (bookingId: string) =>
  (await refundsNow(bookingId)).filter(({ state }) => state !== "refused");
const splits = async (bookingId: string) =>
  (await refundsNow(bookingId)).map(({ state, amountMinor, quote }) => ({ state, amountMinor, quote }));
const ofA = (treatment: number) => ({ treatment: `${treatment}`, services: "0", fee: "0" });

interface Taken {
  lossMinor: readonly bigint[];
  isApproved?: boolean;
  /** What is still asked for was parted before its split was parted with it. */
  isOfBefore?: boolean;
}

/** The payer's bank takes of the payment of what is asked back, one sum after another, each told twice at once. */
async function take(bookingId: string, { lossMinor, isApproved, isOfBefore }: Taken): Promise<void> {
  const [asked] = await refundsNow(bookingId);
  if (!asked) throw new Error("Nothing is asked back.");
  if (isApproved) await approve(asked.id);
  for (const [index, amountMinor] of lossMinor.entries()) {
    const tell = () => tellDispute(asked.paymentId, "lost", { amountMinor, name: `loss${index}` });
    await Promise.all([tell(), tell()]);
  }
  if (!isOfBefore) return;
  const data = { quote: asked.quote ?? {} };
  await asPerson(testSystem, (tx) => tx.refund.update({ where: { id: asked.id }, data }));
}

/** All 35,000 of contract A paid; a change gave 4,000 back, the bank took of it. What a second one of 2,000 less gives back. */
async function secondChange(taken: Taken): Promise<bigint | undefined> {
  const trip = await makeTrip();
  await payItem(trip.bookingId, "balance", "A");
  const lower = await propose(trip, 2_600_000, { reason: "less_needed" });
  valueOf(await acceptChange(trip.patient, lower.id, yes(lower), now()));
  await take(trip.bookingId, taken);
  const more = await propose(trip, 2_400_000, { reason: "less_needed" });
  return valueOf(await acceptChange(trip.patient, more.id, yes(more), now())).effect?.refundMinor;
}

/** An account of 1,000 less than was paid, of which the bank took; what it gives back once a bill is corrected to 1,000 less. */
async function secondAccount(taken: Taken): Promise<bigint | undefined> {
  const trip = await makeTreated();
  const { id: corrects } = await enterBill(trip.manager, trip.bookingId);
  await settle(trip, 3_400_000);
  await take(trip.bookingId, taken);
  await enterBill(trip.manager, trip.bookingId, {
    ...{ number: "RE-2", corrects },
    lines: [
      ["Clip procedure", "treatment", 2_800_000],
      ["Implant", "device", 500_000],
    ],
  });
  return (await settle(trip, 3_300_000)).read?.account?.refundMinor;
}

describe("a refund the payer's bank took a part of", () => {
  it.each<[string, Taken]>([
    ["nothing", { lossMinor: [] }],
    ["all of it", { lossMinor: [400_000n] }],
    ["a part of what was proposed", { lossMinor: [300_000n] }],
    ["a part of what was approved", { lossMinor: [300_000n], isApproved: true }],
    ["two parts", { lossMinor: [100_000n, 200_000n], isApproved: true }],
    ["a part, before splits were parted", { lossMinor: [300_000n], isApproved: true, isOfBefore: true }],
  ])("leaves the next change all it gives back: %s", async (_, taken) => {
    expect(await secondChange(taken)).toBe(200_000n);
  });

  it.each<[string, Taken]>([
    ["all of it", { lossMinor: [100_000n] }],
    ["a part of what was proposed", { lossMinor: [60_000n] }],
    ["a part of what was approved", { lossMinor: [60_000n], isApproved: true }],
    ["a part, before splits were parted", { lossMinor: [60_000n], isOfBefore: true }],
  ])("leaves the next account all it gives back: %s", async (_, taken) => {
    expect(await secondAccount(taken)).toBe(100_000n);
  });
});

describe("the split of a refund the payer's bank took a part of", () => {
  /** 500 of contract A and 500 of the fee asked back out of one payment. */
  async function makeMixed() {
    const made = await makeFullyPaid();
    const { bookingId, caseId, currency, depositPaymentId: paymentId } = made;
    const split = { treatmentMinor: 50_000n, servicesMinor: 0n, feeMinor: 50_000n };
    const back = { paymentId, amountMinor: 100_000n, split };
    const of = { bookingId, caseId, currency, cause: "change_order" as const };
    await asPerson(testSystem, (tx) => writeProposals(tx, testSystem, of, [back], now()));
    return made;
  }

  it("is parted with it, and what is left comes out of each pocket", async () => {
    const { bookingId, depositPaymentId } = await makeMixed();
    await tellDispute(depositPaymentId, "lost", { amountMinor: 60_000n });
    expect(await splits(bookingId)).toEqual([
      { state: "calculated", amountMinor: 40_000n, quote: { ...ofA(20_000), fee: "20000" } },
      { state: "refused", amountMinor: 60_000n, quote: { ...ofA(30_000), fee: "30000" } },
    ]);
    const [left] = await openOf(bookingId);
    await approve(left?.id ?? "");
    const entries = await openDb().ledgerEntry.findMany({
      where: { tx: { refundId: left?.id ?? "" } },
      select: { account: true, contract: true, amountMinor: true },
    });
    expect(new Set(entries)).toEqual(
      new Set([
        { account: "client_funds_held", contract: "A", amountMinor: 20_000n },
        { account: "operator_fee_deferred", contract: "B", amountMinor: 20_000n },
        { account: "refund_payable", contract: null, amountMinor: -40_000n },
      ]),
    );
  });

  it("is parted once more by the next loss, and together the parts are the whole", async () => {
    const { bookingId, depositPaymentId } = await makeMixed();
    const [asked] = await openOf(bookingId);
    await approve(asked?.id ?? "");
    for (const [name, amountMinor] of [
      ["first", 33_333n],
      ["second", 33_334n],
    ] as const)
      await tellDispute(depositPaymentId, "lost", { name, amountMinor });
    expect(await splits(bookingId)).toEqual([
      { state: "approved", amountMinor: 33_333n, quote: { ...ofA(16_667), fee: "16666" } },
      { state: "refused", amountMinor: 33_333n, quote: { ...ofA(16_666), fee: "16667" } },
      { state: "refused", amountMinor: 33_334n, quote: { ...ofA(16_667), fee: "16667" } },
    ]);
  });
});
