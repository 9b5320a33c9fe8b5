import { allocate, sumMinor, least } from "@/lib/kernel/money";
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

interface TakenPayment extends Portions {
  state: string;
  lostMinor: bigint;
  /** What its payer's bank still asks for. */
  openDisputes: readonly string[];
  /** What was set aside of it to go back, with the split it was calculated by. */
  refunds: readonly { amountMinor: bigint; quote: unknown }[];
}

/**
 * A payment as what is here and what is gone: where a payer's bank took a part of it, that part, and the rest, which it may ask
 * for too. What we gave back of it counts as asked back, never as taken. Each part has its share of contract A, and together
 * they are the payment to the last unit.
 */
export function partsOf(payment: TakenPayment) {
  const { state, amountMinor, contractAMinor } = payment;
  const lostMinor = least(payment.lostMinor, amountMinor);
  if (state !== "lost" || lostMinor === amountMinor) return [{ state, amountMinor, contractAMinor }];
  const lostA = lostOfA(payment, lostMinor);
  const rest = { amountMinor: amountMinor - lostMinor, contractAMinor: contractAMinor - lostA };
  return [
    { state, amountMinor: lostMinor, contractAMinor: lostA },
    { state: payment.openDisputes.length > 0 ? "disputed" : "won", ...rest },
  ];
}

/** The bank takes of what was still here of each contract; only what it took beyond that had gone back before. */
function lostOfA(payment: TakenPayment, lostMinor: bigint): bigint {
  const { backMinor, hereMinor, backA, hereA } = hereAndBack(payment);
  if (lostMinor <= hereMinor) return shareOfA(lostMinor, hereA, hereMinor);
  return hereA + shareOfA(lostMinor - hereMinor, backA, backMinor);
}

/** What the bank took of what was still here: without what it took a second time of what had gone back before. */
export function lostHere(payment: TakenPayment): Portions {
  const { hereMinor, hereA } = hereAndBack(payment);
  const amountMinor = least(payment.lostMinor, hereMinor);
  return { amountMinor, contractAMinor: shareOfA(amountMinor, hereA, hereMinor) };
}

function hereAndBack({ amountMinor, contractAMinor, refunds }: TakenPayment) {
  const backMinor = least(sumMinor(refunds.map((refund) => refund.amountMinor)), amountMinor);
  const backA = least(
    sumMinor(refunds.map((refund) => backOfA(refund, { amountMinor, contractAMinor }))),
    least(backMinor, contractAMinor),
  );
  // More of contract B than was paid of it went out of what was paid for A.
  const beyondB = backMinor - (amountMinor - contractAMinor);
  const ofA = beyondB > backA ? beyondB : backA;
  return { backMinor, hereMinor: amountMinor - backMinor, backA: ofA, hereA: contractAMinor - ofA };
}

/** What a refund took of contract A: as it was calculated, by its share where it was parted since, or by the payment's own. */
function backOfA({ amountMinor, quote }: { amountMinor: bigint; quote: unknown }, paid: Portions): bigint {
  const kept = keptSums(quote);
  if (!kept) return shareOfA(amountMinor, paid.contractAMinor, paid.amountMinor);
  const [ofA = 0n] = kept;
  const wholeMinor = sumMinor(kept);
  return wholeMinor <= amountMinor ? ofA : (ofA * amountMinor) / wholeMinor;
}

/** The split kept beside a refund: treatment, services, fee. */
function keptSums(quote: unknown): bigint[] | null {
  if (typeof quote !== "object" || quote === null) return null;
  const { treatment, services, fee } = quote as Record<string, unknown>;
  const texts = [treatment, services, fee].flatMap((text) =>
    typeof text === "string" && /^\d+$/.test(text) ? [text] : [],
  );
  return texts.length === 3 ? texts.map(BigInt) : null;
}

function shareOfA(amountMinor: bigint, ofA: bigint, wholeMinor: bigint): bigint {
  return amountMinor === 0n ? 0n : (allocate(amountMinor, [Number(ofA), Number(wholeMinor - ofA)])[0] ?? 0n);
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
