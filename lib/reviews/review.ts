import { addBusinessDays, addDays, addHours, dateOf, type Day } from "@/lib/kernel/day";
import type { CaseStage } from "@/lib/cases/case";

export const REVIEW_STATES = [
  "requested",
  "opened",
  "more_info",
  "decided",
  "declined",
  "expired",
  "withdrawn",
] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

export const VERDICTS = [
  "eligible",
  "eligible_with_conditions",
  "need_more_data",
  "not_eligible",
  "refer_elsewhere",
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** From which states a state may be entered. A colleague who disagrees reopens what is not yet binding. */
const ENTERED_FROM: Record<ReviewState, readonly ReviewState[]> = {
  requested: [],
  opened: ["requested", "more_info", "decided"],
  more_info: ["opened"],
  decided: ["opened"],
  declined: ["requested", "opened", "more_info"],
  expired: ["requested", "opened", "more_info"],
  withdrawn: ["requested", "opened", "more_info", "decided"],
};

export function mayBecome(from: ReviewState, to: ReviewState): boolean {
  return ENTERED_FROM[to].includes(from);
}

/** The centre will not treat: the patient gets a report of why, and where else to ask. */
export function isNegative(verdict: Verdict | null): boolean {
  return verdict === "not_eligible" || verdict === "refer_elsewhere";
}

/** The centre still owes an answer. */
export const OPEN_STATES = ["requested", "opened", "more_info"] as const satisfies readonly ReviewState[];

export function isOpen(state: ReviewState): boolean {
  return OPEN_STATES.some((open) => open === state);
}

export interface Answer {
  state: ReviewState;
  verdict: Verdict | null;
  secondSignedAt: Date | null;
}

/** Two doctors of the centre have signed. Before that an answer is preliminary and carries no estimate. */
export function isBinding(review: Pick<Answer, "state" | "secondSignedAt">): boolean {
  return review.state === "decided" && review.secondSignedAt !== null;
}

export function isPositive(verdict: Verdict | null): boolean {
  return verdict === "eligible" || verdict === "eligible_with_conditions";
}

/** What all answers of a case mean together: somebody would treat, somebody still owes an answer, or nobody would. */
export function outlookOf(answers: readonly Answer[]): "positive" | "waiting" | "negative" {
  if (answers.some((answer) => isBinding(answer) && isPositive(answer.verdict))) return "positive";
  const isPending = (answer: Answer) =>
    isOpen(answer.state) || (answer.state === "decided" && !isBinding(answer));
  return answers.some(isPending) ? "waiting" : "negative";
}

const ANSWER_BUSINESS_DAYS = 3;
/** How long an answer holds from its second signature, or from when it was last confirmed. */
export const ANSWER_VALID_DAYS = 90;
const EXPIRES_AFTER_BUSINESS_DAYS = 15;

export function dueAtOf(requestedAt: Date): Date {
  return addBusinessDays(requestedAt, ANSWER_BUSINESS_DAYS);
}

/** When a centre that never answered is no longer waited for. */
export function givenUpAt(requestedAt: Date): Date {
  return addBusinessDays(requestedAt, EXPIRES_AFTER_BUSINESS_DAYS);
}

export function answerExpiresAt(signedAt: Date): Date {
  return addHours(signedAt, ANSWER_VALID_DAYS * 24);
}

/** Whether an answer still holds on a day; one without an end holds on all of them. */
export function holdsOn(answerExpiresAt: Date | null, on: Day): boolean {
  return answerExpiresAt === null || answerExpiresAt > dateOf(on);
}

/** From which day on an answer that is confirmed reaches to this one. */
export function confirmableFrom(on: Day): Day {
  return addDays(on, 1 - ANSWER_VALID_DAYS);
}

/** Stages in which an answer still has to hold: the patient has yet to travel, or has not been treated. */
export const ANSWER_STAGES = [
  "collecting_records",
  "with_centres",
  "choosing",
  "contracting",
  "preparing",
  "on_site",
] as const satisfies readonly CaseStage[];

export function needsAnswer(stage: CaseStage): boolean {
  return ANSWER_STAGES.some((one) => one === stage);
}

export interface SignedAnswer extends Pick<Answer, "state" | "secondSignedAt"> {
  firstSignedAt: Date | null;
  answerExpiresAt: Date | null;
}

/** The moment up to which the doctors knew the records: their signature, or the last time they confirmed the answer. */
export function knowsUntil(answer: SignedAnswer): Date | null {
  const { firstSignedAt, secondSignedAt, answerExpiresAt } = answer;
  if (!secondSignedAt || !answerExpiresAt) return firstSignedAt;
  const confirmedAt = addHours(answerExpiresAt, -ANSWER_VALID_DAYS * 24);
  return confirmedAt > secondSignedAt ? confirmedAt : firstSignedAt;
}

/** A binding answer never lapses in silence: when it is old, or a record came after it, the centre is asked again. */
export function needsReconfirm(answer: SignedAnswer, newestRecordAt: Date | null, now: Date): boolean {
  if (!isBinding(answer)) return false;
  if (answer.answerExpiresAt && answer.answerExpiresAt <= now) return true;
  const known = knowsUntil(answer);
  return newestRecordAt !== null && known !== null && newestRecordAt > known;
}

export const URGENCIES = [
  "emergency",
  "within_2_weeks",
  "within_4_weeks",
  "within_3_months",
  "elective",
] as const;
export const FITNESS = ["yes", "with_oxygen", "with_escort", "no"] as const;

/**
 * An answer that forbids travelling: patient and owner are alarmed, and nothing is accepted, paid or booked on it.
 * Takes the stored answer as it is; what is no answer blocks nothing.
 */
export function blocksTravel(answer: unknown): boolean {
  if (typeof answer !== "object" || answer === null) return false;
  const { urgency, fitToTravel } = answer as { urgency?: unknown; fitToTravel?: unknown };
  return urgency === "emergency" || fitToTravel === "no";
}

/** Printed under every answer. */
export const DISCLAIMER =
  "Based on records only; the final decision is made after the examination on site." as const;
