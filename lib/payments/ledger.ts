import { allocate, sumMinor } from "@/lib/kernel/money";

/**
 * How money is kept. A debit is positive, a credit negative; every transaction sums to zero.
 *
 * - Money in: debit `psp_clearing` (what lies at the payment provider or the bank), credit what it is held for:
 *   contract A and the services of contract B in `client_funds_held`, the operator's fee in `operator_fee_deferred`.
 * - Money that pays nothing, because its instalment was paid already: `client_funds_held` under no contract.
 * - A refund approved: debit where the money is held, credit `refund_payable`; what is no longer held is the
 *   operator's loss, `write_off`. A refund arrived: debit `refund_payable`, credit `psp_clearing`.
 * - The fee of a second opinion: `client_funds_held` of contract A under its opinion and no booking. An answer in time moves
 *   it to `hospital_payable` as a release does; none in time moves all of it to `refund_payable`.
 * - A dispute lost: the provider takes the money: debit `write_off`, credit `psp_clearing`. What was owed to the payer out of
 *   the same payment and has not left is paid by it: debit `refund_payable`, credit `write_off`.
 *   Paid again on request: debit `psp_clearing`, credit `write_off`, for the pockets never gave it up.
 * - A release approved: debit `client_funds_held`, credit `hospital_payable` or `supplier_payable` and the `tax` within a
 *   service the operator sold. Paid through the bank: debit the payable, credit `psp_clearing`. Withdrawn or sent back by the
 *   bank: the same the other way round, and the money is held again.
 * - Contract B has ended: what one of its pockets holds for nobody and the rules keep for the other moves between
 *   `client_funds_held` and `operator_fee_deferred`.
 * - A slice of the fee invoiced and paid: debit `operator_fee_deferred`, credit `operator_fee_earned` and the `tax` within.
 *   Credited again: debit both, credit `write_off` as far as its refund was booked as a loss; beyond it `client_funds_held`, where
 *   the refund was taken from while the trip stands, or `operator_fee_deferred` once it has ended.
 */
export const LEDGER_ACCOUNTS = [
  "client_funds_held",
  "hospital_payable",
  "supplier_payable",
  "operator_fee_deferred",
  "operator_fee_earned",
  "tax",
  "refund_payable",
  "psp_clearing",
  "psp_fees",
  "fx_difference",
  "write_off",
] as const;
export type LedgerAccount = (typeof LEDGER_ACCOUNTS)[number];

/** Accounts that hold nobody's money but the operator's: what finance may correct by hand. */
export const OWN_ACCOUNTS = [
  "operator_fee_earned",
  "tax",
  "psp_clearing",
  "psp_fees",
  "fx_difference",
  "write_off",
] as const satisfies readonly LedgerAccount[];

export interface Posting {
  account: LedgerAccount;
  contract: "A" | "B" | null;
  amountMinor: bigint;
}

export interface ReceivedMoney {
  amountMinor: bigint;
  /** How much of it belongs to contract A. */
  contractAMinor: bigint;
  /** What was paid into contract B before, so that the shares add up to the lines over all instalments. */
  paidBBeforeMinor: bigint;
  /** What of it went into the fee; by the lines' own share unless a change of them came in between. */
  feeBeforeMinor?: bigint;
  /** The operator's fee and the services of contract B as booked. */
  feeMinor: bigint;
  servicesMinor: bigint;
}

export function receivedPostings(received: ReceivedMoney): Posting[] {
  const { amountMinor, contractAMinor, paidBBeforeMinor } = received;
  const contractBMinor = amountMinor - contractAMinor;
  const feeBeforeMinor = received.feeBeforeMinor ?? feeShare(received, paidBBeforeMinor);
  const fee = least(feeShare(received, paidBBeforeMinor + contractBMinor) - feeBeforeMinor, contractBMinor);
  return withoutZeros([
    { account: "psp_clearing", contract: null, amountMinor },
    { account: "client_funds_held", contract: "A", amountMinor: -contractAMinor },
    { account: "client_funds_held", contract: "B", amountMinor: -(contractBMinor - fee) },
    { account: "operator_fee_deferred", contract: "B", amountMinor: -fee },
  ]);
}

/** Paid again in place of what the payer's bank took: the pockets still hold what was paid first, so the loss is made good. */
export function repaidPostings(amountMinor: bigint): Posting[] {
  return withoutZeros(lostDisputePostings(-amountMinor));
}

