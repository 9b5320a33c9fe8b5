import { addDays, addHours, dateOf, type Day, dayOf, daysBetween } from "@/lib/kernel/day";
import { type Refused, refused } from "@/lib/kernel/outcome";
import type { CaseStage } from "@/lib/cases/case";
import { isOffered } from "@/lib/estimates/offered-treatment";
import { isTreatment } from "@/lib/guides/treatment";
import { blocksTravel, type ReviewState } from "@/lib/reviews/review";

export const WAITING_STATES = ["waiting", "booked", "left", "lapsed"] as const;
export type WaitingState = (typeof WAITING_STATES)[number];
export const OFFER_STATES = ["open", "accepted", "declined", "lapsed", "withdrawn"] as const;
export type OfferState = (typeof OFFER_STATES)[number];

/**
 * How long an offered day is kept at most, in hours, all of them before that day; the database counts by the same number. A
 * near day is kept as long as it can be taken: there must be an hour left to sign and pay before the hold of it would end.
 */
export const OFFER_HOURS = 24;
/** After so many offers without a word an entry ends. A declined day is no silence, nor is one told of too late. */
export const SILENCES_MAX = 2;
/** Nobody waits for a day further away than this. */
const DAYS_AHEAD_MAX = 366;

export type NotJoined =
  | "not_accepted"
  | "illegal_transition"
  | "travel_blocked"
  | "reconfirm_needed"
  | "consent_withdrawn"
  | "hold_exists"
  | "invalid_treatment"
  | "invalid_window";

export interface JoinFacts {
  estimate: { state: string; answerState: ReviewState; answer: unknown; answerExpiresAt: Date | null };
  stage: CaseStage;
  /** What the estimate is for; anything where nobody has named it. */
  named: readonly string[];
  /** The case has a booking that stands, or its patient holds a day. */
  isBooked: boolean;
  wish: { treatment: string; fromOn: Day; toOn: Day };
}

/** Stages in which a day can be held, and so waited for. */
const WAITING_STAGES: readonly CaseStage[] = ["choosing", "contracting"];

/** Whether a day can be held or waited for where the case stands: the pages offer neither anywhere else. */
export function mayWait(stage: CaseStage): boolean {
  return WAITING_STAGES.includes(stage);
}

/** Why a case cannot wait for a day, apart from a day being free: that only the database knows. */
export function whyNotJoin(facts: JoinFacts, now: Date): Refused<NotJoined> | null {
  const { estimate, stage, named, isBooked, wish } = facts;
  if (estimate.state !== "accepted") return refused("not_accepted", { state: estimate.state });
  if (!mayWait(stage)) return refused("illegal_transition", { from: stage, event: "wait" });
  if (estimate.answerState === "withdrawn") return refused("consent_withdrawn");
  if (blocksTravel(estimate.answer)) return refused("travel_blocked");
  if (estimate.answerExpiresAt && estimate.answerExpiresAt <= now) return refused("reconfirm_needed");
  if (isBooked) return refused("hold_exists");
  if (!isTreatment(wish.treatment) || !isOffered(wish.treatment, named))
    return refused("invalid_treatment", { path: "treatment" });
  const today = dayOf(now);
  // Tomorrow begins before the hours of an offer are over: nobody is offered it, and nobody waits for it.
  if (wish.toOn < wish.fromOn || wish.toOn <= addDays(today, 1) || wish.toOn > addDays(today, DAYS_AHEAD_MAX))
    return refused("invalid_window", { path: "toOn" });
  return null;
}

/** Treatments a day can be waited for: what the estimate is for, or all the centre has days for where nobody has named it. */
export function treatmentsToWaitFor(
  days: readonly { treatment: string }[],
  offered: readonly string[],
): string[] {
  return offered.length > 0 ? [...offered] : [...new Set(days.map(({ treatment }) => treatment))].toSorted();
}

/**
 * Whether a day can still be offered to somebody who waits for these: each day is offered them once, taken or not, and none that
 * begins before the hours of an offer are over.
 */
export function hasDaysLeft(wish: { fromOn: Day; toOn: Day }, offeredOn: readonly Day[], now: Date): boolean {
  const soonest = addHours(now, OFFER_HOURS);
  const begun = dayOf(soonest);
  const earliest = dateOf(begun) < soonest ? addDays(begun, 1) : begun;
  const from = wish.fromOn > earliest ? wish.fromOn : earliest;
  if (from > wish.toOn) return false;
  const used = new Set(offeredOn.filter((on) => on >= from && on <= wish.toOn));
  return used.size <= daysBetween(from, wish.toOn);
}
