import { allocate, sumMinor, least } from "@/lib/kernel/money";
import { refundInSteps } from "@/lib/bookings/chargeable";
import type { ContractKind } from "@/lib/bookings/payment-plan";
import { CHANGE_ORDER } from "@/lib/bookings/price-change";
import { CANCEL_CAUSES } from "@/lib/bookings/refund-policy";
import { WITHDRAWAL } from "@/lib/bookings/withdrawal";
import { OPINION_ENDS } from "@/lib/reviews/opinion";
import { SURPLUS } from "./bill";
import type { HeldMoney, RefundSplit } from "./ledger";

/** Causes outside the refund matrix: somebody names the sum. */
export const NAMED_CAUSES = [SURPLUS, "goodwill", "duplicate", "complaint"] as const;

/** What came for a booking that is gone goes back whole for one of these; nobody can ask for them. */
export const LATE_CAUSES = ["booking_cancelled", "hold_expired"] as const;

/** Every reason money goes back for; each has its words, so that nobody approves a code. */
export const REFUND_CAUSES: readonly string[] = [
  ...[...CANCEL_CAUSES, WITHDRAWAL, CHANGE_ORDER, ...NAMED_CAUSES],
  ...["opinion_ended", ...OPINION_ENDS.map((end) => `opinion_${end}`)],
];

export const REFUND_STATES = ["calculated", "approved", "sent", "settled", "failed", "refused"] as const;
export type RefundState = (typeof REFUND_STATES)[number];

/** Set aside from its payment, whatever became of it on its way. */
export const SET_ASIDE_STATES = [
  "approved",
  "sent",
  "settled",
  "failed",
] as const satisfies readonly RefundState[];

/** Why a proposal fell that another sum took the place of; where a person said no, their own words stand there. */
export const COUNTED_ANEW = "counted_anew";

/** What of a payment is here and not set aside: without what went back, or goes, and what the payer's bank took for good. */
export function leftOf(payment: { amountMinor: bigint; refundedMinor: bigint; lostMinor: bigint }): bigint {
  const { amountMinor, refundedMinor, lostMinor } = payment;
  return above(amountMinor, refundedMinor + lostMinor);
}

export interface PaidByLoss {
  amountMinor: bigint;
  /** What the bank had taken of the payment when it was set aside. */
  lostBeforeMinor: bigint;
}

/**
 * How much of a refund what the payer's bank took can still pay: of losses after it was set aside, for those before were
 * counted when it was, and what has paid other refunds pays nothing more.
 */
export function payableByLoss(
  lostMinor: bigint,
  lostBeforeMinor: bigint,
  paid: readonly PaidByLoss[],
): bigint {
  const marks = [lostBeforeMinor, ...paid.map((one) => one.lostBeforeMinor)];
  return marks
    .filter((mark) => mark <= lostBeforeMinor)
    .map((mark) => {
      const since = paid.filter((one) => one.lostBeforeMinor >= mark);
      return above(lostMinor - mark, sumMinor(since.map((one) => one.amountMinor)));
    })
    .reduce(least);
}

/** What a refund was calculated from, kept beside it as text so that the split is the one somebody approved. */
export interface KeptSplit {
  treatment: string;
  services: string;
  fee: string;
  /** Somebody named the sum, and it was split by its payment's proportions. */
  named?: true;
  /** It was due after a payer's bank had taken the money: that loss has paid it. */
  taken?: true;
}

export function keptSplit(split: RefundSplit, mark?: "named" | "taken" | false): KeptSplit {
  const { treatmentMinor, servicesMinor, feeMinor } = split;
  const pockets = { treatment: `${treatmentMinor}`, services: `${servicesMinor}`, fee: `${feeMinor}` };
  return mark ? { ...pockets, [mark]: true } : pockets;
}

export interface SplitFacts {
  amountMinor: bigint;
  /** The payment's part in contract A and the payment as a whole. */
  contractAMinor: bigint;
  paidMinor: bigint;
  held: HeldMoney;
}

