import { expect, it } from "vitest";
import { refundQuoteView } from "@/lib/bookings/views/refund-quote";
import { refundPreviewFor } from "@/lib/payments/read-refund-preview";
import { refundsNow } from "@/tests/support/bills";
import { makeHold, makeSigned, onlyTreatment } from "@/tests/support/bookings";
import { lower, type Trip } from "@/tests/support/changes";
import { approve, cancel, makePaidTrip, withdraw } from "@/tests/support/ended-trips";
import { makeAcceptedCase } from "@/tests/support/estimates";
import { makeCoordinator, makeFinance, makePatient } from "@/tests/support/people";

const now = () => new Date();

async function previewed({ patient, bookingId }: Pick<Trip, "patient" | "bookingId">, cause = CANCELS) {
  const found = await refundPreviewFor(patient, bookingId, cause, undefined, now());
  if (!found) throw new Error("Nobody may read it.");
  return refundQuoteView(found);
}
const CANCELS = "patient_cancels" as const;

/** What waits for finance, whatever it was asked for. */
const waiting = async ({ bookingId }: Pick<Trip, "bookingId">) =>
  (await refundsNow(bookingId))
    .filter((one) => one.state === "calculated")
    .reduce((sum, { amountMinor }) => sum + Number(amountMinor), 0);

it("promises before the click what is proposed after it, also where a cheaper line has given something back", async () => {
  const trip = await makePaidTrip();
  await lower(trip, "B", "translation", 10_000);
  await approve(trip);
  const before = await previewed(trip);
  expect(before.returned.amount).toBeGreaterThan(0);
  expect(before.due.amount).toBe(before.refund.amount - before.returned.amount);
  await cancel(trip, CANCELS);
  expect(await waiting(trip)).toBe(before.due.amount);
});

it("counts as still to come what a cheaper line gives back and nobody has approved", async () => {
  const trip = await makePaidTrip();
  await lower(trip, "A", "treatment", 2_900_000);
  const before = await previewed(trip);
  expect(before.returned.amount).toBe(0);
  await cancel(trip, CANCELS);
  expect(await waiting(trip)).toBe(before.due.amount);
});

it("counts contract A alone once contract B was withdrawn from, and says so", async () => {
  const trip = await makePaidTrip();
  expect((await previewed(trip)).ends).toEqual(["A", "B"]);
  await withdraw(trip);
  await approve(trip);
  const after = await previewed(trip);
  expect(after.ends).toEqual(["A"]);
  expect(after.returned.amount).toBe(0);
  expect(after.due).toEqual(after.contracts.A.refund);
});

it("says the same to the patient, the desk and finance, and nothing to a stranger", async () => {
  const trip = await makePaidTrip();
  await lower(trip, "B", "translation", 10_000);
  await approve(trip);
  const known = await previewed(trip);
  for (const one of [await makeCoordinator(), await makeFinance()])
    expect(await previewed({ ...trip, patient: one as unknown as Trip["patient"] })).toEqual(known);
  expect(await refundPreviewFor(await makePatient(), trip.bookingId, CANCELS, undefined, now())).toBeNull();
});

it("keeps before anybody has signed what it keeps afterwards: nobody pays before they have signed", async () => {
  const keptOf = async (make: typeof makeHold | typeof makeSigned) => {
    const accepted = await makeAcceptedCase({ lines: onlyTreatment });
    const { id } = await make(accepted);
    const found = await refundPreviewFor(accepted.patient, id, CANCELS, undefined, now(), "planned");
    return found?.quote.contracts.B.keptMinor;
  };
  const before = await keptOf(makeHold);
  expect(before).toBeGreaterThan(0n);
  expect(await keptOf(makeSigned)).toBe(before);
});
