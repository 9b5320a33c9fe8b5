import { allocate } from "@/lib/kernel/money";
import type { HeldMoney, RefundSplit } from "./ledger";

export const REFUND_STATES = ["calculated", "approved", "sent", "settled", "failed", "refused"] as const;
export type RefundState = (typeof REFUND_STATES)[number];

/** What a refund was calculated from, kept beside it as text so that the split is the one somebody approved. */
export interface KeptSplit {
  treatment: string;
  services: string;
  fee: string;
}

export function keptSplit(split: RefundSplit): KeptSplit {
  const { treatmentMinor, servicesMinor, feeMinor } = split;
  return { treatment: `${treatmentMinor}`, services: `${servicesMinor}`, fee: `${feeMinor}` };
}

export interface SplitFacts {
  amountMinor: bigint;
  /** The payment's part in contract A and the payment as a whole. */
  contractAMinor: bigint;
  paidMinor: bigint;
  held: HeldMoney;
}

/** The kept split, or without one the payment's own proportions: contract A by its share, B as services and fee are held. */
export function wishedSplit(kept: unknown, facts: SplitFacts): RefundSplit {
  if (isKeptSplit(kept)) {
    return {
      treatmentMinor: BigInt(kept.treatment),
      servicesMinor: BigInt(kept.services),
      feeMinor: BigInt(kept.fee),
    };
  }
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

function isKeptSplit(value: unknown): value is KeptSplit {
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
 * card that paid. The pockets are emptied in order: treatment, services, fee. What no payment covers is left out.
 */
export function spreadRefund(total: RefundSplit, payments: readonly RefundablePayment[]): PaymentRefund[] {
  const left = { ...total };
  const refunds: PaymentRefund[] = [];
  for (const { id, restMinor } of payments) {
    const split = { treatmentMinor: 0n, servicesMinor: 0n, feeMinor: 0n };
    let room = restMinor;
    for (const pocket of ["treatmentMinor", "servicesMinor", "feeMinor"] as const) {
      const taken = left[pocket] < room ? left[pocket] : room;
      split[pocket] = taken;
      left[pocket] -= taken;
      room -= taken;
    }
    const amountMinor = restMinor - room;
    if (amountMinor > 0n) refunds.push({ paymentId: id, amountMinor, split });
  }
  return refunds;
}

/** The columns of a refund quote this feature needs. */
interface QuoteFacts {
  parts: readonly { kind: string; contract: "A" | "B"; keptMinor: bigint }[];
  contracts: Record<"A" | "B", { refundMinor: bigint }>;
}

/**
 * Out of which pockets a quoted refund comes: what is kept of the fee stays there, as far as it was not earned and so is
 * held no more, and what was asked before is left out.
 */
export function refundOfQuote(
  quote: QuoteFacts,
  held: HeldMoney,
  askedMinor: bigint,
  earnedMinor = 0n,
): RefundSplit {
  const allKeptFee = quote.parts
    .filter((line) => line.contract === "B" && line.kind === "operator_fee")
    .reduce((sum, line) => sum + line.keptMinor, 0n);
  const keptFee = allKeptFee > earnedMinor ? allKeptFee - earnedMinor : 0n;
  const ofB = quote.contracts.B.refundMinor;
  const freeFee = held.feeMinor > keptFee ? held.feeMinor - keptFee : 0n;
  const feeMinor = freeFee < ofB ? freeFee : ofB;
  const total = { treatmentMinor: quote.contracts.A.refundMinor, servicesMinor: ofB - feeMinor, feeMinor };
  let asked = askedMinor;
  for (const pocket of ["treatmentMinor", "servicesMinor", "feeMinor"] as const) {
    const less = asked < total[pocket] ? asked : total[pocket];
    total[pocket] -= less;
    asked -= less;
  }
  return total;
}
