import { addDays, addHours, dateOf, type Day, dayOf, weekday } from "@/lib/kernel/day";
import { confirmBooking } from "@/lib/bookings/confirm-booking";
import { signForm } from "@/lib/bookings/forms";
import { type BookingFacts, readBooking } from "@/lib/bookings/queries";
import { signContract } from "@/lib/bookings/sign-contract";
import { acceptEstimate } from "@/lib/estimates/accept-estimate";
import type { EstimateFacts } from "@/lib/estimates/queries";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { holdBookingForm } from "@/lib/logistics/forms";
import { holdBooking } from "@/lib/logistics/hold-booking";
import { bankTransferForm } from "@/lib/payments/forms";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { clinicNamed } from "./cast";
import type { Trip } from "./plot";
import type { Story } from "./story";

const system = systemActor("demo");
const HOLD_HOURS = 72;
const STEPS: readonly Trip["until"][] = ["held", "signed", "paid", "confirmed", "balanced"];

export interface Journey {
  trip: Trip;
  bookingId: string;
  treatmentOn: Day;
}

/** Accept, hold, sign, pay, confirm, pay the rest: as far as the plot goes. */
export async function bookTrip(story: Story, trip: Trip, offer: EstimateFacts): Promise<Journey> {
  const { patient, cast } = story;
  const reaches = (step: Trip["until"]) => STEPS.indexOf(trip.until) >= STEPS.indexOf(step);
  const accepted = -trip.acceptedOn;
  await story.step(accepted, (now) => acceptEstimate(patient, offer.id, { hash: offer.hash ?? "" }, now));
  const { bookingId, treatmentOn } = await hold(story, trip, offer);
  const journey = { trip, bookingId, treatmentOn };
  if (reaches("signed")) await sign(story, bookingId, accepted - 0.1);
  if (reaches("paid")) await payFirst(story, bookingId, accepted - Math.min(2, accepted / 4), "deposit");
  if (reaches("confirmed"))
    await story.step(confirmedAgo(trip), (now) =>
      confirmBooking(cast.team(trip.clinic).manager, bookingId, now),
    );
  if (reaches("balanced")) {
    const daysAgo = Math.min(confirmedAgo(trip) - 1, 16 - trip.treatmentOn);
    await payFirst(story, bookingId, daysAgo, "balance");
    await payFirst(story, bookingId, daysAgo, "balance");
  }
  return journey;
}

export function confirmedAgo(trip: Trip): number {
  return -trip.acceptedOn - 4;
}

/** A hold of the past would have run out by the database's clock: it is dated as then, and kept alive until it is paid. */
async function hold(
  story: Story,
  trip: Trip,
  offer: EstimateFacts,
): Promise<Pick<Journey, "bookingId" | "treatmentOn">> {
  const { now, plot, patient } = story;
  const accepted = -trip.acceptedOn;
  const slot = await slotFor(story, trip);
  const services = offer.lines.filter((line) => trip.services.includes(line.kind)).map((line) => line.id);
  const form = holdBookingForm.parse({
    ...{ estimateId: offer.id, slotId: slot.id, services, language: plot.language },
    arrivalOn: trip.arrivalOn === undefined ? addDays(slot.on, -2) : addDays(dayOf(now), trip.arrivalOn),
    medicines: trip.services.includes("medicine_supply") ? medicinesOf(story) : [],
    ...{ passengers: trip.passengers ?? 2, wheelchair: trip.wheelchair ?? false, flight: flightOf(story) },
  });
  const bookingId = await oneByOne(async () => {
    const held = await story.step(accepted - 0.05, (then) => {
      const ends = addHours(then, HOLD_HOURS);
      return holdBooking(patient, form, then, Math.floor((ends.getTime() - now.getTime()) / 60_000));
    });
    await dateBack(held.id, trip, story);
    return held.id;
  });
  return { bookingId, treatmentOn: slot.on };
}

let before: Promise<unknown> = Promise.resolve();

