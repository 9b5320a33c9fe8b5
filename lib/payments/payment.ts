import { addMinutes } from "@/lib/kernel/day";
import { isChargeable } from "@/lib/bookings/chargeable";
import { openOf, whyNotPart } from "@/lib/bookings/part";
import { isUnderDispute } from "@/lib/bookings/taken";

/** An instalment falls due this many days before its day: from then on the patient hears of it and pays it. */
export const NOTICE_DAYS = 7;

/** What somebody of finance, or the owner of a case, is asked to look at about money. */
export const MONEY_TASKS = [
  "unmatched_payment",
  "approve_refund",
  "refund_failed",
  "refund_by_bank",
  "payment_disputed",
  "payment_stuck",
  "transfer_announced",
  "contract_withdrawn",
  "refund_refused",
  "settle_bill",
  "bill_late",
  "surplus_late",
  "release_to_return",
  "money_held",
  "dispute_unknown",
] as const;
export type MoneyTaskKind = (typeof MONEY_TASKS)[number];

export function isMoneyTask(kind: string): boolean {
  return (MONEY_TASKS as readonly string[]).includes(kind);
}

export const PAYMENT_STATES = [
  "created",
  "requires_action",
  "processing",
  "succeeded",
  "failed",
  "expired",
  "disputed",
  "won",
  "lost",
] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

/** Not decided yet: at most one such payment per instalment. */
export const OPEN_STATES = ["created", "requires_action", "processing"] as const satisfies PaymentState[];

/** From here money may still arrive: the provider has the last word, also after we gave up waiting. */
export const MAY_SUCCEED = [...OPEN_STATES, "failed", "expired"] as const satisfies PaymentState[];

/** The money was captured and is here; no bank asks for it, and none took it. */
export const STANDING_STATES = ["succeeded", "won"] as const satisfies PaymentState[];

/** Money of which something may go back: of what a bank took a part of, the rest, unless it asks for that too. */
export function mayGoBack() {
  return { state: { in: [...STANDING_STATES, "lost" as const] }, openDisputes: { isEmpty: true } };
}

/** Money a payer's bank asks for, whether or not it took a part of it before. */
export function underDispute() {
  return { OR: [{ state: "disputed" as const }, { openDisputes: { isEmpty: false } }] };
}

interface AskedFacts {
  state: PaymentState;
  openDisputes: readonly string[];
  lostMinor: bigint;
  lossSettledMinor: bigint;
}

/** Whether nothing of it is sent now: its payer's bank asks for it, or what it took has not paid yet what was owed. */
export function isAskedFor({ lostMinor, lossSettledMinor, ...payment }: AskedFacts): boolean {
  return isUnderDispute(payment) || lostMinor !== lossSettledMinor;
}

export interface DisputedPayment {
  state: string;
  openDisputes: readonly string[];
  endedDisputes: readonly string[];
}

/** Payments of before say only by their state how a dispute of theirs stands. */
export function hasNoNames({ openDisputes, endedDisputes }: DisputedPayment): boolean {
  return openDisputes.length + endedDisputes.length === 0;
}

/** Whether the payer's bank has decided this question; of several about one payment each has its own end. */
export function hasEnded(payment: DisputedPayment, disputeId: string): boolean {
  return payment.endedDisputes.includes(disputeId) || (hasNoNames(payment) && payment.state === "won");
}

export function isOpen(state: PaymentState): boolean {
  return (OPEN_STATES as readonly PaymentState[]).includes(state);
}

export interface PayableFacts {
  item: {
    state: string;
    kind: string;
    contract: "A" | "B";
    contractAMinor: bigint;
    amountMinor: bigint;
    paidMinor: bigint;
    currency: string;
  };
  booking: { state: string; holdExpiresAt: Date | null; contractAMode: "direct" | "held_by_operator" };
  areContractsSigned: boolean;
}

export type NotPayable =
  | "already_paid"
  | "not_payable"
  | "booking_cancelled"
  | "not_signed"
  | "deposit_first"
  | "hold_expired"
  | "paid_to_clinic"
  | "deposit_in_one"
  | "invalid_part"
  | "amount_not_chargeable";

/** Why this sum of an instalment, or all that is open of it, cannot be paid by card now; null when it can. */
export function whyNotPayable(
  facts: PayableFacts,
  now: Date,
  askedMinor = openOf(facts.item),
): NotPayable | null {
  const { item, booking } = facts;
  if (item.state === "paid") return "already_paid";
  if (booking.state === "cancelled")
    return isPast(booking.holdExpiresAt, now) ? "hold_expired" : "booking_cancelled";
  if (item.state === "waived" || item.state === "cancelled") return "not_payable";
  if (booking.state === "held" || booking.state === "awaiting_deposit") {
    if (isPast(booking.holdExpiresAt, now)) return "hold_expired";
    if (booking.state === "held" || !facts.areContractsSigned) return "not_signed";
    if (item.kind !== "deposit") return "deposit_first";
  }
  if (booking.contractAMode === "direct" && item.contractAMinor > 0n) return "paid_to_clinic";
  return (
    whyNotPart(item, askedMinor) ?? (isChargeable(askedMinor, item.currency) ? null : "amount_not_chargeable")
  );
}

