import type { Patient } from "@/lib/kernel/actor";
import { type Day, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, type Refused, done, refused } from "@/lib/kernel/outcome";
import type { ClaimedCase } from "@/lib/estimates/claim-case";
import { bindingTerms, type KeptTerms } from "@/lib/estimates/kept-terms";
import { isOffered, offeredTreatments } from "@/lib/estimates/offered-treatment";
import { supplyModeOf } from "@/lib/estimates/line-supply";
import { twinAt } from "@/lib/estimates/line-twins";
import { blocksTravel, type ReviewState } from "@/lib/reviews/review";
import { chosenLines, type OfferedLine } from "./booking-parts";
import { type Need, needsOf, type Trip, tripOf } from "./care-plan";
import type { HoldBookingForm } from "./forms";
import { decideSupply, type Supply, type SupplyMode } from "@/lib/guides/medicine-rules";
import { mayWait } from "./waiting-list";

export type NotPlanned =
  | "not_found"
  | "forbidden"
  | "not_accepted"
  | "illegal_transition"
  | "travel_blocked"
  | "reconfirm_needed"
  | "consent_withdrawn"
  | "too_many"
  | "payment_terms_changed"
  | "invalid_services"
  | "twin_services"
  | "invalid_slot"
  | "invalid_arrival"
  | "invalid_return"
  | "supply_blocked"
  | "supply_mode_sold";

/** The accepted estimate a day is held for. */
export interface OfferedEstimate {
  id: string;
  caseId: string;
  clinicId: string;
  state: string;
  currency: string;
  exclusions: string[];
  hash: string | null;
  /** The terms it was sent under, as they are kept. */
  sentTerms?: unknown;
  lines: OfferedLine[];
  answer: unknown;
  answerState: ReviewState;
  answerExpiresAt: Date | null;
}

/** The wished day, and of its centre what a booking is made of. */
export interface OfferedSlot {
  id: string;
  clinicId: string;
  treatment: string;
  on: Day;
  /** The longest stay of this treatment at this centre. */
  stayDays: number;
  clinic: {
    slug: string;
    name: string;
    legalName: string;
    address: string;
    city: string;
    country: string;
    timeZone: string;
    languages: string[];
    contractAMode: "direct" | "held_by_operator";
    prepaymentBp: number;
    paymentTerms: string;
    cancellationBands: unknown;
  };
}

/** What the database says before anything is decided; null where this person may not know the estimate. */
export interface HoldFacts {
  estimate: OfferedEstimate;
  taken: ClaimedCase;
  /** This person decides for the case: its patient, or a representative with the same rights. */
  decides: boolean;
  /** Holds of this case that ended unpaid within a day. */
  unpaidHolds: number;
  slot: OfferedSlot | null;
}

/** Everything known before the database is asked for the parts. */
export interface BookingPlan {
  id: string;
  form: HoldBookingForm;
  patient: Patient;
  taken: ClaimedCase;
  estimate: OfferedEstimate;
  lines: OfferedLine[];
  /** Its centre is paid as the terms say, which may no longer be those of today. */
  slot: OfferedSlot;
  terms: KeptTerms;
  needs: Need[];
  language: string;
  supply: { mode: SupplyMode; decision: Supply } | null;
}

/** Checks what can be known without asking for the parts, and works out whom and what the booking needs. */
export function planBooking(
  patient: Patient,
  facts: HoldFacts | null,
  form: HoldBookingForm,
  now: Date,
): Outcome<BookingPlan, NotPlanned> {
  if (!facts) return refused("not_found");
  const { estimate, taken, slot } = facts;
  const reason = whyNot(facts, now);
  if (reason) return reason;
  if (!slot) return refused("not_found");
  if (!slotFits(slot, estimate, taken, now)) return refused("invalid_slot", { path: "slotId" });
  const terms = bindingTerms(estimate.sentTerms, slot.clinic);
  if (!terms.ok) return terms;
  const lines = chosenLines(estimate.lines, form.services);
  if (!lines.ok) return lines;
  if (twinAt(lines.value.map((line) => line.kind)) >= 0)
    return refused("twin_services", { path: "services" });
  const trip = tripTo(slot, form);
  if (!trip.ok) return trip;
  const supply = supplyOf(lines.value, form, taken.country ?? "", now);
  if (!supply.ok) return supply;
  const language = form.language ?? taken.language;
  const needs = needsFor({ lines: lines.value, slot, form, trip: trip.value, language });
  // Nobody is asked to drive or speak in a moment that is over.
  if (needs.some(({ startsAt }) => startsAt <= now)) return refused("invalid_arrival", { path: "slotId" });
  const id = newId(now.getTime());
  const parts = { terms: terms.value, lines: lines.value, needs, language, supply: supply.value };
  return done({ id, form, patient, taken, estimate, slot: paidBy(slot, terms.value), ...parts });
}

