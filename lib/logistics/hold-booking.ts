import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { dayOf } from "@/lib/kernel/day";
import { type Outcome, type Refused, done, refused } from "@/lib/kernel/outcome";
import { POLICY_VERSION } from "@/lib/bookings/payment-plan";
import { type BookingFacts, readBooking } from "@/lib/bookings/queries";
import { bandsOf } from "@/lib/clinics/cancellation";
import { asPerson, type Tx } from "@/lib/infra/db";
import { env } from "@/lib/infra/env";
import { systemActor } from "@/lib/infra/session";
import { type BookingPlan, buildBooking, type NotPlanned } from "./build-booking";
import { regimeOfLines } from "./booking-parts";
import type { HoldBookingForm } from "./forms";
import { expireHolds } from "./tidy-holds";
import { type HeldParts, writeBooking } from "./write-booking";

type Refusal = NotPlanned | Clash;
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
    if (answer.ok || !("stale" in answer)) return answer;
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
    const plan = await buildBooking(tx, patient, form, now);
    if (!plan.ok) return plan;
    const held = await holdParts(tx, plan.value, holdMinutes, now);
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

async function holdParts(tx: Tx, plan: BookingPlan, holdMinutes: number, now: Date): Promise<Held> {
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
    cancellationBands: bandsOf(slot.clinic.cancellationBands),
    treatmentOn: dayOf(slot.on),
    year: now.getUTCFullYear(),
  };
  const rows = await tx.$queryRaw<{ held: Held }[]>`
    SELECT hold_parts(${JSON.stringify(booking)}::jsonb, ${JSON.stringify(plan.needs)}::jsonb, ${holdMinutes}::int) AS held`;
  const held = rows[0]?.held;
  if (!held) throw new Error("hold_parts gave no answer.");
  return held;
}
