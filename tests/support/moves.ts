import { signForm } from "@/lib/bookings/forms";
import { signContract } from "@/lib/bookings/sign-contract";
import { asPerson, openDb } from "@/lib/infra/db";
import { rescheduleForm } from "@/lib/logistics/forms";
import { rescheduleBooking } from "@/lib/logistics/reschedule-booking";
import { makeHold, onlyTreatment } from "./bookings";
import { makeResource } from "./clinics";
import { type AcceptedCase, line, makeAcceptedCase } from "./estimates";
import { newCity, newLanguage } from "./holds";
import { testSystem } from "./people";

const withTrip = [...onlyTreatment, line("transfer_arrival", 9_000), line("interpreter", 24_000)];
type Placed = Pick<AcceptedCase, "clinic">;

export const dayAt = (accepted: Placed, day: number) => accepted.clinic.slots[day]?.id ?? "";
export const toDay = (accepted: Placed, day: number, more: Record<string, unknown> = {}) =>
  rescheduleForm.parse({ slotId: dayAt(accepted, day), ...more });
export const move = (accepted: AcceptedCase, id: string, day: number, more: Record<string, unknown> = {}) =>
  rescheduleBooking(accepted.patient, id, toDay(accepted, day, more), new Date());

export function sign(accepted: AcceptedCase, id: string, contract: "A" | "B", slotId?: string) {
  const typed = { contract, typedName: accepted.patient.name, ...(slotId ? { slotId } : {}) };
  return signContract(accepted.patient, id, signForm.parse(typed), new Date());
}

/** A hold of the first day, with a driver and an interpreter of its own. */
export async function makeHeldTrip() {
  const place = newCity();
  const language = newLanguage();
  const accepted = await makeAcceptedCase({ clinicWish: place, lines: withTrip });
  await makeResource("driver", place);
  await makeResource("interpreter", { ...place, languages: ["de", language] });
  return { accepted, held: await makeHold(accepted, { language, flight: "LH 631" }), place };
}

/** A hold of the treatment alone. */
export async function makeHeld(clinic?: AcceptedCase["clinic"], day = 0) {
  const accepted = await makeAcceptedCase({ lines: onlyTreatment, ...(clinic ? { clinic } : {}) });
  return { accepted, held: await makeHold(accepted, { slotId: dayAt(accepted, day) }) };
}

/** How many places of each day of a centre are taken, soonest first. */
export async function takenOf(clinicId: string): Promise<number[]> {
  const slots = await openDb().procedureSlot.findMany({ where: { clinicId }, orderBy: { on: "asc" } });
  return slots.map((slot) => slot.taken);
}

export const claimsOf = (bookingId: string) =>
  asPerson(testSystem, (tx) =>
    tx.claim.findMany({ where: { bookingId, state: { in: ["held", "booked"] } } }),
  );