function isPast(at: Date | null, now: Date): boolean {
  return at !== null && at <= now;
}

/** The provider allows 30 minutes at least, by its own clock. */
const CHECKOUT_MINUTES = 31;
const HOLD_BEYOND_CHECKOUT_MINUTES = 5;
/** How much longer than its own time a hold may live because somebody is paying. */
const EXTENSION_MINUTES_MAX = 40;

export function checkoutExpiry(now: Date): Date {
  return addMinutes(now, CHECKOUT_MINUTES);
}

/** How many banking days a day is kept for money that is on its way through the bank. */
export const BANK_DAYS = 5;

/** What is left at least, of a day that was kept for a debit, to pay otherwise when the payer's bank has said no. */
const AFTER_DEBIT_MINUTES = 60;

interface HoldOfDebit {
  holdExpiresAt: Date;
  /** Until when it lasts without the debit that is, or was, on its way; null where there was none. */
  holdWithoutDebitAt: Date | null;
}

/**
 * Until when the hold must live so that it outlives the payment page; null when that would stretch it for ever.
 * `holdMinutes` is what a hold lasts without payment.
 */
export function extendedHold(
  booking: HoldOfDebit & { createdAt: Date },
  sessionExpiresAt: Date,
  holdMinutes: number,
): Date | null {
  const wanted = addMinutes(sessionExpiresAt, HOLD_BEYOND_CHECKOUT_MINUTES);
  if (wanted <= booking.holdExpiresAt) return booking.holdExpiresAt;
  const own = addMinutes(booking.createdAt, holdMinutes);
  const { holdWithoutDebitAt: left } = booking;
  const latest = addMinutes(left && left > own ? left : own, EXTENSION_MINUTES_MAX);
  return wanted <= latest ? wanted : null;
}

/** Until when a day is held once the debit it was kept for has failed: never longer than it was kept. */
export function holdAfterDebit({ holdExpiresAt, holdWithoutDebitAt }: HoldOfDebit, at: Date): Date {
  if (holdWithoutDebitAt === null) return holdExpiresAt;
  const least = addMinutes(at, AFTER_DEBIT_MINUTES);
  const until = holdWithoutDebitAt > least ? holdWithoutDebitAt : least;
  return until < holdExpiresAt ? until : holdExpiresAt;
}

/** What the provider says about a payment page, asked just now. */
export interface SessionFacts {
  id: string;
  status: string | null;
  paymentStatus: string;
  amountMinor: bigint | null;
  currency: string | null;
  paymentId: string | null;
  isLive: boolean;
  paymentIntentId: string | null;
  intentStatus: string | null;
}

export interface ExpectedPayment {
  id: string;
  amountMinor: bigint;
  currency: string;
  sessionId: string | null;
}

export type SessionVerdict =
  | { kind: "paid"; paymentIntentId: string | null }
  | { kind: "open" | "processing" | "failed" | "expired" }
  | { kind: "mismatch"; field: string };

/** Compares what was paid with what was asked. Only an exact match counts as paid. */
export function judgeSession(
  expected: ExpectedPayment,
  session: SessionFacts,
  isLive: boolean,
): SessionVerdict {
  const field = mismatchOf(expected, session, isLive);
  if (field) return { kind: "mismatch", field };
  if (session.status === "expired") return { kind: "expired" };
  if (session.paymentStatus === "paid") return { kind: "paid", paymentIntentId: session.paymentIntentId };
  if (session.status !== "complete") return { kind: "open" };
  // Complete and unpaid: a bank debit is on its way, or its bank said no.
  return { kind: session.intentStatus === "processing" ? "processing" : "failed" };
}

function mismatchOf(expected: ExpectedPayment, session: SessionFacts, isLive: boolean): string | null {
  if (session.paymentId !== expected.id) return "client_reference_id";
  if (expected.sessionId !== null && session.id !== expected.sessionId) return "session";
  if (session.isLive !== isLive) return "livemode";
  if (session.currency?.toUpperCase() !== expected.currency) return "currency";
  if (session.amountMinor !== expected.amountMinor) return "amount";
  return null;
}

/** The provider's own names for the money; a bank transfer has none. */
export interface ProviderRefs {
  sessionId?: string;
  paymentIntentId?: string | null;
}

/** What the provider has named; nothing it left out overwrites what is known. */
export function namesOf({ sessionId, paymentIntentId }: ProviderRefs) {
  return { ...(sessionId ? { sessionId } : {}), ...(paymentIntentId ? { paymentIntentId } : {}) };
}