/** Money that pays nothing: held for whoever paid it, under no contract, until it has gone back. */
export function surplusPostings(amountMinor: bigint): Posting[] {
  return [
    { account: "psp_clearing", contract: null, amountMinor },
    { account: "client_funds_held", contract: null, amountMinor: -amountMinor },
  ];
}

export function approvedSurplusPostings(amountMinor: bigint): Posting[] {
  return [
    { account: "client_funds_held", contract: null, amountMinor },
    { account: "refund_payable", contract: null, amountMinor: -amountMinor },
  ];
}

/** The fee of a second opinion: the centre's, held until its answer binds. */
export function opinionPostings(feeMinor: bigint): Posting[] {
  return [
    { account: "psp_clearing", contract: null, amountMinor: feeMinor },
    { account: "client_funds_held", contract: "A", amountMinor: -feeMinor },
  ];
}

export function returnedOpinionPostings(feeMinor: bigint): Posting[] {
  return [
    { account: "client_funds_held", contract: "A", amountMinor: feeMinor },
    { account: "refund_payable", contract: null, amountMinor: -feeMinor },
  ];
}

/** The payer's bank took it back before anything was delivered: nobody loses anything, and nothing is held any more. */
export function takenOpinionPostings(feeMinor: bigint): Posting[] {
  return opinionPostings(-feeMinor);
}

/** The payer's bank took it back by itself: nobody loses what was still held, and what had left was ours to give. */
export function takenSurplusPostings(amountMinor: bigint, heldMinor = amountMinor): Posting[] {
  const ofHeld = least(amountMinor, heldMinor);
  return withoutZeros([
    { account: "client_funds_held", contract: null, amountMinor: ofHeld },
    { account: "write_off", contract: null, amountMinor: amountMinor - ofHeld },
    { account: "psp_clearing", contract: null, amountMinor: -amountMinor },
  ]);
}

/** The fee's part of everything paid into contract B so far; of two parts the first never shrinks as the sum grows. */
function feeShare(lines: Pick<ReceivedMoney, "feeMinor" | "servicesMinor">, paidMinor: bigint): bigint {
  const { feeMinor, servicesMinor } = lines;
  if (feeMinor + servicesMinor === 0n) return 0n;
  return allocate(paidMinor, [Number(feeMinor), Number(servicesMinor)])[0] ?? 0n;
}

/** What a booking still holds, as positive amounts. */
export interface HeldMoney {
  treatmentMinor: bigint;
  servicesMinor: bigint;
  feeMinor: bigint;
}

/** How much of a refund comes out of which pocket. */
export type RefundSplit = HeldMoney;

/**
 * A refund out of what is held: the wished split as far as the pockets reach. A split somebody approved takes from no other
 * pocket, which holds what belongs to others: what is missing is the operator's loss. A sum nobody split takes what is left.
 */
export function splitRefund(
  amountMinor: bigint,
  wish: RefundSplit,
  held: HeldMoney,
  isApproved = false,
): RefundSplit {
  const first = {
    treatmentMinor: least(wish.treatmentMinor, held.treatmentMinor, amountMinor),
    servicesMinor: 0n,
    feeMinor: 0n,
  };
  let rest = amountMinor - first.treatmentMinor;
  first.servicesMinor = least(wish.servicesMinor, held.servicesMinor, rest);
  rest -= first.servicesMinor;
  first.feeMinor = least(wish.feeMinor, held.feeMinor, rest);
  rest -= first.feeMinor;
  if (isApproved) return first;
  for (const pocket of ["servicesMinor", "feeMinor", "treatmentMinor"] as const) {
    const more = least(held[pocket] - first[pocket], rest);
    first[pocket] += more;
    rest -= more;
  }
  return first;
}

export function approvedRefundPostings(amountMinor: bigint, split: RefundSplit): Posting[] {
  const { treatmentMinor, servicesMinor, feeMinor } = split;
  const lost = amountMinor - sumMinor([treatmentMinor, servicesMinor, feeMinor]);
  return withoutZeros([
    { account: "client_funds_held", contract: "A", amountMinor: treatmentMinor },
    { account: "client_funds_held", contract: "B", amountMinor: servicesMinor },
    { account: "operator_fee_deferred", contract: "B", amountMinor: feeMinor },
    { account: "write_off", contract: null, amountMinor: lost },
    { account: "refund_payable", contract: null, amountMinor: -amountMinor },
  ]);
}