function paidBy(slot: OfferedSlot, { contractAMode, prepaymentBp }: KeptTerms): OfferedSlot {
  return { ...slot, clinic: { ...slot.clinic, contractAMode, prepaymentBp } };
}

function tripTo(
  slot: OfferedSlot,
  form: HoldBookingForm,
): Outcome<Trip, "invalid_arrival" | "invalid_return"> {
  const { arrivalOn, returnOn, arrivalAt, arrivalTime } = form;
  const { on: treatmentOn, stayDays, clinic } = slot;
  return tripOf({
    treatmentOn,
    stayDays,
    zone: clinic.timeZone,
    arrivalOn,
    returnOn,
    arrivalAt,
    arrivalTime,
  });
}

interface NeedSources {
  lines: BookingPlan["lines"];
  slot: OfferedSlot;
  form: HoldBookingForm;
  trip: Trip;
  language: string;
}

function needsFor({ lines, slot, form, trip, language }: NeedSources): Need[] {
  const { country, city, languages } = slot.clinic;
  return needsOf(
    {
      kinds: lines.map((line) => line.kind),
      trip,
      place: { country, city },
      clinicLanguages: languages,
      patientLanguage: language,
      gender: form.interpreterGender ?? null,
      passengers: form.passengers,
      ...{ wheelchair: form.wheelchair, stretcher: form.stretcher, oxygen: form.oxygen },
    },
    newId,
  );
}

/** Holds a patient let go unpaid within a day, before the next one must wait. */
const UNPAID_HOLDS_MAX = 20;

function whyNot({ estimate, taken, decides, unpaidHolds }: HoldFacts, now: Date): Refused<NotPlanned> | null {
  if (!decides) return refused("forbidden");
  if (estimate.state !== "accepted") return refused("not_accepted", { state: estimate.state });
  if (!mayWait(taken.stage)) {
    return refused("illegal_transition", { from: taken.stage, to: "contracting" });
  }
  const { answer, answerState, answerExpiresAt } = estimate;
  if (answerState === "withdrawn") return refused("consent_withdrawn");
  if (blocksTravel(answer)) return refused("travel_blocked");
  if (answerExpiresAt && answerExpiresAt <= now) return refused("reconfirm_needed");
  // Nobody keeps days from others by holding them again and again without paying.
  return unpaidHolds < UNPAID_HOLDS_MAX ? null : refused("too_many", { retryAfter: 3_600 });
}

/** The slot must be at the estimate's clinic, in the future, and for the treatment the estimate is for, where one is named. */
function slotFits(slot: OfferedSlot, estimate: OfferedEstimate, taken: ClaimedCase, now: Date): boolean {
  if (slot.clinicId !== estimate.clinicId || slot.on <= dayOf(now)) return false;
  const { lines, answer } = estimate;
  return isOffered(slot.treatment, offeredTreatments({ lines, answer, wished: taken.treatment }));
}

/** The way the line was priced for, or the one that is wished where it names none; what is blocked is never sold. */
function supplyOf(
  lines: BookingPlan["lines"],
  form: HoldBookingForm,
  destination: string,
  now: Date,
): Outcome<BookingPlan["supply"], "supply_blocked" | "supply_mode_sold"> {
  const line = lines.find((one) => one.kind === "medicine_supply");
  if (!line) return done(null);
  const priced = supplyModeOf(line);
  const mode = form.supplyMode ?? priced ?? "carry";
  const decision = decideSupply(mode, form.medicines, destination, now);
  if (!decision.ok) return refused("supply_blocked", { mode, why: decision.reason });
  if (priced && mode !== priced) return refused("supply_mode_sold", { path: "supplyMode", mode: priced });
  return done({ mode, decision: decision.value });
}
