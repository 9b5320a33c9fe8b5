import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { dayOf } from "@/lib/kernel/day";
import { moneyView } from "@/lib/kernel/money";
import {
  type CountedLine,
  ESTIMATE_STATES,
  type EstimateState,
  type Range,
  shownState,
  totalsOf,
} from "./estimate";
import { acceptEstimateForm, draftEstimateForm, editEstimateForm, rejectEstimateForm } from "./forms";
import { keptRatesSchema } from "./kept-rates";

export const moneySchema = z.object({ amount: z.int(), currency: z.string() });
const rangeSchema = z.object({ low: moneySchema, expected: moneySchema, high: moneySchema });

export const lineViewSchema = z.object({
  id: z.uuid(),
  position: z.int(),
  contract: z.enum(["A", "B"]),
  kind: z.string(),
  label: z.string().nullable(),
  quantity: z.number(),
  unit: z.string(),
  low: moneySchema,
  expected: moneySchema,
  high: moneySchema,
  cause: z.string(),
  optional: z.boolean(),
  taxBp: z.int(),
  options: z.record(z.string(), z.unknown()).nullable(),
});

export const estimateViewSchema = z.object({
  id: z.uuid(),
  reviewId: z.uuid(),
  caseId: z.uuid(),
  clinic: z.string(),
  clinicName: z.string(),
  version: z.int(),
  state: z.enum(ESTIMATE_STATES),
  currency: z.string(),
  validUntil: z.string(),
  lines: z.array(lineViewSchema),
  exclusions: z.array(z.string()),
  assumptions: z.array(z.string()),
  totals: rangeSchema,
  totalsWithOptional: rangeSchema,
  contracts: z.object({ A: rangeSchema, B: rangeSchema }),
  hash: z.string().nullable(),
  rejectReason: z.string().nullable(),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
  answeredAt: z.string().nullable(),
  sentRates: keptRatesSchema
    .nullable()
    .describe(
      "What one euro was worth in each currency when the estimate was sent; null for a draft and where nobody kept it. Only to show sums in another currency.",
    ),
});
export type EstimateView = z.output<typeof estimateViewSchema>;

export interface LineShown extends CountedLine {
  id: string;
  position: number;
  kind: string;
  label: string | null;
  quantity: { toString(): string };
  unit: string;
  cause: string;
  taxBp: number;
  options: unknown;
}

export interface EstimateShown {
  id: string;
  reviewId: string;
  caseId: string;
  clinic: { slug: string; name: string };
  version: number;
  state: EstimateState;
  currency: string;
  validUntil: Date;
  lines: readonly LineShown[];
  exclusions: string[];
  assumptions: string[];
  hash: string | null;
  rejectReason: string | null;
  createdAt: Date;
  sentAt: Date | null;
  answeredAt: Date | null;
  sentRates: unknown;
}

function rangeView(range: Range, currency: string) {
  return {
    low: moneyView(range.lowMinor, currency),
    expected: moneyView(range.expectedMinor, currency),
    high: moneyView(range.highMinor, currency),
  };
}

export function lineView(line: LineShown, currency: string): z.output<typeof lineViewSchema> {
  const { id, position, contract, kind, label, unit, cause, optional, taxBp } = line;
  const options = typeof line.options === "object" ? (line.options as Record<string, unknown> | null) : null;
  const quantity = Number(line.quantity.toString());
  return {
    id,
    position,
    contract,
    kind,
    label,
    quantity,
    unit,
    cause,
    optional,
    taxBp,
    options,
    ...rangeView(line, currency),
  };
}

