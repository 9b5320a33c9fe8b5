import { addDays, type Day } from "@/lib/kernel/day";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import type { ContractKind } from "./payment-plan";

interface PlanEffectFacts {
  contract: ContractKind;
  /** What goes through the portal more, or less, for this contract. */
  deltaMinor: bigint;
  items: readonly PlannedNow[];
}

export interface PlannedNow {
  id: string;
  position: number;
  dueOn: string;
  amountMinor: bigint;
  contractAMinor: bigint;
  /** Paid of it, in all and into contract A. */
  paidMinor: bigint;
  paidAMinor: bigint;
  state: string;
  /** Somebody is paying it at this moment. */
  isBeingPaid: boolean;
}

export interface LoweredItem {
  id: string;
  amountMinor: bigint;
  contractAMinor: bigint;
  /** What is left of it was paid before. */
  isPaid: boolean;
}

export interface PlanEffect {
  /** A new instalment. */
  instalmentMinor: bigint;
  /** Instalments not yet paid, as they are afterwards; one of nothing falls away. */
  lowered: LoweredItem[];
  loweredMinor: bigint;
  /** Paid already and more than is owed now: goes back. */
  refundMinor: bigint;
}

/** Instalments that are still to be paid. */
export const UNPAID = ["planned", "due", "partially_paid", "overdue"] as const;

const DAYS_TO_PAY = 14;
const BALANCE_DAYS_BEFORE = 14;

/** When what a change added is to be paid: with the balance, and never sooner than in two weeks. Care never waits for it. */
export function instalmentDay(treatmentOn: Day, today: Day): Day {
  const withBalance = addDays(treatmentOn, -BALANCE_DAYS_BEFORE);
  const soonest = addDays(today, DAYS_TO_PAY);
  return withBalance > soonest ? withBalance : soonest;
}

/**
 * What a change does to the payment plan. More is one new instalment; less comes off what is still to be paid, the last
 * instalment first, and only then back out of what was paid.
 */
export function planEffect(facts: PlanEffectFacts): Outcome<PlanEffect, "change_being_paid"> {
  const { contract, deltaMinor } = facts;
  if (deltaMinor >= 0n)
    return done({ instalmentMinor: deltaMinor, lowered: [], loweredMinor: 0n, refundMinor: 0n });
  let left = -deltaMinor;
  const lowered: LoweredItem[] = [];
  const open = facts.items
    .filter((item) => UNPAID.some((state) => state === item.state))
    .toSorted((one, other) => other.dueOn.localeCompare(one.dueOn) || other.position - one.position);
  for (const item of open) {
    const openAMinor = item.contractAMinor - item.paidAMinor;
    const portion = contract === "A" ? openAMinor : item.amountMinor - item.paidMinor - openAMinor;
    const less = portion < left ? portion : left;
    if (less === 0n) continue;
    // The payer sees the old sum on the payment page and would pay it.
    if (item.isBeingPaid) return refused("change_being_paid");
    left -= less;
    const contractAMinor = item.contractAMinor - (contract === "A" ? less : 0n);
    const amountMinor = item.amountMinor - less;
    const isPaid = item.paidMinor > 0n && item.paidMinor === amountMinor;
    lowered.push({ id: item.id, amountMinor, contractAMinor, isPaid });
  }
  return done({ instalmentMinor: 0n, lowered, loweredMinor: -deltaMinor - left, refundMinor: left });
}
