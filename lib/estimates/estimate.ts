import type { Outcome } from "@/lib/kernel/outcome";
import { done, refused } from "@/lib/kernel/outcome";
import type { Day } from "@/lib/kernel/day";
import { sumMinor } from "@/lib/kernel/money";

export const ESTIMATE_STATES = ["draft", "sent", "accepted", "rejected", "superseded", "expired"] as const;
export type EstimateState = (typeof ESTIMATE_STATES)[number];

export type EstimateEvent = "send" | "accept" | "reject" | "replace" | "expire";

interface Edge {
  from: EstimateState;
  event: EstimateEvent;
  to: EstimateState;
  who: "coordinator" | "patient" | "clock";
}

/** Everything that may happen to an estimate. What is not listed cannot happen. */
export const ESTIMATE_EDGES: readonly Edge[] = [
  { from: "draft", event: "send", to: "sent", who: "coordinator" },
  { from: "draft", event: "replace", to: "superseded", who: "coordinator" },
  { from: "sent", event: "accept", to: "accepted", who: "patient" },
  { from: "sent", event: "reject", to: "rejected", who: "patient" },
  { from: "sent", event: "replace", to: "superseded", who: "coordinator" },
  { from: "sent", event: "expire", to: "expired", who: "clock" },
  { from: "accepted", event: "replace", to: "superseded", who: "coordinator" },
];

/** The state after an event, or a refusal when the event cannot happen in this state. */
export function afterEvent(
  state: EstimateState,
  event: EstimateEvent,
): Outcome<EstimateState, "illegal_transition"> {
  const edge = ESTIMATE_EDGES.find((candidate) => candidate.from === state && candidate.event === event);
  return edge ? done(edge.to) : refused("illegal_transition", { from: state, event });
}

/** What people see: a sent estimate past its last day counts as expired, whether or not a job has said so. */
export function shownState(state: EstimateState, validUntil: Day, today: Day): EstimateState {
  return state === "sent" && validUntil < today ? "expired" : state;
}

/** Kinds of line the portal acts on; any other short word is only shown and charged. */
export const LINE_KINDS = [
  "treatment",
  "device",
  "workup",
  "stay",
  "transfer_arrival",
  "transfer_return",
  "interpreter",
  "medicine_supply",
  "translation",
  "visa",
  "hotel",
  "flight",
  "companion",
  "rehabilitation",
  "operator_fee",
  "other",
] as const;

const KIND_ALIASES: Readonly<Record<string, (typeof LINE_KINDS)[number]>> = {
  procedure: "treatment",
  surgery: "treatment",
  device_surcharge: "device",
  work_up: "workup",
  diagnostics: "workup",
  stay_days: "stay",
  hospital_stay: "stay",
  transfer: "transfer_arrival",
  airport_transfer: "transfer_arrival",
  arrival_transfer: "transfer_arrival",
  transfer_to_clinic: "transfer_arrival",
  return_transfer: "transfer_return",
  airport_return: "transfer_return",
  transfer_departure: "transfer_return",
  interpreting: "interpreter",
  interpretation: "interpreter",
  medicine: "medicine_supply",
  medicine_shipping: "medicine_supply",
  medication_shipping: "medicine_supply",
  shipping: "medicine_supply",
  shipment: "medicine_supply",
  translation_of_records: "translation",
  visa_papers: "visa",
  rehab: "rehabilitation",
  fee: "operator_fee",
  operators_fee: "operator_fee",
  service_fee: "operator_fee",
};

/** The portal's word for a kind of line, whatever near-synonym was sent. */
export function lineKind(word: string): string {
  return KIND_ALIASES[word] ?? word;
}

/** Three numbers for one thing, in minor units: what it may cost at least, will probably cost, may cost at most. */
export interface Range {
  lowMinor: bigint;
  expectedMinor: bigint;
  highMinor: bigint;
}

export type ContractKind = "A" | "B";

export interface CountedLine extends Range {
  contract: ContractKind;
  optional: boolean;
}

export interface Totals {
  /** The required lines: what the estimate is about. */
  required: Range;
  withOptional: Range;
  /** Required lines by contract: A with the hospital, B with the operator. */
  contracts: Record<ContractKind, Range>;
}

export function totalsOf(lines: readonly CountedLine[]): Totals {
  const required = lines.filter((line) => !line.optional);
  return {
    required: rangeOf(required),
    withOptional: rangeOf(lines),
    contracts: {
      A: rangeOf(required.filter((line) => line.contract === "A")),
      B: rangeOf(required.filter((line) => line.contract === "B")),
    },
  };
}

function rangeOf(lines: readonly Range[]): Range {
  return {
    lowMinor: sumMinor(lines.map((line) => line.lowMinor)),
    expectedMinor: sumMinor(lines.map((line) => line.expectedMinor)),
    highMinor: sumMinor(lines.map((line) => line.highMinor)),
  };
}

/** JSON with sorted keys and amounts as text: the same facts always give the same characters, so they can be hashed. */
export function canonicalJson(value: unknown): string {
  if (typeof value === "bigint") return `"${value}"`;
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const pairs = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(([one], [other]) => (one < other ? -1 : 1));
    return `{${pairs.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(",")}}`;
  }
  return JSON.stringify(value ?? null);
}

const POSITIVE = ["eligible", "eligible_with_conditions"];

/** Whether an answer of a centre may carry an estimate: two signatures, and a yes. */
export function mayCarryEstimate(review: {
  state: string;
  verdict: string | null;
  secondSignedAt: Date | null;
}): Outcome<null, "not_binding" | "verdict_not_positive"> {
  if (review.state !== "decided" || !review.secondSignedAt) return refused("not_binding");
  if (!review.verdict || !POSITIVE.includes(review.verdict)) return refused("verdict_not_positive");
  return done(null);
}