/** Until a hold of the past is kept alive, another story that asks for the same hours would end it. */
function oneByOne<T>(work: () => Promise<T>): Promise<T> {
  const mine = before.then(work);
  before = mine.catch(() => undefined);
  return mine;
}

/** The database dated the row by its own clock. */
async function dateBack(id: string, trip: Trip, story: Story): Promise<void> {
  const holdExpiresAt = addHours(story.now, HOLD_HOURS - 4);
  await story.do(-trip.acceptedOn - 0.06, (createdAt) =>
    asPerson(system, async (tx) => {
      await tx.booking.updateMany({ where: { id }, data: { createdAt } });
      if (trip.until === "held") return;
      await tx.booking.updateMany({ where: { id }, data: { holdExpiresAt } });
      await tx.claim.updateMany({ where: { bookingId: id, state: "held" }, data: { holdExpiresAt } });
    }),
  );
}

/** A month of everything, on a prescription of the centre. */
function medicinesOf({ vitals }: Story) {
  return vitals.medicines.map(([inn, strength, taking]) => {
    const perDay = taking.includes("evening") && taking.includes("morning") ? 2 : 1;
    return { inn, strength, perDay, quantity: 30 * perDay };
  });
}

function flightOf({ chance }: Story): string {
  return `${chance.pick(["LH", "TK", "QR", "EK", "CA"])} ${chance.whole(200, 999)}`;
}

/** A free place near the wished day; days that are over get their place now, as it was then. */
async function slotFor(story: Story, trip: Trip): Promise<{ id: string; on: Day }> {
  const { plot, now, clinics } = story;
  const { id: clinicId } = clinicNamed(clinics, trip.clinic);
  const { treatment } = plot;
  const wished = addDays(dayOf(now), trip.treatmentOn);
  return asPerson(system, async (tx) => {
    if (trip.treatmentOn > 1) {
      const slots = await tx.procedureSlot.findMany({
        where: { clinicId, treatment, on: { gte: dateOf(wished) } },
        orderBy: { on: "asc" },
        take: 20,
      });
      const free = slots.find((slot) => slot.taken < slot.capacity);
      if (!free) throw new Error(`${trip.clinic} has no place for ${plot.key}.`);
      return { id: free.id, on: dayOf(free.on) };
    }
    const on = workday(wished);
    const wanted = { clinicId, treatment, on: dateOf(on) };
    const { id } = await tx.procedureSlot.upsert({
      where: { clinicId_treatment_on: wanted },
      create: { ...wanted, id: story.chance.id(dateOf(on)), capacity: 2 },
      update: {},
    });
    return { id, on };
  });
}

function workday(day: Day): Day {
  const back: Partial<Record<number, number>> = { 0: -2, 6: -1 };
  return addDays(day, back[weekday(day)] ?? 0);
}

async function sign(story: Story, bookingId: string, daysAgo: number): Promise<void> {
  for (const contract of ["B", "A"] as const) {
    const form = signForm.parse({ contract, typedName: story.plot.name });
    await story.step(daysAgo, (now) => signContract(story.patient, bookingId, form, now));
  }
}

/** The next unpaid instalment of this kind arrives through the bank. */
async function payFirst(story: Story, bookingId: string, daysAgo: number, kind: string): Promise<void> {
  const booking = await bookingNow(bookingId);
  const item = booking.planItems.find((one) => one.kind === kind && one.state !== "paid");
  if (!item) return;
  await story.step(daysAgo, (now) => {
    const form = bankTransferForm.parse({
      ...{ reference: booking.number, planItemId: item.id, receivedOn: dayOf(now) },
      amount: { amount: Number(item.amountMinor), currency: item.currency },
    });
    return recordBankTransfer(story.cast.finance, form, now);
  });
}

export async function bookingNow(bookingId: string): Promise<BookingFacts> {
  const booking = await asPerson(system, (tx) => readBooking(tx, system, bookingId));
  if (!booking) throw new Error("A booking of the demo is gone.");
  return booking;
}
