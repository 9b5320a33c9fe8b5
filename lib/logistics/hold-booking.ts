import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, type Refused, done, refused } from "@/lib/kernel/outcome";
import { POLICY_VERSION } from "@/lib/bookings/payment-plan";
import { type BookingFacts, readBooking } from "@/lib/bookings/queries";
import { claimCase, type ClaimedCase, decidesFor } from "@/lib/estimates/claim-case";
import { optionOf } from "@/lib/estimates/line-device";
import { estimatesOf } from "@/lib/estimates/scope";
import { asPerson, type Tx } from "@/lib/infra/db";
import { env } from "@/lib/infra/env";
import { systemActor } from "@/lib/infra/session";
import { blocksTravel } from "@/lib/reviews/review";
import { chosenLines, type OfferedLine, regimeOfLines } from "./booking-parts";
import { type Need, needsOf, tripOf } from "./care-plan";
import type { HoldBookingForm } from "./forms";
import { decideSupply, type Supply, type SupplyMode } from "./medicine-rules";
import { expireHolds } from "./tidy-holds";
import { type HeldParts, writeBooking } from "./write-booking";

type Refusal =
  | "not_found"
  | "forbidden"
  | "not_accepted"
  | "illegal_transition"
  | "travel_blocked"
  | "reconfirm_needed"
  | "invalid_services"
  | "invalid_slot"
  | "invalid_arrival"
  | "invalid_return"
  | "supply_blocked"
  | Clash;
type Clash = "slot_taken" | "hold_exists" | "interpreter_taken" | "driver_taken";

interface Held {
  clash: Clash | "expired_near" | null;
  bookingId?: string;
  purpose?: string;
  number?: string;
  holdExpiresAt?: string;
  resources?: string[];
  stale?: string[];
}

/** Everything known before the database is asked for the parts. */
export interface BookingPlan {
  id: string;
  form: HoldBookingForm;
  taken: ClaimedCase;
  estimate: EstimateRow;
  lines: (OfferedLine & { options: unknown })[];
  slot: SlotRow;
  needs: Need[];
  language: string;
  supply: { mode: SupplyMode; decision: Supply } | null;
}

/**
 * Holds the day, the interpreter and the drivers of an accepted estimate: all of them or none. One call to the
 * database decides, so of many who ask at once for one place exactly one gets it. The hold ends by the database's
 * clock unless it is signed and paid.
 */
export async function holdBooking(
  patient: Patient,
  form: HoldBookingForm,
  now: Date,
  holdMinutes = env().HOLD_MINUTES,
): Promise<Outcome<BookingFacts, Refusal>> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await tryToHold(patient, form, now, holdMinutes);
    if (answer.ok || answer.reason !== "expired_near") return answer as Outcome<BookingFacts, Refusal>;
    if (attempt === TRIES) return refused("slot_taken");
    await expireHolds(systemActor("hold"), answer.stale);
  }
}

type Stale = Refused<"expired_near"> & { stale: string[] };
const TRIES = 5;

function tryToHold(
  patient: Patient,
  form: HoldBookingForm,
  now: Date,
  holdMinutes: number,
): Promise<Outcome<BookingFacts, Refusal> | Stale> {
  return asPerson(patient, async (tx) => {
    const plan = await planBooking(tx, patient, form, now);
    if (!plan.ok) return plan;
    const held = await holdParts(tx, plan.value, holdMinutes);
    if (held.clash === "expired_near") return { ...refused("expired_near"), stale: held.stale ?? [] };
    if (held.clash) return refused(held.clash, detailOf(held));
    await writeBooking(tx, patient, plan.value, partsOf(plan.value, held), now);
    const booking = await readBooking(tx, patient, plan.value.id);
    return booking ? done(booking) : refused("not_found");
  });
}

/** The answer names a person for each need, in the order of the needs. */
function partsOf(plan: BookingPlan, held: Held): HeldParts {
  const { number = "", holdExpiresAt = "", resources = [] } = held;
  const claims = plan.needs.flatMap(({ claimId }, index) => {
    const resourceId = resources[index];
    return resourceId ? [{ claimId, resourceId }] : [];
  });
  return { number, holdExpiresAt: new Date(holdExpiresAt), claims };
}

function detailOf(held: Held): Record<string, string> {
  return {
    ...(held.bookingId ? { bookingId: held.bookingId } : {}),
    ...(held.purpose ? { purpose: held.purpose } : {}),
  };
}

