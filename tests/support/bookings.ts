import { newId } from "@/lib/kernel/ids";
import { type BookingFacts, readBooking } from "@/lib/bookings/queries";
import { signContract } from "@/lib/bookings/sign-contract";
import { asPerson } from "@/lib/infra/db";
import { holdBookingForm } from "@/lib/logistics/forms";
import { holdBooking } from "@/lib/logistics/hold-booking";
import { type AcceptedCase, line } from "./estimates";
import { testSystem } from "./people";

export const onlyTreatment = [line("treatment", 3_000_000, { contract: "A" }), line("operator_fee", 200_000)];

/** Of an accepted case, what holding a day needs. */
export interface Holding extends Pick<AcceptedCase, "patient" | "clinic"> {
  estimate: { id: string };
}

/** What the patient of this case sends to hold the first day. */
export function holdForm(accepted: Holding, more: Record<string, unknown> = {}) {
  const slotId = accepted.clinic.slots[0]?.id;
  return holdBookingForm.parse({ estimateId: accepted.estimate.id, slotId, services: [], ...more });
}

export const lineId = (accepted: AcceptedCase, kind: string) =>
  accepted.estimate.lines.find((one) => one.kind === kind)?.id;

export async function makeHold(accepted: Holding, more: Record<string, unknown> = {}): Promise<BookingFacts> {
  const held = await holdBooking(accepted.patient, holdForm(accepted, more), new Date());
  if (!held.ok) throw new Error(`The set-up was refused: ${held.reason}`);
  return held.value;
}

/** A hold with both contracts signed, waiting for its deposit. */
export async function makeSigned(
  accepted: AcceptedCase,
  more: Record<string, unknown> = {},
): Promise<BookingFacts> {
  const held = await makeHold(accepted, more);
  for (const contract of ["A", "B"] as const) {
    const form = { contract, typedName: accepted.patient.name };
    const signed = await signContract(accepted.patient, held.id, form, new Date());
    if (!signed.ok) throw new Error(`The set-up was refused: ${signed.reason}`);
  }
  return bookingNow(held.id);
}

/** What the arrival of the deposit leaves behind: payment, paid instalment, booking waiting for the centre. */
export async function makePaid(
  accepted: AcceptedCase,
  more: Record<string, unknown> = {},
): Promise<BookingFacts> {
  const signed = await makeSigned(accepted, more);
  const now = new Date();
  await makeDeposit(signed, now);
  await asPerson(testSystem, async (tx) => {
    await tx.booking.updateMany({
      where: { id: signed.id, state: "awaiting_deposit" },
      data: { state: "awaiting_centre", paidAt: now, holdExpiresAt: null },
    });
    await tx.claim.updateMany({
      where: { bookingId: signed.id },
      data: { state: "booked", holdExpiresAt: null },
    });
  });
  return bookingNow(signed.id);
}

/** A captured deposit, whatever became of its booking. */
export async function makeDeposit(booking: BookingFacts, now: Date): Promise<{ id: string }> {
  const deposit = booking.planItems[0];
  if (!deposit) throw new Error("There is no deposit in this plan.");
  const id = newId();
  const { amountMinor, contractAMinor, currency } = deposit;
  await asPerson(testSystem, async (tx) => {
    await tx.payment.create({
      data: {
        ...{
          id,
          planItemId: deposit.id,
          bookingId: booking.id,
          caseId: booking.caseId,
          payerId: booking.patientId,
        },
        ...{
          method: "card",
          state: "succeeded",
          currency,
          amountMinor,
          contractAMinor,
          idempotencyKey: id,
          succeededAt: now,
        },
      },
    });
    await tx.planItem.updateMany({
      where: { id: deposit.id },
      data: { state: "paid", paidMinor: amountMinor, paidAMinor: contractAMinor, paidAt: now },
    });
  });
  return { id };
}

/** Lets a hold run out by the database's own clock. */
export async function runOut(bookingId: string): Promise<void> {
  await asPerson(testSystem, async (tx) => {
    await tx.$executeRaw`UPDATE "Booking" SET "holdExpiresAt" = now() - interval '1 second' WHERE id = ${bookingId}::uuid`;
    await tx.$executeRaw`UPDATE "Claim" SET "holdExpiresAt" = now() - interval '1 second' WHERE "bookingId" = ${bookingId}::uuid`;
  });
}

export async function bookingNow(id: string): Promise<BookingFacts> {
  const found = await asPerson(testSystem, (tx) => readBooking(tx, testSystem, id));
  if (!found) throw new Error("The booking is gone.");
  return found;
}
