import { type Day, daysBetween } from "@/lib/kernel/day";
import { allocate, least, share, sumMinor } from "@/lib/kernel/money";
import { type CancellationBand, FREE_FROM_DAYS, keptBpAt } from "@/lib/clinics/cancellation";
import type { ContractKind } from "./payment-plan";
import { NOTHING_TAKEN, type StandingMoney, standingOf, type TakenMoney } from "./taken";
import { WITHDRAWAL } from "./withdrawal";

/** Why a booking ends. Each has one row in the matrix below. */
export const CANCEL_CAUSES = [
  "patient_cancels",
  "visa_refused",
  "centre_declines",
  "not_treatable",
  "medical_deterioration",
  "death",
  "force_majeure",
  "operator_failure",
  "no_show",
] as const;
export type CancelCause = (typeof CANCEL_CAUSES)[number];

/** What a refund may be quoted for: a row of the matrix, or the withdrawal from contract B. */
export type EndCause = CancelCause | typeof WITHDRAWAL;

/** The causes a patient's side may name by itself. */
export const PATIENT_CAUSES = [
  "patient_cancels",
  "visa_refused",
  "medical_deterioration",
  "death",
  "force_majeure",
] as const satisfies readonly CancelCause[];

/**
 * What finance must have seen before money goes back for a cause. Whoever dies or cancels plainly proves nothing; the
 * centre's and our own failures are known to us.
 */
export const PROOFS = {
  visa_refused: "visa",
  medical_deterioration: "doctor",
  force_majeure: "border",
} as const satisfies Partial<Record<CancelCause, string>>;
export type Proof = (typeof PROOFS)[keyof typeof PROOFS];

export function proofFor(cause: string): Proof | null {
  return cause in PROOFS ? PROOFS[cause as keyof typeof PROOFS] : null;
}

export type Bearer = "patient" | "clinic" | "operator" | "supplier" | "each_own";

/**
 * What comes back of one column: a share in basis points. Where the row goes by proven cost it is the share until there is a
 * proof, and then everything less what was proven.
 */
interface Rule {
  refundBp: number;
  lessProven: boolean;
  rule: string;
}

interface Row {
  treatment: Rule;
  services: Rule;
  /** Whether the centre keeps the proven cost of the tests it has done, though nothing of the treatment. */
  lessTests?: true;
  /** Whether the delivered slices of the operator's fee are kept. */
  keepsFee: boolean;
  /** Whether a shortfall may be asked of the patient's side. */
  asksForMore: boolean;
  bornBy: Bearer;
}

const WHOLE: Rule = { refundBp: 10_000, lessProven: false, rule: "whole" };
const LESS_COST: Rule = { refundBp: 10_000, lessProven: true, rule: "less_proven_cost" };
const TESTS_DONE: Rule = { ...LESS_COST, rule: "tests_done" };

const FIXED: Record<Exclude<EndCause, "patient_cancels" | "no_show">, Row> = {
  [WITHDRAWAL]: { treatment: WHOLE, services: WHOLE, keepsFee: true, asksForMore: true, bornBy: "patient" },
  visa_refused: {
    treatment: WHOLE,
    services: LESS_COST,
    keepsFee: true,
    asksForMore: false,
    bornBy: "patient",
  },
  centre_declines: {
    treatment: WHOLE,
    services: WHOLE,
    keepsFee: false,
    asksForMore: false,
    bornBy: "clinic",
  },
  not_treatable: {
    treatment: WHOLE,
    services: WHOLE,
    lessTests: true,
    keepsFee: true,
    asksForMore: false,
    bornBy: "patient",
  },
  medical_deterioration: {
    treatment: WHOLE,
    services: LESS_COST,
    keepsFee: false,
    asksForMore: false,
    bornBy: "operator",
  },
  death: { treatment: WHOLE, services: LESS_COST, keepsFee: false, asksForMore: false, bornBy: "operator" },
  force_majeure: {
    treatment: WHOLE,
    services: WHOLE,
    keepsFee: false,
    asksForMore: false,
    bornBy: "each_own",
  },
  operator_failure: {
    treatment: WHOLE,
    services: WHOLE,
    keepsFee: true,
    asksForMore: false,
    bornBy: "operator",
  },
};