async function holdParts(tx: Tx, plan: BookingPlan, holdMinutes: number): Promise<Held> {
  const { estimate, slot, taken } = plan;
  const booking = {
    id: plan.id,
    caseId: taken.id,
    patientId: taken.patientId,
    estimateId: estimate.id,
    clinicId: slot.clinicId,
    slotId: slot.id,
    currency: estimate.currency,
    policyVersion: POLICY_VERSION,
    regime: regimeOfLines(plan.lines),
    contractAMode: slot.clinic.contractAMode,
    treatmentOn: dayOf(slot.on),
  };
  const rows = await tx.$queryRaw<{ held: Held }[]>`
    SELECT hold_parts(${JSON.stringify(booking)}::jsonb, ${JSON.stringify(plan.needs)}::jsonb, ${holdMinutes}::int) AS held`;
  const held = rows[0]?.held;
  if (!held) throw new Error("hold_parts gave no answer.");
  return held;
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

type EstimateRow = NonNullable<Awaited<ReturnType<typeof findEstimate>>>;
type SlotRow = NonNullable<Awaited<ReturnType<typeof findSlot>>>;

function findEstimate(tx: Tx, patient: Patient, id: string) {
  return tx.estimate.findFirst({ where: { AND: [{ id }, estimatesOf(patient)] }, select: estimateSelect });
}

function findSlot(tx: Tx, id: string) {
  return tx.procedureSlot.findUnique({ where: { id }, select: slotSelect });
}

async function planBooking(
  tx: Tx,
  patient: Patient,
  form: HoldBookingForm,
  now: Date,
): Promise<Outcome<BookingPlan, Refusal>> {
  const estimate = await findEstimate(tx, patient, form.estimateId);
  const taken = estimate && (await claimCase(tx, estimate.caseId));
  if (!estimate || !taken) return refused("not_found");
  if (!(await decidesFor(tx, patient.personId, taken))) return refused("forbidden");
  const reason = whyNot(estimate, taken, now);
  if (reason) return reason;
  const slot = await findSlot(tx, form.slotId);
  if (!slot) return refused("not_found");
  if (!slotFits(slot, estimate, taken, now)) return refused("invalid_slot", { path: "slotId" });
  const chosen = chosenLines(estimate.lines, form.services);
  if (!chosen.ok) return chosen;
  const lines = chosen.value;
  const { clinic } = slot;
  const stayDays = Math.max(
    1,
    ...clinic.procedures.filter((one) => one.treatment === slot.treatment).map((one) => one.stayDaysHigh),
  );
  const { arrivalOn, returnOn, arrivalAt, passengers, wheelchair } = form;
  const trip = tripOf({
    treatmentOn: dayOf(slot.on),
    stayDays,
    zone: clinic.timeZone,
    arrivalOn,
    returnOn,
    arrivalAt,
  });
  if (!trip.ok) return trip;
  const language = form.language ?? taken.language;
  const supply = supplyOf(lines, form, taken.country ?? "", now);
  if (!supply.ok) return supply;
  const needs = needsOf(
    {
      kinds: lines.map((line) => line.kind),
      trip: trip.value,
      place: { country: clinic.country, city: clinic.city },
      clinicLanguages: clinic.languages,
      patientLanguage: language,
      gender: form.interpreterGender ?? null,
      passengers,
      wheelchair,
    },
    newId,
  );
  return done({
    id: newId(now.getTime()),
    form,
    taken,
    estimate,
    lines,
    slot,
    needs,
    language,
    supply: supply.value,
  });
}

function whyNot(estimate: EstimateRow, taken: ClaimedCase, now: Date): Refused<Refusal> | null {
  if (estimate.state !== "accepted") return refused("not_accepted", { state: estimate.state });
  if (taken.stage !== "contracting" && taken.stage !== "choosing") {
    return refused("illegal_transition", { from: taken.stage, to: "contracting" });
  }
  const { answer, answerExpiresAt } = estimate.review;
  if (blocksTravel(answer)) return refused("travel_blocked");
  return answerExpiresAt && answerExpiresAt <= now ? refused("reconfirm_needed") : null;
}

/** The slot must be at the estimate's clinic, in the future, and for the treatment of the case or of the answer. */
function slotFits(slot: SlotRow, estimate: EstimateRow, taken: ClaimedCase, now: Date): boolean {
  if (slot.clinicId !== estimate.clinicId || dayOf(slot.on) <= dayOf(now)) return false;
  const named = [
    taken.treatment,
    optionOf(estimate.review.answer, "proposedTreatment"),
    ...estimate.lines.map((line) => optionOf(line.options, "treatment")),
  ].filter((treatment) => treatment !== null);
  return named.length === 0 || named.includes(slot.treatment);
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
