import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { sumMinor } from "@/lib/kernel/money";
import type { CaseStage } from "@/lib/cases/case";
import type { BookingState } from "./booking";

export const CHANGE_STATES = ["proposed", "accepted", "declined", "expired", "emergency_applied"] as const;
/** Why money goes back when less is owed than was paid; beside the refund matrix. */
export const CHANGE_ORDER = "change_order";

export type ChangeState = (typeof CHANGE_STATES)[number];
export type ChangeEvent = "accept" | "decline" | "expire" | "prove";

interface Edge {
  from: ChangeState;
  event: ChangeEvent;
  to: ChangeState;
  /** Whoever proposed it takes it back by declining it. */
  who: readonly ("patient" | "clinic" | "coordinator" | "clock")[];
}

/** Everything that may happen to a change. An emergency begins as applied and needs its proof afterwards. */
export const CHANGE_EDGES: readonly Edge[] = [
  { from: "proposed", event: "accept", to: "accepted", who: ["patient"] },
  { from: "proposed", event: "decline", to: "declined", who: ["patient", "clinic", "coordinator"] },
  { from: "proposed", event: "expire", to: "expired", who: ["clock"] },
  { from: "emergency_applied", event: "prove", to: "emergency_applied", who: ["coordinator"] },
  // No proof came: nothing of it counts.
  { from: "emergency_applied", event: "decline", to: "declined", who: ["coordinator"] },
];

/** The state after an event, or a refusal when the event cannot happen in this state. */
export function afterEvent(
  state: ChangeState,
  event: ChangeEvent,
): Outcome<ChangeState, "illegal_transition"> {
  const edge = CHANGE_EDGES.find((candidate) => candidate.from === state && candidate.event === event);
  return edge ? done(edge.to) : refused("illegal_transition", { from: state, event });
}

/** Why what was agreed changes; the words of whoever proposes it stand beside it. */
export const CHANGE_REASONS = [
  "findings_on_site",
  "other_device",
  "complication",
  "longer_stay",
  "extra_tests",
  "less_needed",
  "patient_wish",
  "price_error",
  "other",
] as const;
export type ChangeReason = (typeof CHANGE_REASONS)[number];

export const ANSWER_HOURS = { least: 24, usual: 72, most: 336 } as const;

/** A proof is asked for within this time; until it stands nothing of the price counts. */
export const PROOF_HOURS = 72;

const CHANGING: readonly CaseStage[] = [
  "preparing",
  "on_site",
  "treated",
  "discharged",
  "settling",
  "aftercare",
];
/** Only a patient who is with the centre, or just was, cannot be asked. */
const EMERGING: readonly CaseStage[] = ["on_site", "treated", "discharged"];

/** Whether what is booked may change now: from the confirmed date until the case ends. */
export function mayChange(state: BookingState, stage: CaseStage): boolean {
  return (state === "confirmed" || state === "completed") && CHANGING.includes(stage);
}

export function mayBeEmergency(state: BookingState, stage: CaseStage): boolean {
  return mayChange(state, stage) && EMERGING.includes(stage);
}

/** A proposal past its time counts as expired, whether or not a job has said so. For showing only. */
export function shownState(state: ChangeState, expiresAt: Date | null, now: Date): ChangeState {
  return state === "proposed" && expiresAt !== null && expiresAt <= now ? "expired" : state;
}

export type ChangeKind = "added" | "dearer" | "cheaper" | "dropped";

export interface ChangedLine {
  fromMinor: bigint;
  toMinor: bigint;
  /** Null for a line nobody had booked before. */
  serviceId: string | null;
}

export function kindOf({ fromMinor, toMinor, serviceId }: ChangedLine): ChangeKind {
  if (serviceId === null) return "added";
  if (toMinor === 0n) return "dropped";
  return toMinor > fromMinor ? "dearer" : "cheaper";
}

/** One service of the contract as it is booked now. */
export interface BookedLine {
  amountMinor: bigint;
  /** The most it may cost by the accepted estimate; null for a line an agreed change has added. */
  highMinor: bigint | null;
}

interface BookedService {
  amountMinor: bigint;
  line: { contract: "A" | "B"; highMinor: bigint | null };
}

/** The services of one contract as the ceiling is reckoned from them. */
export function bookedLines(services: readonly BookedService[], contract: "A" | "B"): BookedLine[] {
  return services
    .filter(({ line }) => line.contract === contract)
    .map(({ amountMinor, line }) => ({ amountMinor, highMinor: line.highMinor }));
}

/**
 * The most the patient has accepted for a contract: the upper numbers of the lines still booked, or what is booked now
 * where a change above them was agreed.
 */
export function ceilingOf(lines: readonly BookedLine[]): bigint {
  const kept = lines.filter((line) => line.amountMinor > 0n);
  const highMinor = sumMinor(kept.map((line) => line.highMinor ?? line.amountMinor));
  const nowMinor = sumMinor(lines.map((line) => line.amountMinor));
  return highMinor > nowMinor ? highMinor : nowMinor;
}

export interface ChangeSums {
  fromMinor: bigint;
  toMinor: bigint;
  ceilingMinor: bigint;
}

/** The contract before and after the change, and the ceiling it is measured by. */
export function sumsOf(booked: readonly BookedLine[], changes: readonly ChangedLine[]): ChangeSums {
  const fromMinor = sumMinor(booked.map((line) => line.amountMinor));
  const toMinor = fromMinor + sumMinor(changes.map((line) => line.toMinor - line.fromMinor));
  return { fromMinor, toMinor, ceilingMinor: ceilingOf(booked) };
}

/** A price that rises above what the patient accepted as the most needs a yes of its own. */
export function isAboveCeiling({ fromMinor, toMinor, ceilingMinor }: ChangeSums): boolean {
  return toMinor > ceilingMinor && toMinor > fromMinor;
}
