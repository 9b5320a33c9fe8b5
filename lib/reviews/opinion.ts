import { z } from "zod";
import { addBusinessDays, addHours, addMinutes } from "@/lib/kernel/day";
import { CURRENCIES, type Currency } from "@/lib/kernel/money";
import { contractAModeOf, type HoldingClinic } from "@/lib/clinics/held-money";
import type { CaseStage } from "@/lib/cases/case";
import { isEnded, stagesBefore } from "@/lib/cases/case";
import type { ReviewState } from "./review";

export const OPINION_STATES = [
  "awaiting_payment",
  "paid",
  "delivered",
  "released",
  "paid_out",
  "returned",
  "cancelled",
] as const;
export type OpinionState = (typeof OPINION_STATES)[number];

/** It may still be paid, answered or given back. */
export const RUNNING_STATES = ["awaiting_payment", "paid"] as const satisfies readonly OpinionState[];

/** What is bought, who gets it and when it comes back, as the page says it; a new wording is a new version. */
export const OPINION_TERMS = "2026-11";

/** What each centre takes: `{currency, answerDays, fees: {slug: minor units}}`. A centre without a fee offers none. */
export const OPINION_SETTING = "second_opinion";

export const ANSWER_DAYS = { min: 3, usual: 10, max: 30 } as const;
/** In minor units; what a card may be charged at most. */
export const FEE_MINOR_MAX = 99_999_999;

const kept = z.object({
  currency: z.enum(CURRENCIES),
  answerDays: z.int().min(ANSWER_DAYS.min).max(ANSWER_DAYS.max),
  fees: z.record(z.string(), z.int().min(1).max(FEE_MINOR_MAX)),
});

export interface OpinionFees {
  currency: Currency;
  answerDays: number;
  /** In minor units, by the slug of a centre. */
  fees: Readonly<Record<string, number>>;
}

/** What a setting keeps; no centre offers anything where nobody has set it. */
export function opinionFeesOf(value: unknown): OpinionFees {
  const read = kept.safeParse(value);
  return read.success ? read.data : { currency: "EUR", answerDays: ANSWER_DAYS.usual, fees: {} };
}

export interface Offer {
  feeMinor: bigint;
  currency: Currency;
  answerDays: number;
}

export interface OfferingClinic extends HoldingClinic {
  slug: string;
}

/** The fee is held until the centre has answered: only where the operator may hold a centre's money at all. */
export function mayHoldFee(clinic: HoldingClinic, now: Date): boolean {
  return contractAModeOf(clinic, now) === "held_by_operator";
}

/** What a second opinion of this centre costs; null where it offers none. */
export function offerOf(fees: OpinionFees, clinic: OfferingClinic, now: Date): Offer | null {
  const fee = Object.hasOwn(fees.fees, clinic.slug) ? fees.fees[clinic.slug] : undefined;
  if (fee === undefined || !mayHoldFee(clinic, now)) return null;
  return { feeMinor: BigInt(fee), currency: fees.currency, answerDays: fees.answerDays };
}

/** While a centre may be asked: records are complete or nearly so, and nothing is booked. */
export function mayAskOpinion(stage: CaseStage): boolean {
  return stage === "with_centres" || stagesBefore("with_centres").includes(stage);
}

const PAY_HOURS = 14 * 24;

/** An order nobody paid ends by itself. */
export function payByOf(askedAt: Date): Date {
  return addHours(askedAt, PAY_HOURS);
}

/** The day the centre's answer is due at the latest, from the moment the money is here. */
export function opinionDueAt(paidAt: Date, answerDays: number): Date {
  return addBusinessDays(paidAt, answerDays);
}

export interface OpinionFacts {
  state: OpinionState;
  payBy: Date;
  dueAt: Date | null;
  stage: CaseStage;
  /** The patient still lets this centre see the records. */
  hasConsent: boolean;
  review: { state: ReviewState; secondSignedAt: Date | null } | null;
}

export type OpinionFate =
  | { kind: "wait" }
  | { kind: "deliver"; at: Date }
  | { kind: "cancel" | "return"; cause: OpinionEnd };

export const OPINION_ENDS = [
  "not_paid",
  "called_off",
  "no_consent",
  "case_ended",
  "declined",
  "not_in_time",
  "disputed",
] as const;
export type OpinionEnd = (typeof OPINION_ENDS)[number];

/** A signature carries the moment it was asked for and is written a little later: so long the deadline waits for it. */
const WRITING_MINUTES = 2;

/**
 * What becomes of a second opinion now. Delivered is an answer two doctors signed within the deadline, whenever we look;
 * everything else gives the whole fee back as soon as it is sure that no such answer comes.
 */
export function fateOf(facts: OpinionFacts, now: Date): OpinionFate {
  const { state, payBy, dueAt, review } = facts;
  if (state === "awaiting_payment") {
    const cause = endOf(facts) ?? (payBy <= now ? "not_paid" : null);
    return cause ? { kind: "cancel", cause } : { kind: "wait" };
  }
  if (state !== "paid" || dueAt === null) return { kind: "wait" };
  // Readable since the second signature: a consent or a case that ends after it takes nothing back.
  const signedAt = review?.secondSignedAt ?? null;
  if (signedAt && signedAt <= dueAt) return { kind: "deliver", at: signedAt };
  if (review?.state === "declined" || review?.state === "expired")
    return { kind: "return", cause: "declined" };
  if (signedAt || addMinutes(dueAt, WRITING_MINUTES) <= now) return { kind: "return", cause: "not_in_time" };
  const cause = endOf(facts);
  return cause ? { kind: "return", cause } : { kind: "wait" };
}

function endOf({ stage, hasConsent, review }: OpinionFacts): OpinionEnd | null {
  // A case in which no centre made an offer is not over: that is when somebody wants another opinion.
  if (isEnded(stage) && stage !== "no_offer") return "case_ended";
  return hasConsent && review?.state !== "withdrawn" ? null : "no_consent";
}

/** Why an opinion cannot be paid now; null when it can. */
export function whyNotPayable(
  opinion: Pick<OpinionFacts, "state" | "payBy" | "stage" | "hasConsent">,
  now: Date,
): "already_paid" | "opinion_ended" | "no_consent" | "illegal_transition" | null {
  if (opinion.state === "cancelled" || opinion.state === "returned") return "opinion_ended";
  if (opinion.state !== "awaiting_payment") return "already_paid";
  if (opinion.payBy <= now) return "opinion_ended";
  if (!opinion.hasConsent) return "no_consent";
  return mayAskOpinion(opinion.stage) ? null : "illegal_transition";
}