/** Where a booking ends for one of these, nobody is asked for what was done and not paid. */
export const WAIVING_CAUSES: readonly string[] = Object.entries(FIXED).flatMap(([cause, row]) =>
  row.asksForMore ? [] : [cause],
);

/** The bands of a patient's own cancellation for the services: from this many days before treatment on. */
const SERVICE_BANDS: readonly { fromDays: number; services: Rule }[] = [
  { fromDays: FREE_FROM_DAYS, services: LESS_COST },
  { fromDays: 14, services: WHOLE },
  { fromDays: 7, services: { refundBp: 5_000, lessProven: false, rule: "half" } },
];
const LAST_SERVICES: Rule = { refundBp: 0, lessProven: true, rule: "supplier_rule" };

/** The operator's fee is earned in slices: papers issued, arrival, return, settlement. */
export const FEE_SLICES = { papers: 25, arrival: 35, return: 20, settlement: 20 } as const;
export type FeeSlice = keyof typeof FEE_SLICES;
const SLICE_ORDER: readonly FeeSlice[] = ["papers", "arrival", "return", "settlement"];

export interface RefundLine {
  lineId: string;
  kind: string;
  contract: ContractKind;
  amountMinor: bigint;
  delivered: boolean;
  /** Cost the centre or supplier has proven for this line, none at all too; not there until there is a proof. */
  provenMinor?: bigint;
}

export interface RefundFacts {
  cause: EndCause;
  on: Day;
  treatmentOn: Day;
  /** What the centre keeps, as the booking has kept it. */
  bands: readonly CancellationBand[];
  lines: readonly RefundLine[];
  deliveredSlices: readonly FeeSlice[];
  /** What was captured through the portal, by contract. */
  paid: Record<ContractKind, bigint>;
  /** What of it payers' banks took back, or ask for now. */
  taken?: Record<ContractKind, TakenMoney>;
  contractAMode: "direct" | "held_by_operator";
}

export interface RefundPart {
  lineId: string;
  kind: string;
  contract: ContractKind;
  amountMinor: bigint;
  refundableMinor: bigint;
  keptMinor: bigint;
  /** The share the rule keeps, in basis points; null where it keeps a sum that was proven. */
  keptBp: number | null;
  rule: string;
}

export interface RefundSum {
  amountMinor: bigint;
  refundableMinor: bigint;
  keptMinor: bigint;
  /** What was paid and is here: without what payers' banks took or ask for. */
  paidMinor: bigint;
  takenMinor: bigint;
  /** What goes back now. */
  refundMinor: bigint;
  /** What is still asked of the patient's side. */
  owedMinor: bigint;
}

export interface RefundQuote {
  cause: EndCause;
  daysBefore: number;
  bornBy: Bearer;
  parts: RefundPart[];
  contracts: Record<ContractKind, RefundSum>;
  total: RefundSum;
}

/** What comes back if the booking ended on this day for this cause. Parts add up to the lines, line by line. */
export function quoteRefund(facts: RefundFacts): RefundQuote {
  const daysBefore = daysBetween(facts.on, facts.treatmentOn);
  const row = rowOf(facts.cause, daysBefore, facts.bands);
  const parts = facts.lines.map((line) => partOf(line, row, facts.deliveredSlices));
  const isDirect = facts.contractAMode === "direct";
  const { paid, taken = { A: NOTHING_TAKEN, B: NOTHING_TAKEN } } = facts;
  const contracts = {
    // Money for the hospital's own invoice never passed through here: nothing to give back, nothing to ask for.
    A: isDirect
      ? sumOf(parts, "A", standingOf(0n, NOTHING_TAKEN), false)
      : sumOf(parts, "A", standingOf(paid.A, taken.A), row.asksForMore),
    B: sumOf(parts, "B", standingOf(paid.B, taken.B), row.asksForMore),
  };
  return {
    cause: facts.cause,
    daysBefore,
    bornBy: row.bornBy,
    parts,
    contracts,
    total: added(contracts.A, contracts.B),
  };
}