/** An estimate as the API and the screens show it, on the day of `now`. */
export function estimateView(row: EstimateShown, now: Date): EstimateView {
  const { id, reviewId, caseId, version, currency, exclusions, assumptions, hash, rejectReason } = row;
  const validUntil = dayOf(row.validUntil);
  const totals = totalsOf(row.lines);
  return {
    ...{ id, reviewId, caseId, version, currency, exclusions, assumptions, hash, rejectReason, validUntil },
    clinic: row.clinic.slug,
    clinicName: row.clinic.name,
    state: shownState(row.state, validUntil, dayOf(now)),
    lines: row.lines.map((line) => lineView(line, currency)),
    totals: rangeView(totals.required, currency),
    totalsWithOptional: rangeView(totals.withOptional, currency),
    contracts: { A: rangeView(totals.contracts.A, currency), B: rangeView(totals.contracts.B, currency) },
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    answeredAt: row.answeredAt?.toISOString() ?? null,
    sentRates: keptRatesSchema.nullable().parse(row.sentRates),
  };
}

/** The newest earlier version of the same centre's estimate that was sent; null for the first. */
export function versionBefore(
  all: readonly EstimateView[],
  { reviewId, version }: EstimateView,
): EstimateView | null {
  const earlier = all.filter(
    (one) => one.reviewId === reviewId && one.version < version && one.sentAt !== null,
  );
  return earlier.toSorted((one, other) => other.version - one.version)[0] ?? null;
}

const shown = { description: "The estimate.", schema: estimateViewSchema };
const list = z.object({ items: z.array(estimateViewSchema), next: z.string().nullable() });

export const estimatesApi: ApiOperation[] = [
  {
    method: "post",
    path: "/reviews/{id}/estimates",
    tag: "Estimates",
    summary: "Draft the next version of an estimate on a binding yes",
    roles: ["coordinator"],
    body: draftEstimateForm,
    answers: {
      201: {
        ...shown,
        description: "The draft. Amounts are per line, for its whole quantity, tax included.",
      },
    },
    refusals: [
      "not_binding",
      "verdict_not_positive",
      "illegal_transition",
      "forbidden",
      "invalid_device",
      "invalid_twin",
      "invalid_supply_mode",
      "supply_rules_old",
      "invalid_valid_until",
    ],
  },
  {
    method: "get",
    path: "/cases/{id}/estimates",
    tag: "Estimates",
    summary: "The estimates of a case, newest first",
    roles: ["patient", "coordinator", "clinic_manager", "clinic_reviewer"],
    answers: { 200: { description: "All of them.", schema: list } },
  },
  {
    method: "get",
    path: "/estimates/{id}",
    tag: "Estimates",
    summary: "One estimate",
    roles: ["patient", "coordinator", "finance", "clinic_manager", "clinic_reviewer"],
    answers: { 200: shown },
  },
  {
    method: "patch",
    path: "/estimates/{id}",
    tag: "Estimates",
    summary: "Change a draft",
    roles: ["coordinator"],
    body: editEstimateForm,
    answers: { 200: shown },
    refusals: [
      "not_a_draft",
      "forbidden",
      "invalid_device",
      "invalid_twin",
      "invalid_supply_mode",
      "supply_rules_old",
      "invalid_valid_until",
    ],
  },
  {
    method: "post",
    path: "/estimates/{id}/send",
    tag: "Estimates",
    summary: "Seal an estimate and show it to the patient",
    roles: ["coordinator"],
    answers: { 200: shown },
    refusals: [
      "not_a_draft",
      "no_required_line",
      "fee_without_sum",
      "invalid_twin",
      "invalid_supply_mode",
      "supply_rules_old",
      "not_binding",
      "verdict_not_positive",
      "illegal_transition",
      "forbidden",
    ],
  },
  {
    method: "post",
    path: "/estimates/{id}/accept",
    tag: "Estimates",
    summary: "Accept the version with this hash",
    roles: ["patient"],
    body: acceptEstimateForm,
    answers: { 200: shown },
    refusals: [
      "hash_mismatch",
      "not_sent",
      "expired",
      "travel_blocked",
      "reconfirm_needed",
      "another_accepted",
      "payment_terms_changed",
      "forbidden",
    ],
  },
  {
    method: "post",
    path: "/estimates/{id}/reject",
    tag: "Estimates",
    summary: "Say no to an estimate",
    roles: ["patient"],
    body: rejectEstimateForm,
    answers: { 200: shown },
    refusals: ["not_sent", "forbidden"],
  },
];
