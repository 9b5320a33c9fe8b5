import { addBusinessDays, addDays, type Day } from "@/lib/kernel/day";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { isStrangersName } from "./signature";

export const BOOKING_STATES = [
  "held",
  "awaiting_deposit",
  "awaiting_centre",
  "confirmed",
  "completed",
  "cancelled",
] as const;
export type BookingState = (typeof BOOKING_STATES)[number];

export type BookingEvent = "sign" | "pay" | "confirm" | "reschedule" | "complete" | "cancel" | "reclaim";

interface Edge {
  from: readonly BookingState[];
  event: BookingEvent;
  to: BookingState;
  who: readonly ("patient" | "clinic" | "coordinator" | "provider" | "clock")[];
}

/** Everything that may happen to a booking. `sign` is the second of the two signatures. */
export const BOOKING_EDGES: readonly Edge[] = [
  { from: ["held"], event: "sign", to: "awaiting_deposit", who: ["patient"] },
  { from: ["awaiting_deposit"], event: "pay", to: "awaiting_centre", who: ["provider"] },
  { from: ["awaiting_centre"], event: "confirm", to: "confirmed", who: ["clinic"] },
  // A hold nobody has signed for stays one.
  { from: ["held"], event: "reschedule", to: "held", who: ["patient", "coordinator"] },
  // The centre confirms the new day as it did the old one.
  {
    from: ["awaiting_centre", "confirmed"],
    event: "reschedule",
    to: "awaiting_centre",
    who: ["patient", "coordinator"],
  },
  { from: ["confirmed"], event: "complete", to: "completed", who: ["clinic", "coordinator"] },
  {
    from: ["held", "awaiting_deposit", "awaiting_centre", "confirmed"],
    event: "cancel",
    to: "cancelled",
    who: ["patient", "clinic", "coordinator", "clock"],
  },
  { from: ["cancelled"], event: "reclaim", to: "awaiting_centre", who: ["provider"] },
];

export function afterEvent(
  state: BookingState,
  event: BookingEvent,
): Outcome<BookingState, "illegal_transition"> {
  const edge = BOOKING_EDGES.find((candidate) => candidate.event === event && candidate.from.includes(state));
  return edge ? done(edge.to) : refused("illegal_transition", { from: state, event });
}

/** States whose slot goes back when the time runs out unpaid. */
export const EXPIRING: readonly BookingState[] = ["held", "awaiting_deposit"];

/** Whether a hold has run out. For showing only: what the database sells is decided by its own clock. */
export function isHoldOver(booking: { state: BookingState; holdExpiresAt: Date | null }, now: Date): boolean {
  return EXPIRING.includes(booking.state) && booking.holdExpiresAt !== null && booking.holdExpiresAt <= now;
}

/** A patient is offered days to hold from this many days on: nearer ones leave no time to sign, pay and travel. */
const HOLD_LEAD_DAYS = 10;

/** A hold ends an hour before its day begins, and the day begins in the east up to fourteen hours before ours. */
const HOLD_SPARE_MINUTES = 15 * 60;
const DAY_MINUTES = 1_440;

/** The same for a house whose holds last longer than that: no day is offered that a hold could not outlast. */
export function holdLeadDays(holdMinutes: number): number {
  return Math.max(HOLD_LEAD_DAYS, Math.ceil((holdMinutes + HOLD_SPARE_MINUTES) / DAY_MINUTES) + 1);
}

const CONFIRM_BUSINESS_DAYS = 3;

/** By when a centre confirms the day of a booking that was paid. */
export function confirmDueAt(paidAt: Date): Date {
  return addBusinessDays(paidAt, CONFIRM_BUSINESS_DAYS);
}

/** A patient comes for the work-up at most this many days before the procedure. */
const ARRIVAL_DAYS_BEFORE = 14;

/**
 * Whether a stage on site would be said before its day, by the centre's calendar. Never refused, for a day may have
 * been moved by word of mouth; but a page asks before it believes a click.
 */
export function isBeforeItsDay(to: string, treatmentOn: Day, today: Day): boolean {
  if (to === "on_site") return today < addDays(treatmentOn, -ARRIVAL_DAYS_BEFORE);
  return (to === "treated" || to === "discharged") && today < treatmentOn;
}

export type Regime = "LIKELY_NOT_PACKAGE" | "PACKAGE" | "LEGAL_REVIEW";

/**
 * What package-travel law makes of the chosen lines: a bed or a flight beside the treatment is a package; a companion's
 * stay or a line of an unknown kind needs a lawyer's look; everything else is likely none.
 */
export function regimeOf(kinds: readonly string[], knownKinds: readonly string[]): Regime {
  if (kinds.some((kind) => kind === "hotel" || kind === "flight")) return "PACKAGE";
  if (kinds.some((kind) => kind === "companion" || !knownKinds.includes(kind))) return "LEGAL_REVIEW";
  return "LIKELY_NOT_PACKAGE";
}

export interface InsolvencyCover {
  insurer: string;
  number: string;
  validUntil: string;
}

/** The setting that lets packages be sold: `{insurer, number, validUntil}` with a day in the future. */
export const COVER_SETTING = "package_insolvency_cover";

export function coverOf(value: unknown, today: string): InsolvencyCover | null {
  if (typeof value !== "object" || value === null) return null;
  const { insurer, number, validUntil } = value as Record<string, unknown>;
  if (typeof insurer !== "string" || typeof number !== "string" || typeof validUntil !== "string")
    return null;
  return number && validUntil >= today ? { insurer, number, validUntil } : null;
}

/**
 * A typed name counts as a signature when it is the account's name or the contact's, or a first and a family name that are not
 * a stranger's to both.
 */
export function isSignature(typed: string, known: readonly (string | null)[]): boolean {
  const plain = normal(typed);
  if (plain.length < 3) return false;
  if (known.some((name) => name !== null && normal(name) === plain)) return true;
  const names = known.filter((name) => name !== null);
  return plain.split(" ").length >= 2 && !isStrangersName(typed, names);
}

function normal(name: string): string {
  return name.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ").trim();
}