function rowOf(cause: EndCause, daysBefore: number, bands: readonly CancellationBand[]): Row {
  const usual = { keepsFee: true, asksForMore: true, bornBy: "patient" } as const;
  // Who does not come has cancelled on the day itself, whenever it is written down.
  if (cause === "no_show") return { ...usual, treatment: centreRule(bands, 0), services: LESS_COST };
  if (cause !== "patient_cancels") return FIXED[cause];
  const services = SERVICE_BANDS.find((band) => daysBefore >= band.fromDays)?.services ?? LAST_SERVICES;
  return { ...usual, treatment: centreRule(bands, daysBefore), services };
}

function centreRule(bands: readonly CancellationBand[], daysBefore: number): Rule {
  const keptBp = keptBpAt(bands, daysBefore);
  if (keptBp === null) return LESS_COST;
  return { refundBp: 10_000 - keptBp, lessProven: false, rule: "centre_policy" };
}

function partOf(line: RefundLine, row: Row, slices: readonly FeeSlice[]): RefundPart {
  const { lineId, kind, contract, amountMinor } = line;
  const kept = line.kind === "operator_fee" ? keptFee(line, row, slices) : keptOf(line, row);
  return { lineId, kind, contract, amountMinor, ...kept, refundableMinor: amountMinor - kept.keptMinor };
}

type Kept = Pick<RefundPart, "keptMinor" | "keptBp" | "rule">;

function keptOf(line: RefundLine, row: Row): Kept {
  const { amountMinor, provenMinor } = line;
  if (line.delivered) return { keptMinor: amountMinor, keptBp: 10_000, rule: "delivered" };
  const { refundBp, lessProven, rule } = ruleOf(line, row);
  if (lessProven && provenMinor !== undefined)
    return { keptMinor: least(provenMinor, amountMinor), keptBp: null, rule };
  return { keptMinor: amountMinor - share(amountMinor, refundBp), keptBp: 10_000 - refundBp, rule };
}

function ruleOf({ contract, kind }: RefundLine, row: Row): Rule {
  if (contract === "B") return row.services;
  return row.lessTests && kind === "workup" ? TESTS_DONE : row.treatment;
}

function keptFee(line: RefundLine, row: Row, slices: readonly FeeSlice[]): Kept {
  if (!row.keepsFee) return { keptMinor: 0n, keptBp: 0, rule: "fee_waived" };
  const sums = allocate(line.amountMinor, Object.values(FEE_SLICES));
  const kept = sums.filter((_, index) => slices.includes(SLICE_ORDER[index] ?? "settlement"));
  const percent = [...new Set(slices)].reduce((sum, slice) => sum + FEE_SLICES[slice], 0);
  return { keptMinor: sumMinor(kept), keptBp: percent * 100, rule: "delivered_slices" };
}

function sumOf(
  parts: readonly RefundPart[],
  contract: ContractKind,
  { paidMinor, contestedMinor, takenMinor }: StandingMoney,
  asksForMore: boolean,
): RefundSum {
  const own = parts.filter((part) => part.contract === contract);
  const keptMinor = sumMinor(own.map((part) => part.keptMinor));
  const coveredMinor = paidMinor + contestedMinor;
  return {
    amountMinor: sumMinor(own.map((part) => part.amountMinor)),
    refundableMinor: sumMinor(own.map((part) => part.refundableMinor)),
    keptMinor,
    ...{ paidMinor, takenMinor },
    refundMinor: paidMinor > keptMinor ? paidMinor - keptMinor : 0n,
    owedMinor: asksForMore && keptMinor > coveredMinor ? keptMinor - coveredMinor : 0n,
  };
}

function added(one: RefundSum, other: RefundSum): RefundSum {
  return {
    amountMinor: one.amountMinor + other.amountMinor,
    refundableMinor: one.refundableMinor + other.refundableMinor,
    keptMinor: one.keptMinor + other.keptMinor,
    paidMinor: one.paidMinor + other.paidMinor,
    takenMinor: one.takenMinor + other.takenMinor,
    refundMinor: one.refundMinor + other.refundMinor,
    owedMinor: one.owedMinor + other.owedMinor,
  };
}
