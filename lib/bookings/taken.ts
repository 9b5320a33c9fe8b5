import { allocate, least, most, sumMinor } from "@/lib/kernel/money";
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
  payments: readonly PaidParts[];
}

/** Why a refund ended that the payer has by a lost dispute of its payment: it is sent no second way. */
export const TAKEN_BY_BANK = "taken_by_bank";

interface TakenPayment extends Portions {
  state: string;
  lostMinor: bigint;
  /** What its payer's bank still asks for. */
  openDisputes: readonly string[];
  /** What was set aside of it to go back, or was until the bank paid it instead, with the split it was calculated by. */
  refunds: readonly GivenBack[];
}

interface GivenBack {
  state: string;
  amountMinor: bigint;
  quote: unknown;
  /** What the bank had taken of the payment when it was set aside. */
  lostBeforeMinor: bigint;
}

/** A payment and what of it is gone: what its payer's bank took, and what it asks for of the rest. */
export interface PaidParts extends Portions {
  lost: Portions;
  contested: Portions;
}

const NONE: Portions = { amountMinor: 0n, contractAMinor: 0n };

/**
 * What of a payment its payer's bank took or asks for, by contract. What we gave back of it counts as asked back: it is neither
 * asked for nor, as long as anything else was here, taken.
 */
export function partsOf(payment: TakenPayment): PaidParts {
  const { state, amountMinor, contractAMinor } = payment;
  const { paid, here, rest, back } = lossOf(payment, state === "lost" ? payment.lostMinor : 0n);
  const lost = plus(plus(paid, here), back);
  return { amountMinor, contractAMinor, lost, contested: isUnderDispute(payment) ? rest : NONE };
}

/** Whether its payer's bank asks for any of it. */
export function isUnderDispute({
  state,
  openDisputes,
}: Pick<TakenPayment, "state" | "openDisputes">): boolean {
  return state === "disputed" || openDisputes.length > 0;
}

/** What it brought to its instalment: what is lost of that, and all else. */
export function broughtOf(payment: TakenPayment) {
  const { lost } = partsOf(payment);
  return [
    { state: "lost", ...lost },
    { state: "won", ...minus(payment, lost) },
  ];
}

/** What the bank took of what was still here: without what it took a second time of what had gone back before. */
export function lostHere(payment: TakenPayment): Portions {
  const { paid, here } = lossOf(payment, payment.lostMinor);
  return plus(paid, here);
}

/** What of its loss paid refunds that ended by it: nobody lost that, and nobody is asked for it again. */
export function paidByLoss(payment: TakenPayment): Portions {
  return lossOf(payment, payment.state === "lost" ? payment.lostMinor : 0n).paid;
}

/**
 * A loss pays first the refunds that ended by it, each out of the contract it was of; then it is of what was here of each contract
 * when the bank took it; and only beyond that of what had gone back before. What was set aside after a loss came out of the rest,
 * and what it paid without having been set aside comes last out of what it took of that contract.
 */
function lossOf({ refunds, ...payment }: TakenPayment, lostMinor: bigint) {
  const whole = { amountMinor: payment.amountMinor, contractAMinor: payment.contractAMinor };
  const lossMinor = least(lostMinor, whole.amountMinor);
  const told = { paid: NONE, here: NONE, back: NONE, rest: whole, gone: NONE, owed: NONE, lossMinor: 0n };
  const takeUpTo = (mark: bigint) => {
    const paid = portionOf(mark - told.lossMinor, told.owed);
    told.rest = within(minus(told.rest, paid));
    const here = portionOf(mark - told.lossMinor - paid.amountMinor, told.rest);
    const back = portionOf(mark - told.lossMinor - paid.amountMinor - here.amountMinor, told.gone);
    Object.assign(told, {
      ...{ paid: plus(told.paid, paid), owed: minus(told.owed, paid), here: plus(told.here, here) },
      ...{ back: plus(told.back, back), gone: minus(told.gone, back), rest: minus(told.rest, here) },
      lossMinor: mark,
    });
  };
  for (const refund of refunds.filter((one) => !isOfBefore(one)).toSorted(byMark)) {
    takeUpTo(most(told.lossMinor, least(refund.lostBeforeMinor, lossMinor)));
    const given = givenOf(refund, whole, told.rest);
    if (refund.state === "refused") told.owed = plus(told.owed, given.asked);
    else Object.assign(told, { rest: minus(told.rest, given.left), gone: plus(told.gone, given.left) });
  }
  takeUpTo(lossMinor);
  for (const refund of refunds.filter(isOfBefore)) {
    const asked = { amountMinor: refund.amountMinor, contractAMinor: backOfA(refund, whole) };
    const paid = lesser(asked, plus(told.here, told.back));
    const here = lesser(paid, told.here);
    told.paid = plus(told.paid, paid);
    told.here = minus(told.here, here);
    told.back = minus(told.back, minus(paid, here));
  }
  return told;
}

/** Whether a loss of before it paid it: it was never set aside, and comes out of what that loss took of its contract. */
function isOfBefore({ state, quote }: GivenBack): boolean {
  return state === "refused" && typeof quote === "object" && quote !== null && "taken" in quote;
}

/** Of each contract the lesser. */
function lesser(one: Portions, other: Portions): Portions {
  const contractAMinor = least(one.contractAMinor, other.contractAMinor);
  const ofB = least(one.amountMinor - one.contractAMinor, other.amountMinor - other.contractAMinor);
  return { amountMinor: contractAMinor + ofB, contractAMinor };
}

const byMark = (one: GivenBack, other: GivenBack) =>
  one.lostBeforeMinor < other.lostBeforeMinor ? -1 : Number(one.lostBeforeMinor > other.lostBeforeMinor);

/** A refund as it was asked for, and as it left what was here: more of a contract than that went out of the other. */
function givenOf({ quote, ...refund }: GivenBack, whole: Portions, rest: Portions) {
  const amountMinor = least(refund.amountMinor, rest.amountMinor);
  const contractAMinor = backOfA({ amountMinor, quote }, whole);
  const beyondB = amountMinor - (rest.amountMinor - rest.contractAMinor);
  const leftA = most(beyondB, least(contractAMinor, least(rest.contractAMinor, amountMinor)));
  return { asked: { amountMinor, contractAMinor }, left: { amountMinor, contractAMinor: leftA } };
}

function plus(one: Portions, other: Portions): Portions {
  return {
    amountMinor: one.amountMinor + other.amountMinor,
    contractAMinor: one.contractAMinor + other.contractAMinor,
  };
}

function minus(one: Portions, other: Portions): Portions {
  return {
    amountMinor: one.amountMinor - other.amountMinor,
    contractAMinor: one.contractAMinor - other.contractAMinor,
  };
}

/** No contract has more than there is, or less than nothing. */
export function within({ amountMinor, contractAMinor }: Portions): Portions {
  return { amountMinor, contractAMinor: least(most(contractAMinor, 0n), amountMinor) };
}

/** So much of it, or all of it, with its share of contract A. */
function portionOf(wishedMinor: bigint, whole: Portions): Portions {
  const amountMinor = least(wishedMinor, whole.amountMinor);
  return { amountMinor, contractAMinor: shareOfA(amountMinor, whole.contractAMinor, whole.amountMinor) };
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
      const lost = sumMinor(payments.map((one) => of(one.lost)));
      const again = sumMinor(payments.map(of)) - of({ amountMinor: paidMinor, contractAMinor: paidAMinor });
      const left = again > 0n ? lost - again : lost;
      return { lost: most(left, 0n), contested: sumMinor(payments.map((one) => of(one.contested))) };
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
