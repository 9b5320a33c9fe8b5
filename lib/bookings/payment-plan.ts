import { addDays, type Day } from "@/lib/kernel/day";
import { share, sumMinor } from "@/lib/kernel/money";
import { HOUSE_TERMS } from "@/lib/estimates/house-terms";

export type ContractKind = "A" | "B";

export const PLAN_ITEM_STATES = [
  "planned",
  "due",
  "partially_paid",
  "paid",
  "overdue",
  "waived",
  "cancelled",
] as const;
export type PlanItemState = (typeof PLAN_ITEM_STATES)[number];

export const BALANCE_DAYS_BEFORE = HOUSE_TERMS.balanceDaysBefore;

/** Money rules this plan and the refunds of the booking follow. A new rule is a new version. */
export const POLICY_VERSION = HOUSE_TERMS.version;

export interface PlanLine {
  contract: ContractKind;
  amountMinor: bigint;
}

export interface PlanFacts {
  lines: readonly PlanLine[];
  /** `direct`: the hospital is paid on its own invoice and contract A asks for nothing here. */
  contractAMode: "direct" | "held_by_operator";
  /** The centre's prepayment rule, in basis points of contract A. */
  prepaymentBp: number;
  /** The house's share that is paid at once, where it is another than today's. */
  depositBp?: number;
  /** How many days before the treatment the balances are due, where it is another number than today's. */
  balanceDaysBefore?: number;
  /** What a card takes is a multiple of this; one minor unit in most currencies. */
  stepMinor?: bigint;
  treatmentOn: Day;
  /** The day the hold ends: the deposit is due by then, if that is before the treatment. */
  depositDueOn: Day;
}

/** When an instalment falls due, as long as no day is chosen. */
export const DUE_RULES = ["on_signing", "before_treatment"] as const;
export type DueRule = (typeof DUE_RULES)[number];

/** What is paid at once: known from the lines and the centre's terms, before there is a day. */
export interface Instalment {
  kind: "deposit" | "balance";
  /** Whose money most of it is; a deposit may pay into both contracts. */
  contract: ContractKind;
  amountMinor: bigint;
  /** How much of it belongs to contract A. */
  contractAMinor: bigint;
  rule: DueRule;
}

export interface PlannedItem extends Omit<Instalment, "rule"> {
  dueOn: Day;
  state: "due" | "planned";
}

/** What goes through the portal, by contract, in minor units. */
export function portalTotals(
  facts: Pick<PlanFacts, "lines" | "contractAMode">,
): Record<ContractKind, bigint> {
  const total = (kind: ContractKind) =>
    sumMinor(facts.lines.filter((line) => line.contract === kind).map((line) => line.amountMinor));
  return { A: facts.contractAMode === "direct" ? 0n : total("A"), B: total("B") };
}

/**
 * Deposit, then the balances. They always add up to what goes through the portal. What no card takes of the whole is left to
 * the last one.
 */
export function instalmentsOf(
  facts: Pick<PlanFacts, "lines" | "contractAMode" | "prepaymentBp" | "depositBp" | "stepMinor">,
): Instalment[] {
  const totals = portalTotals(facts);
  const shares = depositOf(totals, facts.prepaymentBp, facts.depositBp ?? HOUSE_TERMS.depositBp);
  const deposit = inSteps(totals, shares, facts.stepMinor ?? 1n);
  const rest = { A: totals.A - deposit.A, B: totals.B - deposit.B };
  const rule = "before_treatment";
  const items: Instalment[] = [
    {
      kind: "deposit",
      contract: deposit.B > 0n ? "B" : "A",
      amountMinor: deposit.A + deposit.B,
      contractAMinor: deposit.A,
      rule: "on_signing",
    },
    { kind: "balance", contract: "B", amountMinor: rest.B, contractAMinor: 0n, rule },
    { kind: "balance", contract: "A", amountMinor: rest.A, contractAMinor: rest.A, rule },
  ];
  return items.filter((item) => item.amountMinor > 0n);
}

/**
 * The instalments with their days: the deposit by the end of the hold, the balances 14 days before treatment. Of a day so
 * near that these would be later, everything is due on the day before.
 */
export function planOf(facts: PlanFacts): PlannedItem[] {
  const last = addDays(facts.treatmentOn, -1);
  const depositOn = facts.depositDueOn < last ? facts.depositDueOn : last;
  const early = addDays(facts.treatmentOn, -(facts.balanceDaysBefore ?? BALANCE_DAYS_BEFORE));
  const balanceOn = early < depositOn ? depositOn : early;
  return instalmentsOf(facts).map(({ rule, ...item }) =>
    rule === "on_signing"
      ? { ...item, dueOn: depositOn, state: "due" }
      : { ...item, dueOn: balanceOn, state: "planned" },
  );
}

function depositOf(
  totals: Record<ContractKind, bigint>,
  prepaymentBp: number,
  depositBp: number,
): Record<ContractKind, bigint> {
  const deposit = { A: share(totals.A, prepaymentBp), B: share(totals.B, depositBp) };
  if (deposit.A + deposit.B > 0n) return deposit;
  // Something must be paid to keep a date: a fifth of whatever there is, at least one minor unit of it.
  const source: ContractKind = totals.B > 0n ? "B" : "A";
  const fifth = share(totals[source], depositBp);
  return { ...deposit, [source]: fifth === 0n && totals[source] > 0n ? 1n : fifth };
}

type Sums = Record<ContractKind, bigint>;

/**
 * A deposit a card takes, and where it pays into both contracts a balance of B that one takes too: each share becomes a few units
 * more, within its contract. Where neither has them the shares stay as they are.
 */
function inSteps(totals: Sums, deposit: Sums, stepMinor: bigint): Sums {
  const tried: Sums[] = [];
  if (deposit.A > 0n && deposit.B > 0n) {
    const B = upTo(deposit.B, totals.B, stepMinor);
    tried.push({ A: upTo(deposit.A, -B, stepMinor), B });
  }
  if (deposit.B > 0n) tried.push({ ...deposit, B: upTo(deposit.B, -deposit.A, stepMinor) });
  if (deposit.A > 0n) tried.push({ ...deposit, A: upTo(deposit.A, -deposit.B, stepMinor) });
  return tried.find(({ A, B }) => A <= totals.A && B <= totals.B) ?? deposit;
}

/** The least sum from this one on that leaves by the step what the other leaves. */
function upTo(fromMinor: bigint, likeMinor: bigint, stepMinor: bigint): bigint {
  const apartMinor = (likeMinor - fromMinor) % stepMinor;
  return fromMinor + (apartMinor < 0n ? apartMinor + stepMinor : apartMinor);
}