export function settledRefundPostings(amountMinor: bigint): Posting[] {
  return [
    { account: "refund_payable", contract: null, amountMinor },
    { account: "psp_clearing", contract: null, amountMinor: -amountMinor },
  ];
}

/** The payer's bank sent it back: we have it again, and owe it still. */
export function bouncedRefundPostings(amountMinor: bigint): Posting[] {
  return settledRefundPostings(-amountMinor);
}

export function lostDisputePostings(amountMinor: bigint): Posting[] {
  return [
    { account: "write_off", contract: null, amountMinor },
    { account: "psp_clearing", contract: null, amountMinor: -amountMinor },
  ];
}

/** The payer has by their bank what was owed as a refund: nothing more is owed, and so much less was lost. */
export function takenRefundPostings(amountMinor: bigint): Posting[] {
  return [
    { account: "refund_payable", contract: null, amountMinor },
    { account: "write_off", contract: null, amountMinor: -amountMinor },
  ];
}

/** What was delivered leaves the held money for whoever delivered it; the tax within it is the operator's to pay. */
export function approvedReleasePostings(
  contract: "A" | "B",
  { amountMinor, taxMinor }: { amountMinor: bigint; taxMinor: bigint },
): Posting[] {
  return withoutZeros([
    { account: "client_funds_held", contract, amountMinor },
    { account: payableOf(contract), contract, amountMinor: taxMinor - amountMinor },
    { account: "tax", contract, amountMinor: -taxMinor },
  ]);
}

export function paidReleasePostings(contract: "A" | "B", netMinor: bigint): Posting[] {
  return [
    { account: payableOf(contract), contract, amountMinor: netMinor },
    { account: "psp_clearing", contract: null, amountMinor: -netMinor },
  ];
}

/** The money was never paid, or came back from the bank: everything booked for it is booked the other way round. */
export function recalledReleasePostings(
  contract: "A" | "B",
  release: { amountMinor: bigint; taxMinor: bigint },
  wasPaid: boolean,
): Posting[] {
  const paid = wasPaid ? paidReleasePostings(contract, release.amountMinor - release.taxMinor) : [];
  return [...paid, ...approvedReleasePostings(contract, release)].map((posting) => ({
    ...posting,
    amountMinor: -posting.amountMinor,
  }));
}

function payableOf(contract: "A" | "B"): "hospital_payable" | "supplier_payable" {
  return contract === "A" ? "hospital_payable" : "supplier_payable";
}

/** A fee that was earned. */
export function earnedFeePostings(grossMinor: bigint, taxMinor: bigint): Posting[] {
  return withoutZeros([
    { account: "operator_fee_deferred", contract: "B", amountMinor: grossMinor },
    { account: "operator_fee_earned", contract: "B", amountMinor: taxMinor - grossMinor },
    { account: "tax", contract: "B", amountMinor: -taxMinor },
  ]);
}

/** One that was credited: it makes the loss of its refund good, and beyond that is held again, for services or as fee. */
export function creditedFeePostings(
  { grossMinor, taxMinor }: { grossMinor: bigint; taxMinor: bigint },
  { lossMinor, isEnded }: { lossMinor: bigint; isEnded: boolean },
): Posting[] {
  const ofLoss = least(grossMinor, lossMinor);
  const held = isEnded ? "operator_fee_deferred" : "client_funds_held";
  return withoutZeros([
    { account: "write_off", contract: null, amountMinor: -ofLoss },
    { account: held, contract: "B", amountMinor: ofLoss - grossMinor },
    { account: "operator_fee_earned", contract: "B", amountMinor: grossMinor - taxMinor },
    { account: "tax", contract: "B", amountMinor: taxMinor },
  ]);
}

/** Postings that move something. */
export function withoutZeros(postings: readonly Posting[]): Posting[] {
  return postings.filter((posting) => posting.amountMinor !== 0n);
}

function least(first: bigint, ...others: bigint[]): bigint {
  const smallest = others.reduce((found, other) => (other < found ? other : found), first);
  return smallest > 0n ? smallest : 0n;
}
