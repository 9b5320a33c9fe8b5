import { type Day, daysBetween } from "@/lib/kernel/day";
import type { OwnRule } from "@/lib/estimates/line-rule";
import { least, share, sumMinor } from "@/lib/kernel/money";
import { type CancellationBand, keptBpAt } from "@/lib/clinics/cancellation";
import type { ContractKind } from "./payment-plan";
import {
  allMatrices,
  type Bearer,
  type FeeSlice,
  matrixOf,
  OWN_RULES,
  type RefundMatrix,
  type Row,
  type Rule,
  sliceSums,
} from "./refund-matrix";
import { inSteps } from "./refund-steps";
import { NOTHING_TAKEN, type StandingMoney, standingOf, type TakenMoney } from "./taken";
import type { WITHDRAWAL } from "./withdrawal";

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

/** Where a booking ends for one of these under some version of the rules, nobody is asked for what was done and not paid. */
export const WAIVING_CAUSES: readonly string[] = [...new Set(allMatrices().flatMap(waivingOf))];

/** Where a booking ends for one of these under some version of the rules, what is earned of the fee is kept. */
export const FEE_KEEPING_CAUSES: readonly string[] = [...new Set(allMatrices().flatMap(keepingFee))];

/** Whether the rules of this version ask nobody for what was done and not paid. */
export function isWaiving(policyVersion: string, cause: string): boolean {
  return waivingOf(matrixOf(policyVersion)).includes(cause);
}

function keepingFee({ fixed, byPatient }: RefundMatrix): string[] {
  const ofPatient = byPatient.keepsFee ? ["patient_cancels", "no_show"] : [];
  return [...ofPatient, ...Object.entries(fixed).flatMap(([cause, row]) => (row.keepsFee ? [cause] : []))];
}

function waivingOf({ fixed }: RefundMatrix): string[] {
  return Object.entries(fixed).flatMap(([cause, row]) => (row.asksForMore ? [] : [cause]));
}

export interface RefundLine {
  lineId: string;
  kind: string;
  contract: ContractKind;
  amountMinor: bigint;
  delivered: boolean;
  /** What the service says of itself; nothing where the days of the house hold. */
  ownRule?: OwnRule | null;
  /** Cost the centre or supplier has proven for this line, none at all too; not there until there is a proof. */
  provenMinor?: bigint;
}

export interface RefundFacts {
  /** Whose rules count: those the booking was made under. */
  policyVersion: string;
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
  /** What goes back is a multiple of this; one minor unit in most currencies. */
  stepMinor?: bigint;
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

/**
 * What comes back if the booking ended on this day for this cause, by the rules of its version. Parts add up to the lines, line by
 * line. Throws a RangeError for a version nobody wrote.
 */
export function quoteRefund(facts: RefundFacts): RefundQuote {
  const daysBefore = daysBetween(facts.on, facts.treatmentOn);
  const matrix = matrixOf(facts.policyVersion);
  const row = rowOf(matrix, facts.cause, daysBefore, facts.bands);
  const fee = { slices: facts.deliveredSlices, shares: matrix.feeSlices };
  const parts = facts.lines.map((line) => partOf(line, row, fee, facts.cause));
  const isDirect = facts.contractAMode === "direct";
  const { paid, taken = { A: NOTHING_TAKEN, B: NOTHING_TAKEN } } = facts;
  const sums = {
    // Money for the hospital's own invoice never passed through here: nothing to give back, nothing to ask for.
    A: isDirect
      ? sumOf(parts, "A", standingOf(0n, NOTHING_TAKEN), false)
      : sumOf(parts, "A", standingOf(paid.A, taken.A), row.asksForMore),
    B: sumOf(parts, "B", standingOf(paid.B, taken.B), row.asksForMore),
  };
  const stepped = inSteps({ parts, contracts: sums }, facts.stepMinor ?? 1n);
  const total = added(stepped.contracts.A, stepped.contracts.B);
  return { cause: facts.cause, daysBefore, bornBy: row.bornBy, ...stepped, total };
}

function rowOf(
  matrix: RefundMatrix,
  cause: EndCause,
  daysBefore: number,
  bands: readonly CancellationBand[],
): Row {
  const { fixed, byPatient, serviceBands, lastServices, absentServices } = matrix;
  // Who does not come has cancelled on the day itself, whenever it is written down.
  if (cause === "no_show")
    return { ...byPatient, treatment: centreRule(matrix, bands, 0), services: absentServices };
  if (cause !== "patient_cancels") return fixed[cause];
  const services = serviceBands.find((band) => daysBefore >= band.fromDays)?.services ?? lastServices;
  return { ...byPatient, treatment: centreRule(matrix, bands, daysBefore), services };
}

function centreRule(
  { outsideBands }: RefundMatrix,
  bands: readonly CancellationBand[],
  daysBefore: number,
): Rule {
  const keptBp = keptBpAt(bands, daysBefore);
  if (keptBp === null) return outsideBands;
  return { refundBp: 10_000 - keptBp, lessProven: false, rule: "centre_policy" };
}

/** Which slices of the fee were delivered, and how much of it each is. */
interface EarnedFee {
  slices: readonly FeeSlice[];
  shares: Record<FeeSlice, number>;
}

function partOf(line: RefundLine, row: Row, fee: EarnedFee, cause: EndCause): RefundPart {
  const { lineId, kind, contract, amountMinor } = line;
  const kept = line.kind === "operator_fee" ? keptFee(line, row, fee) : keptOf(line, row, cause);
  return { lineId, kind, contract, amountMinor, ...kept, refundableMinor: amountMinor - kept.keptMinor };
}

type Kept = Pick<RefundPart, "keptMinor" | "keptBp" | "rule">;

function keptOf(line: RefundLine, row: Row, cause: EndCause): Kept {
  const { amountMinor, provenMinor } = line;
  if (line.delivered) return { keptMinor: amountMinor, keptBp: 10_000, rule: "delivered" };
  const { refundBp, lessProven, rule } = ruleOf(line, row, cause);
  if (lessProven && provenMinor !== undefined)
    return { keptMinor: least(provenMinor, amountMinor), keptBp: null, rule };
  return { keptMinor: amountMinor - share(amountMinor, refundBp), keptBp: 10_000 - refundBp, rule };
}

function ruleOf({ contract, kind, ownRule }: RefundLine, row: Row, cause: EndCause): Rule {
  const countsOwn = cause === "patient_cancels" || cause === "no_show";
  if (contract === "B") return ownRule && countsOwn ? OWN_RULES[ownRule] : row.services;
  return (kind === "workup" ? row.tests : null) ?? row.treatment;
}

function keptFee(line: RefundLine, row: Row, { slices, shares }: EarnedFee): Kept {
  if (!row.keepsFee) return { keptMinor: 0n, keptBp: 0, rule: "fee_waived" };
  const sums = sliceSums(line.amountMinor, shares);
  const kept = [...new Set(slices)];
  const percent = kept.reduce((sum, slice) => sum + shares[slice], 0);
  return {
    keptMinor: sumMinor(kept.map((slice) => sums[slice])),
    keptBp: percent * 100,
    rule: "delivered_slices",
  };
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
