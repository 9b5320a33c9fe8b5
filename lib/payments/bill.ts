import { addHours } from "@/lib/kernel/day";
import { sumMinor } from "@/lib/kernel/money";
import type { BookingState } from "@/lib/bookings/booking";
import { type CaseStage, ENDED, isEnded } from "@/lib/cases/case";

export const BILL_SOURCES = ["clinic", "letter"] as const;
export type BillSource = (typeof BILL_SOURCES)[number];

/** entered → confirmed | rejected by a second person; what the centre itself enters is confirmed from the start. */
export const BILL_STATES = ["entered", "confirmed", "rejected"] as const;
export type BillState = (typeof BILL_STATES)[number];

/** Why a billed line differs from what was agreed, or that it does not. */
export const BILL_CAUSES = [
  "as_estimated",
  "quantity_differs",
  "price_differs",
  "change_order",
  "not_in_estimate",
  "excluded",
  "not_delivered",
] as const;
export type BillCause = (typeof BILL_CAUSES)[number];

/** What an original invoice may be: a printed page or its picture. Judged by its bytes, never by its name. */
export const BILL_MEDIA = ["application/pdf", "image/jpeg", "image/png"] as const;
export const BILL_BYTES_MAX = 25 * 1_048_576;
export const BILL_LINES_MAX = 300;

/** Hospitals and suppliers bill within four weeks; after that nobody does by itself. */
export const BILLED_DAYS = 28;

const BILLED: readonly CaseStage[] = ["treated", "discharged", "settling", "aftercare"];
const SETTLED: readonly CaseStage[] = ["discharged", "settling", "aftercare", "deceased"];
/** A death ends the trip and not what was done before it: nothing else ends while a hospital may still bill. */
const BILLED_AFTER: CaseStage = "deceased";
/** At these nobody sends a bill any more. */
export const PAST_BILLING: readonly CaseStage[] = ENDED.filter((stage) => stage !== BILLED_AFTER);

/** What decides whether a hospital may bill a booking. */
export interface BilledBooking {
  state: BookingState;
  /** The treatment itself was reported as done. */
  isTreated: boolean;
}

/** Whether the treatment itself was done, by the services of a booking. */
export function wasTreated(services: readonly { kind: string; deliveredAt: Date | null }[]): boolean {
  return services.some(({ kind, deliveredAt }) => kind === "treatment" && deliveredAt !== null);
}

/** A hospital bills whom it has treated, until the case is closed; after a death as well, whatever became of the rest. */
export function mayBill({ state, isTreated }: BilledBooking, stage: CaseStage): boolean {
  const stands = state === "confirmed" || state === "completed";
  if (stage === BILLED_AFTER) return isTreated && (stands || state === "cancelled");
  return stands && BILLED.includes(stage);
}

/** The account is closed once the patient has left the hospital, or has died after the treatment. */
export function maySettle(booking: BilledBooking, stage: CaseStage): boolean {
  return mayBill(booking, stage) && SETTLED.includes(stage);
}

/** What an account waits for that may not be closed where booking and case stand now. */
export function whyNotYet(
  state: BookingState,
  stage: CaseStage,
): "not_confirmed" | "case_ended" | "not_discharged" | "not_treated" {
  if (state !== "confirmed" && state !== "completed") return "not_confirmed";
  if (isEnded(stage)) return "case_ended";
  return BILLED.includes(stage) ? "not_discharged" : "not_treated";
}

/** The account is closed and a surplus on its way back within this time after the final bill. */
export const SURPLUS_DAYS = 5;
/** Why money goes back when the final bill is lower than what was paid. */
export const SURPLUS = "surplus";

/** Whether an invoice may take the place of another: the hospital's own is replaced by nobody but the hospital. */
export function mayReplace(by: BillSource, other: { source: BillSource }): boolean {
  return by === "clinic" || other.source === "letter";
}

export interface VersionedBill {
  id: string;
  state: BillState;
  correctsId: string | null;
}

/** The bills that count: confirmed, and not corrected by another that counts. */
export function liveBills<Bill extends VersionedBill>(bills: readonly Bill[]): Bill[] {
  const confirmed = bills.filter((bill) => bill.state === "confirmed");
  const corrected = new Set(confirmed.map((bill) => bill.correctsId));
  return confirmed.filter((bill) => !corrected.has(bill.id));
}

export interface TimedBill extends VersionedBill {
  enteredAt: Date;
  /** When a second person confirmed what was taken from a letter. */
  checkedAt: Date | null;
}

/** When a bill began to count: at once from the hospital itself, with the second person's yes from a letter. */
export function countsFrom({ enteredAt, checkedAt }: TimedBill): Date {
  return checkedAt ?? enteredAt;
}

/**
 * By when the account is closed and what was paid too much is on its way back: five days after the final bill, or after the
 * patient left the hospital where the bill was there before. Null while no bill counts.
 */
export function backBy(bills: readonly TimedBill[], leftAt: Date | null): Date | null {
  const from = liveBills(bills).map(countsFrom);
  if (from.length === 0) return null;
  const latest = Math.max(...[...from, ...(leftAt ? [leftAt] : [])].map((at) => at.getTime()));
  return addHours(new Date(latest), SURPLUS_DAYS * 24);
}

/** Whether the lines are the total, to the last minor unit. */
export function addsUp(lines: readonly { amountMinor: bigint }[], totalMinor: bigint): boolean {
  return sumMinor(lines.map((line) => line.amountMinor)) === totalMinor;
}

/**
 * How a billed line that stands for no agreed one is spoken of. Where nothing of it waits and nothing is refused it lies
 * within the agreed sum and is owed, whatever the estimate called it.
 */
export function aloneWord(
  cause: BillCause,
  openMinor: bigint,
): "excluded" | "within_agreed" | "not_in_estimate" {
  if (cause === "excluded") return "excluded";
  return openMinor === 0n ? "within_agreed" : "not_in_estimate";
}
