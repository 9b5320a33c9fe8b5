import { allocate, isCurrency, share, sumMinor, least, most } from "@/lib/kernel/money";
import { within } from "./taken";
import { CHARGE_MOST, chargeLeast, chargeStep } from "./chargeable";
import type { PlanItemState } from "./payment-plan";

/** A part by card, and what it leaves, is at least a quarter of the instalment: four parts at most, none of a few cents. */
const PART_BP_MIN = 2_500;

/** What of an instalment is paid and what is asked, in all and of contract A. */
export interface PartlyPaid {
  kind: string;
  state: PlanItemState;
  amountMinor: bigint;
  contractAMinor: bigint;
  paidMinor: bigint;
  paidAMinor: bigint;
}

export function openOf({ amountMinor, paidMinor }: Pick<PartlyPaid, "amountMinor" | "paidMinor">): bigint {
  return amountMinor - paidMinor;
}

interface AskedInParts {
  kind: string;
  currency: string;
  amountMinor: bigint;
  paidMinor: bigint;
}

/**
 * The least and the most a part may be, each a sum a card takes; null where only all that is open can be paid. Of a sum
 * beyond one charge half a charge is enough for a part: whatever is left is a charge or can be parted again.
 */
export function partRange(item: AskedInParts): { leastMinor: bigint; mostMinor: bigint } | null {
  const { kind, currency } = item;
  if (kind === "deposit" || !isCurrency(currency)) return null;
  const step = chargeStep(currency);
  const quarter = least(share(item.amountMinor, PART_BP_MIN), CHARGE_MOST / 2n);
  const leastMinor = downTo(step, most(quarter, chargeLeast(currency)) + step - 1n);
  const mostMinor = downTo(step, least(openOf(item) - leastMinor, CHARGE_MOST));
  return mostMinor < leastMinor ? null : { leastMinor, mostMinor };
}

/** Why a card may not pay this much of an instalment; null when it may. All that is open may always be paid. */
export function whyNotPart(item: AskedInParts, askedMinor: bigint): "deposit_in_one" | "invalid_part" | null {
  if (askedMinor === openOf(item)) return null;
  // The day is kept for the whole deposit; half of one would hold nothing.
  if (item.kind === "deposit") return "deposit_in_one";
  const range = partRange(item);
  const fits = range && askedMinor >= range.leastMinor && askedMinor <= range.mostMinor;
  return fits ? null : "invalid_part";
}

/** A payment that arrived for an instalment. */
export interface Brought {
  state: string;
  amountMinor: bigint;
  contractAMinor: bigint;
}

export interface TakenPart {
  /** Of this payment. */
  contractAMinor: bigint;
  /** Of the instalment, afterwards. */
  state: PlanItemState;
  paidMinor: bigint;
  paidAMinor: bigint;
}

/**
 * What money does to an instalment, beside what others brought; null when it is more than is still asked. Contract A gets
 * its share of everything paid so far, so that after the last part each contract has its own to the last unit. What a
 * payer's bank took back leaves room for whoever pays again.
 */
export function takePart(
  item: PartlyPaid,
  amountMinor: bigint,
  brought: readonly Brought[],
): TakenPart | null {
  const kept = brought.filter((one) => one.state !== "lost");
  if (sumOf(kept) + amountMinor > item.amountMinor) return null;
  // Paid again in place of a loss: what is left of each contract begins it anew.
  const before =
    sumOf(brought) + amountMinor <= item.amountMinor
      ? brought
      : kept.map((one) => ({ ...one, ...within(one) }));
  const contractAMinor = shareOfA(item, amountMinor, before);
  const paidMinor = least(item.amountMinor, item.paidMinor + amountMinor);
  const isWhole = paidMinor === item.amountMinor;
  return {
    contractAMinor,
    state: isWhole ? "paid" : stateInPart(item.state),
    paidMinor,
    paidAMinor: isWhole ? item.contractAMinor : item.paidAMinor + contractAMinor,
  };
}

interface Pocketed {
  amountMinor: bigint;
  contractAMinor: bigint;
}

/**
 * How much of money that fills pockets again goes to contract A: what they got, and kept, is shared as the instalment is paid,
 * so that once all of it is there each contract has its own to the last unit, whatever was shared in between.
 */
export function refillA(
  paid: Pick<PartlyPaid, "paidMinor" | "paidAMinor">,
  pocketed: Pocketed,
  amountMinor: bigint,
): bigint {
  const { paidMinor, paidAMinor } = paid;
  if (paidMinor === 0n) return 0n;
  const weights = [Number(paidAMinor), Number(paidMinor - paidAMinor)];
  const wished = (allocate(pocketed.amountMinor + amountMinor, weights)[0] ?? 0n) - pocketed.contractAMinor;
  return most(0n, least(wished, amountMinor));
}

/** What fell away is not asked for again, and what is late stays late until all of it is there. */
function stateInPart(state: PlanItemState): PlanItemState {
  return state === "planned" || state === "due" ? "partially_paid" : state;
}

function shareOfA(item: PartlyPaid, amountMinor: bigint, before: readonly Brought[]): bigint {
  const beforeA = sumMinor(before.map((one) => one.contractAMinor));
  const beforeB = sumOf(before) - beforeA;
  const openA = item.contractAMinor - beforeA;
  const openB = item.amountMinor - item.contractAMinor - beforeB;
  const weights = [Number(item.contractAMinor), Number(item.amountMinor - item.contractAMinor)];
  const wished = (allocate(sumOf(before) + amountMinor, weights)[0] ?? 0n) - beforeA;
  // A change may have lowered one contract since: neither gets more than is open of it.
  return most(least(wished, least(openA, amountMinor)), most(0n, amountMinor - openB));
}

const sumOf = (list: readonly { amountMinor: bigint }[]) => sumMinor(list.map((one) => one.amountMinor));
const downTo = (step: bigint, amount: bigint) => amount - (amount % step);