/**
 * The kept split, no more than the refund itself. Of one that was parted before its split was, the split is the former whole:
 * each pocket gives by its share, as it does of a part taken off today.
 */
export function splitWithin(kept: KeptSplit, amountMinor: bigint): RefundSplit {
  const whole = {
    treatmentMinor: BigInt(kept.treatment),
    servicesMinor: BigInt(kept.services),
    feeMinor: BigInt(kept.fee),
  };
  const totalMinor = sumMinor(POCKETS.map((pocket) => whole[pocket]));
  return totalMinor <= amountMinor ? whole : shareOf(whole, amountMinor, totalMinor);
}

const POCKETS = ["treatmentMinor", "servicesMinor", "feeMinor"] as const;

/** So much of a whole, every pocket by its share, adding up to the last unit. */
function shareOf(whole: RefundSplit, amountMinor: bigint, totalMinor: bigint): RefundSplit {
  const part = { treatmentMinor: 0n, servicesMinor: 0n, feeMinor: 0n };
  let wholeMinor = 0n;
  let givenMinor = 0n;
  for (const pocket of POCKETS) {
    wholeMinor += whole[pocket];
    part[pocket] = (wholeMinor * amountMinor) / totalMinor - givenMinor;
    givenMinor += part[pocket];
  }
  return part;
}

/**
 * The split of a refund of which a part is taken off, as the part and the rest: each pocket gives by its share, and together
 * they are the whole to the last unit.
 */
export function partSplit(kept: KeptSplit, partMinor: bigint, amountMinor: bigint) {
  const rest = splitWithin(kept, amountMinor);
  const part = shareOf(rest, partMinor, amountMinor);
  for (const pocket of POCKETS) rest[pocket] -= part[pocket];
  return { part, rest };
}

/** The kept split, or without one the payment's own proportions: contract A by its share, B as services and fee are held. */
export function wishedSplit(kept: unknown, facts: SplitFacts): RefundSplit {
  if (isKeptSplit(kept)) return splitWithin(kept, facts.amountMinor);
  const { amountMinor, contractAMinor, paidMinor, held } = facts;
  const treatmentMinor = part(amountMinor, contractAMinor, paidMinor - contractAMinor);
  const ofB = amountMinor - treatmentMinor;
  const servicesMinor = part(ofB, held.servicesMinor, held.feeMinor);
  return { treatmentMinor, servicesMinor, feeMinor: ofB - servicesMinor };
}

function part(amountMinor: bigint, one: bigint, other: bigint): bigint {
  if (one <= 0n) return 0n;
  return allocate(amountMinor, [Number(one), Number(other > 0n ? other : 0n)])[0] ?? 0n;
}

/** Whether the rules calculated the split, so that what its pockets lack is the operator's loss. */
export function isByRules(value: unknown): boolean {
  return isKeptSplit(value) && !value.named;
}

/** Whether a change or the final bill gives it back: it is due once that was agreed, whoever approves it later. */
export function isAgreed({ cause, quote }: { cause: string; quote: unknown }): boolean {
  return (cause === CHANGE_ORDER || cause === SURPLUS) && isByRules(quote);
}

/** The contract of what a change or a final bill gives back: it is of one alone. */
export function contractOf({ quote }: { quote: unknown }): ContractKind | null {
  if (!isKeptSplit(quote)) return null;
  return BigInt(quote.treatment) > 0n ? "A" : "B";
}

/** Whether a split was kept with the refund. */
export function isKeptSplit(value: unknown): value is KeptSplit {
  if (typeof value !== "object" || value === null) return false;
  const { treatment, services, fee } = value as Record<string, unknown>;
  return [treatment, services, fee].every((text) => typeof text === "string" && /^\d+$/.test(text));
}

export interface RefundablePayment {
  id: string;
  /** What can still be sent back. */
  restMinor: bigint;
}

export interface PaymentRefund {
  paymentId: string;
  amountMinor: bigint;
  split: RefundSplit;
}

