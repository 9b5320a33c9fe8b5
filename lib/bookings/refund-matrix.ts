import { allocate } from "@/lib/kernel/money";
import type { OwnRule } from "@/lib/estimates/line-rule";
import { FREE_FROM_DAYS } from "@/lib/clinics/cancellation";
import type { EndCause } from "./refund-policy";

export type Bearer = "patient" | "clinic" | "operator" | "supplier" | "each_own";

/**
 * What comes back of one column: a share in basis points. Where the row goes by proven cost it is the share until there is a
 * proof, and then everything less what was proven.
 */
export interface Rule {
  refundBp: number;
  lessProven: boolean;
  rule: string;
}

export interface Row {
  treatment: Rule;
  services: Rule;
  /** The tests before the treatment, where they go by another rule than it does. */
  tests?: Rule;
  /** Whether the delivered slices of the operator's fee are kept. */
  keepsFee: boolean;
  /** Whether a shortfall may be asked of the patient's side. */
  asksForMore: boolean;
  bornBy: Bearer;
}

/** The operator's fee is earned in slices: papers issued, arrival, return, settlement. */
export type FeeSlice = "papers" | "arrival" | "return" | "settlement";

/** One version of the refund rules. Bookings keep the version they were made under, so a version never changes. */
export interface RefundMatrix {
  /** Causes that are the same on every day. */
  fixed: Record<Exclude<EndCause, "patient_cancels" | "no_show">, Row>;
  /** Where the patient cancels or does not come; of the treatment the centre keeps by its own bands. */
  byPatient: Pick<Row, "keepsFee" | "asksForMore" | "bornBy">;
  /** The services of who cancels: from this many days before treatment on, the longest first. */
  serviceBands: readonly { fromDays: number; services: Rule }[];
  /** Closer to the treatment than every band. */
  lastServices: Rule;
  /** The services of who does not come. */
  absentServices: Rule;
  /** The treatment where the centre has named no band for that day. */
  outsideBands: Rule;
  /** The share of the fee each slice is, in per cent. */
  feeSlices: Record<FeeSlice, number>;
}

const WHOLE: Rule = { refundBp: 10_000, lessProven: false, rule: "whole" };
const LESS_COST: Rule = { refundBp: 10_000, lessProven: true, rule: "less_proven_cost" };
const TESTS_DONE: Rule = { ...LESS_COST, rule: "tests_done" };
const HALF: Rule = { refundBp: 5_000, lessProven: false, rule: "half" };
const SUPPLIERS: Rule = { refundBp: 0, lessProven: true, rule: "supplier_rule" };

const FIRST: RefundMatrix = {
  fixed: {
    withdrawal: {
      ...{ treatment: WHOLE, services: WHOLE },
      ...{ keepsFee: true, asksForMore: true, bornBy: "patient" },
    },
    visa_refused: {
      ...{ treatment: WHOLE, services: LESS_COST },
      ...{ keepsFee: true, asksForMore: false, bornBy: "patient" },
    },
    centre_declines: {
      ...{ treatment: WHOLE, services: WHOLE },
      ...{ keepsFee: false, asksForMore: false, bornBy: "clinic" },
    },
    not_treatable: {
      ...{ treatment: WHOLE, services: WHOLE, tests: TESTS_DONE },
      ...{ keepsFee: true, asksForMore: false, bornBy: "patient" },
    },
    medical_deterioration: {
      ...{ treatment: WHOLE, services: LESS_COST },
      ...{ keepsFee: false, asksForMore: false, bornBy: "operator" },
    },
    death: {
      ...{ treatment: WHOLE, services: LESS_COST },
      ...{ keepsFee: false, asksForMore: false, bornBy: "operator" },
    },
    force_majeure: {
      ...{ treatment: WHOLE, services: WHOLE },
      ...{ keepsFee: false, asksForMore: false, bornBy: "each_own" },
    },
    operator_failure: {
      ...{ treatment: WHOLE, services: WHOLE },
      ...{ keepsFee: true, asksForMore: false, bornBy: "operator" },
    },
  },
  byPatient: { keepsFee: true, asksForMore: true, bornBy: "patient" },
  serviceBands: [
    { fromDays: FREE_FROM_DAYS, services: LESS_COST },
    { fromDays: 14, services: WHOLE },
    { fromDays: 7, services: HALF },
  ],
  lastServices: SUPPLIERS,
  absentServices: LESS_COST,
  outsideBands: LESS_COST,
  feeSlices: { papers: 25, arrival: 35, return: 20, settlement: 20 },
};

/**
 * The services of who cancels or does not come, on every day, where a service names a rule of its own. A line keeps the name it
 * was sealed with, whatever version its booking carries, so what a name means never changes: another meaning is another name.
 */
export const OWN_RULES: Readonly<Record<OwnRule, Rule>> = {
  whole: WHOLE,
  less_proven_cost: LESS_COST,
  half: { ...HALF, rule: "own_half" },
  supplier_rule: { ...SUPPLIERS, rule: "own_supplier_rule" },
};

/** The rules by the version bookings carry; two versions of the terms of payment may share them. */
const MATRICES: Readonly<Record<string, RefundMatrix>> = { "2026-11": FIRST, "2026-11b": FIRST };

/** The rules of one version. Throws a RangeError for one nobody wrote: no other rules are taken in its place. */
export function matrixOf(policyVersion: string): RefundMatrix {
  const matrix = MATRICES[policyVersion];
  if (!matrix) throw new RangeError(`Nobody has written refund rules of version ${policyVersion}.`);
  return matrix;
}

export function allMatrices(): RefundMatrix[] {
  return Object.values(MATRICES);
}

const SLICE_ORDER: readonly FeeSlice[] = ["papers", "arrival", "return", "settlement"];

/** The four slices of a fee, which add up to it to the last unit. */
export function sliceSums(feeMinor: bigint, shares: Record<FeeSlice, number>): Record<FeeSlice, bigint> {
  const [papers = 0n, arrival = 0n, back = 0n, settlement = 0n] = allocate(
    feeMinor,
    SLICE_ORDER.map((slice) => shares[slice]),
  );
  return { papers, arrival, return: back, settlement };
}
