import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, type Refused, done, refused } from "@/lib/kernel/outcome";
import { claimCase, type ClaimedCase, decidesFor } from "@/lib/estimates/claim-case";
import { optionOf } from "@/lib/estimates/line-device";
import { estimatesOf } from "@/lib/estimates/scope";
import { isTreatment } from "@/lib/guides/treatment";
import type { Tx } from "@/lib/infra/db";
import { blocksTravel } from "@/lib/reviews/review";
import { chosenLines, type OfferedLine } from "./booking-parts";
import { type Need, needsOf, type Trip, tripOf } from "./care-plan";
import type { HoldBookingForm } from "./forms";
import { decideSupply, type Supply, type SupplyMode } from "./medicine-rules";

export type NotPlanned =
  | "not_found"
  | "forbidden"
  | "not_accepted"
  | "illegal_transition"
  | "travel_blocked"
  | "reconfirm_needed"
  | "too_many"
  | "invalid_services"
  | "invalid_slot"
  | "invalid_arrival"
  | "invalid_return"
  | "supply_blocked";

/** Everything known before the database is asked for the parts. */
export interface BookingPlan {
  id: string;
  form: HoldBookingForm;
  taken: ClaimedCase;
  estimate: EstimateRow;
  lines: OfferedLine[];
  slot: SlotRow;
  needs: Need[];
  language: string;
  supply: { mode: SupplyMode; decision: Supply } | null;
}

const estimateSelect = {
  id: true,
  caseId: true,
  clinicId: true,
  state: true,
  currency: true,
  exclusions: true,
  hash: true,
  lines: { orderBy: { position: "asc" } },
  review: { select: { answer: true, answerExpiresAt: true } },
} as const;
const slotSelect = {
  id: true,
  clinicId: true,
  treatment: true,
  on: true,
  clinic: { include: { procedures: true } },
} as const;

export type EstimateRow = NonNullable<Awaited<ReturnType<typeof findEstimate>>>;
export type SlotRow = NonNullable<Awaited<ReturnType<typeof findSlot>>>;

function findEstimate(tx: Tx, patient: Patient, id: string) {
  return tx.estimate.findFirst({ where: { AND: [{ id }, estimatesOf(patient)] }, select: estimateSelect });
}

function findSlot(tx: Tx, id: string) {
  return tx.procedureSlot.findUnique({ where: { id }, select: slotSelect });
}

/** Checks what can be known without asking for the parts, and works out whom and what the booking needs. */
export async function buildBooking(
  tx: Tx,
  patient: Patient,
  form: HoldBookingForm,
  now: Date,
): Promise<Outcome<BookingPlan, NotPlanned>> {
  const estimate = await findEstimate(tx, patient, form.estimateId);
  const taken = estimate && (await claimCase(tx, estimate.caseId));
  if (!estimate || !taken) return refused("not_found");
  if (!(await decidesFor(tx, patient.personId, taken))) return refused("forbidden");
  const reason = whyNot(estimate, taken, now) ?? (await whyNotAgain(tx, taken, now));
  if (reason) return reason;
  const slot = await findSlot(tx, form.slotId);
  if (!slot) return refused("not_found");
  if (!slotFits(slot, estimate, taken, now)) return refused("invalid_slot", { path: "slotId" });
  const lines = chosenLines(estimate.lines, form.services);
  if (!lines.ok) return lines;
  const trip = tripTo(slot, form);
  if (!trip.ok) return trip;
  const supply = supplyOf(lines.value, form, taken.country ?? "", now);
  if (!supply.ok) return supply;
  const language = form.language ?? taken.language;
  const needs = needsFor({ lines: lines.value, slot, form, trip: trip.value, language });
  const id = newId(now.getTime());
  return done({ id, form, taken, estimate, lines: lines.value, slot, needs, language, supply: supply.value });
}

function tripTo(slot: SlotRow, form: HoldBookingForm): Outcome<Trip, "invalid_arrival" | "invalid_return"> {
  const { procedures, timeZone: zone } = slot.clinic;
  const stays = procedures.filter((one) => one.treatment === slot.treatment).map((one) => one.stayDaysHigh);
  const { arrivalOn, returnOn, arrivalAt } = form;
  const treatmentOn = dayOf(slot.on);
  return tripOf({ treatmentOn, stayDays: Math.max(1, ...stays), zone, arrivalOn, returnOn, arrivalAt });
}

interface NeedSources {
  lines: BookingPlan["lines"];
  slot: SlotRow;
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
      wheelchair: form.wheelchair,
    },
    newId,
  );
}

/** Holds a patient let go unpaid within a day, before the next one must wait. */
const UNPAID_HOLDS_MAX = 20;
const DAY_MS = 86_400_000;

/** Nobody keeps days from others by holding them again and again without paying. */
async function whyNotAgain(tx: Tx, taken: ClaimedCase, now: Date): Promise<Refused<"too_many"> | null> {
  const since = new Date(now.getTime() - DAY_MS);
  const unpaid = await tx.booking.count({
    where: { caseId: taken.id, state: "cancelled", paidAt: null, createdAt: { gt: since } },
  });
  return unpaid < UNPAID_HOLDS_MAX ? null : refused("too_many", { retryAfter: 3_600 });
}

function whyNot(estimate: EstimateRow, taken: ClaimedCase, now: Date): Refused<NotPlanned> | null {
  if (estimate.state !== "accepted") return refused("not_accepted", { state: estimate.state });
  if (taken.stage !== "contracting" && taken.stage !== "choosing") {
    return refused("illegal_transition", { from: taken.stage, to: "contracting" });
  }
  const { answer, answerExpiresAt } = estimate.review;
  if (blocksTravel(answer)) return refused("travel_blocked");
  return answerExpiresAt && answerExpiresAt <= now ? refused("reconfirm_needed") : null;
}

/** The slot must be at the estimate's clinic, in the future, and for a treatment that case, answer or lines name, if any does. */
function slotFits(slot: SlotRow, estimate: EstimateRow, taken: ClaimedCase, now: Date): boolean {
  if (slot.clinicId !== estimate.clinicId || dayOf(slot.on) <= dayOf(now)) return false;
  const named = [
    taken.treatment,
    optionOf(estimate.review.answer, "proposedTreatment"),
    ...estimate.lines.map((line) => optionOf(line.options, "treatment")),
  ].filter((treatment) => treatment !== null && isTreatment(treatment));
  return named.length === 0 || named.some((treatment) => treatment === slot.treatment);
}

function supplyOf(
  lines: BookingPlan["lines"],
  form: HoldBookingForm,
  destination: string,
  now: Date,
): Outcome<BookingPlan["supply"], "supply_blocked"> {
  const line = lines.find((one) => one.kind === "medicine_supply");
  if (!line) return done(null);
  const wished = optionOf(line.options, "mode");
  const mode = form.supplyMode ?? (wished === "post" || wished === "local" ? wished : "carry");
  const decision = decideSupply(mode, form.medicines, destination, now);
  if (!decision.ok) return refused("supply_blocked", { mode, why: decision.reason });
  return done({ mode, decision: decision.value });
}