/**
 * Lays one sum to be given back over the payments it came from, the newest first: it returns to the payer and the
 * card that paid. The pockets are emptied in order: treatment, services, fee. What no payment covers is left out. What makes
 * the last sum one a card takes is the operator's, out of the fee.
 */
export function spreadRefund(
  total: RefundSplit,
  payments: readonly RefundablePayment[],
  stepMinor = 1n,
): PaymentRefund[] {
  const left = { ...total };
  const refunds: PaymentRefund[] = [];
  for (const { id, restMinor } of payments) {
    const split = { treatmentMinor: 0n, servicesMinor: 0n, feeMinor: 0n };
    let room = restMinor;
    for (const pocket of POCKETS) {
      const taken = left[pocket] < room ? left[pocket] : room;
      split[pocket] = taken;
      left[pocket] -= taken;
      room -= taken;
    }
    const amountMinor = refundInSteps(restMinor - room, stepMinor, restMinor);
    split.feeMinor += amountMinor - (restMinor - room);
    if (amountMinor > 0n) refunds.push({ paymentId: id, amountMinor, split });
  }
  return refunds;
}

/** The columns of a refund quote this feature needs. */
interface QuoteFacts {
  parts: readonly { kind: string; contract: "A" | "B"; keptMinor: bigint }[];
  contracts: Record<"A" | "B", { refundMinor: bigint }>;
}

/** What of a booking's held money has gone its way before: fee earned and services passed on. */
export interface GoneMoney {
  earnedMinor: bigint;
  passedOnMinor: bigint;
}

/**
 * Out of which pockets a quoted refund comes, beyond what was asked before: of each contract its own, and what was asked of
 * one beyond its due comes off the other. What is kept of the fee and of the services stays there, as far as it has not left
 * before. All else of contract B is the fee's: a fee that is waived after it was earned is held no more, and so becomes the
 * operator's loss when the refund is approved.
 */
export function refundOfQuote(
  quote: QuoteFacts,
  free: HeldMoney,
  asked: Record<"A" | "B", bigint>,
  gone: GoneMoney = { earnedMinor: 0n, passedOnMinor: 0n },
): RefundSplit {
  const fee = quote.parts.filter((line) => line.contract === "B" && line.kind === "operator_fee");
  const services = quote.parts.filter((line) => line.contract === "B" && line.kind !== "operator_fee");
  const { A, B } = quote.contracts;
  const ofA = above(A.refundMinor, asked.A + above(asked.B, B.refundMinor));
  const ofB = above(B.refundMinor, asked.B + above(asked.A, A.refundMinor));
  const keptFee = above(sumMinor(fee.map((line) => line.keptMinor)), gone.earnedMinor);
  const keptServices = above(sumMinor(services.map((line) => line.keptMinor)), gone.passedOnMinor);
  const freeServices = above(free.servicesMinor, keptServices);
  const freeFee = above(free.feeMinor, keptFee);
  const servicesMinor = least(above(ofB, freeFee), freeServices);
  return { treatmentMinor: ofA, servicesMinor, feeMinor: ofB - servicesMinor };
}

interface CountedRefund {
  /** Null for the fee of a second opinion. */
  bookingId: string | null;
  cause: string;
  quote: unknown;
  proposedById: string | null;
}

export type SumReason = "fee" | "doubled" | "change" | "bill" | "rules" | "whole" | "named";

/** Where the sum of a refund comes from, for whoever approves it. */
export function sumReasonOf({ bookingId, cause, quote, proposedById }: CountedRefund): SumReason {
  if (cause === "duplicate") return "doubled";
  if (bookingId === null) return "fee";
  if (cause === CHANGE_ORDER) return "change";
  if (cause === SURPLUS) return "bill";
  if (isByRules(quote)) return "rules";
  return proposedById === null ? "whole" : "named";
}

function above(one: bigint, other: bigint): bigint {
  return one > other ? one - other : 0n;
}
