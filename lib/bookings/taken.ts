import { allocate, sumMinor } from "@/lib/kernel/money";
import type { ContractKind } from "./payment-plan";

/** What of the money paid a payer's bank took back, or asks for. */
export interface TakenMoney {
  /** Back with the payer by a lost dispute, and not paid again since. */
  lostMinor: bigint;
  /** Under dispute: until it ends it goes back no second way, and is not asked for again. */
  contestedMinor: bigint;
}

export const NOTHING_TAKEN: TakenMoney = { lostMinor: 0n, contestedMinor: 0n };

interface Portions {
  amountMinor: bigint;
  contractAMinor: bigint;
}

interface PaidItem {
  paidMinor: bigint;
  paidAMinor: bigint;
  /** What arrived for it, whatever became of it since. */
  payments: readonly (Portions & { state: string })[];
}

/**
 * A payment as what is here and what is gone: where a payer's bank took a part of it, that and what went back before. Each
 * part has its share of contract A, and together they are the payment to the last unit.
 */
export function partsOf(payment: Portions & { state: string; refundedMinor: bigint; lostMinor: bigint }) {
  const { state, amountMinor, contractAMinor, refundedMinor, lostMinor } = payment;
  const goneMinor = refundedMinor + lostMinor;
  if (state !== "lost" || goneMinor >= amountMinor) return [{ state, amountMinor, contractAMinor }];
  const weights = [Number(contractAMinor), Number(amountMinor - contractAMinor)];
  const goneA = allocate(goneMinor, weights)[0] ?? 0n;
  return [
    { state, amountMinor: goneMinor, contractAMinor: goneA },
    { state: "won", amountMinor: amountMinor - goneMinor, contractAMinor: contractAMinor - goneA },
  ];
}

/** By contract: an instalment counts what it asks for, so what arrived beyond that stands for what was lost of it. */
export function takenOf(items: readonly PaidItem[]): Record<ContractKind, TakenMoney> {
  const sums = (of: (portions: Portions) => bigint): TakenMoney => {
    const each = items.map(({ paidMinor, paidAMinor, payments }) => {
      const within = (state: string) => sumMinor(payments.filter((one) => one.state === state).map(of));
      const lost = within("lost");
      const again = sumMinor(payments.map(of)) - of({ amountMinor: paidMinor, contractAMinor: paidAMinor });
      const left = again > 0n ? lost - again : lost;
      return { lost: left > 0n ? left : 0n, contested: within("disputed") };
    });
    return {
      lostMinor: sumMinor(each.map(({ lost }) => lost)),
      contestedMinor: sumMinor(each.map(({ contested }) => contested)),
    };
  };
  return {
    A: sums(({ contractAMinor }) => contractAMinor),
    B: sums(({ amountMinor, contractAMinor }) => amountMinor - contractAMinor),
  };
}

/** What of a sum that was paid too much can go back: without what a payer's bank took or asks for. */
export function hereOf(paidMinor: bigint, { lostMinor, contestedMinor }: TakenMoney): bigint {
  const takenMinor = lostMinor + contestedMinor;
  return paidMinor > takenMinor ? paidMinor - takenMinor : 0n;
}

export interface StandingMoney {
  /** Here, and nobody else asks for it. */
  paidMinor: bigint;
  contestedMinor: bigint;
  takenMinor: bigint;
}

export function standingOf(paidMinor: bigint, taken: TakenMoney): StandingMoney {
  const { lostMinor, contestedMinor } = taken;
  return { paidMinor: hereOf(paidMinor, taken), contestedMinor, takenMinor: lostMinor + contestedMinor };
}
