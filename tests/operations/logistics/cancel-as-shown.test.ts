import { describe, expect, it } from "vitest";
import { cancelBookingForm, shownFor } from "@/lib/bookings/forms";
import { refundQuoteView } from "@/lib/bookings/views/refund-quote";
import { asPerson } from "@/lib/infra/db";
import { addDays, addHours, dateOf, dayOf } from "@/lib/kernel/day";
import { cancelBooking } from "@/lib/logistics/cancel-booking";
import { refundPreviewFor } from "@/lib/payments/read-refund-preview";
import { recordDelivery } from "@/lib/payments/record-delivery";
import { refundsNow } from "@/tests/support/bills";
import { bookingNow } from "@/tests/support/bookings";
import type { Trip } from "@/tests/support/changes";
import { makePaidTrip } from "@/tests/support/ended-trips";
import { valueOf } from "@/tests/support/outcomes";
import { makeCoordinator, makePatient, testSystem } from "@/tests/support/people";

const now = () => new Date();

async function shownOf({ patient, bookingId }: Trip, at = now()) {
  const found = await refundPreviewFor(patient, bookingId, "patient_cancels", undefined, at);
  if (!found) throw new Error("Nobody may read it.");
  const { due, total } = refundQuoteView(found);
  return { due: due.amount, owed: total.owed.amount };
}

const click = ({ patient, bookingId }: Trip, shown: { due: number; owed?: number }, at = now()) =>
  cancelBooking(patient, bookingId, cancelBookingForm.parse({ cause: "patient_cancels", shown }), at);

const waiting = async ({ bookingId }: Trip) =>
  (await refundsNow(bookingId))
    .filter((one) => one.state === "calculated")
    .reduce((sum, { amountMinor }) => sum + Number(amountMinor), 0);

async function deliver({ bookingId }: Trip) {
  const service = await asPerson(testSystem, (tx) =>
    tx.bookingService.findFirstOrThrow({
      where: { bookingId, deliveredAt: null, kind: { not: "operator_fee" }, line: { contract: "B" } },
    }),
  );
  const form = { serviceId: service.id, deliveredOn: dayOf(now()), note: "sent" };
  valueOf(await recordDelivery(await makeCoordinator(), form, now()));
}

describe("cancelling as it was shown", () => {
  it("gives back what the page said, to one of two clicks at once", async () => {
    const trip = await makePaidTrip();
    const shown = await shownOf(trip);
    const answers = await Promise.all([click(trip, shown), click(trip, shown)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await waiting(trip)).toBe(shown.due);
  });

  it("ends nothing where the desk has marked a delivery meanwhile, and says the new sum", async () => {
    const trip = await makePaidTrip();
    const shown = await shownOf(trip);
    await deliver(trip);
    const less = await shownOf(trip);
    expect(less.due).toBeLessThan(shown.due);

    const told = { due: `${less.due}`, owed: `${less.owed}` };
    expect(await click(trip, shown)).toMatchObject({ reason: "refund_differs", detail: told });

    expect(await bookingNow(trip.bookingId)).toMatchObject({ state: "confirmed" });
    expect(await click(trip, less)).toMatchObject({ ok: true });
  });

  it("ends nothing where midnight has moved the day into a dearer band", async () => {
    const trip = await makePaidTrip();
    const { treatmentOn } = await bookingNow(trip.bookingId);
    const lastGood = addDays(dayOf(treatmentOn), -14);
    const evening = addHours(dateOf(lastGood), 23);
    const shown = await shownOf(trip, evening);
    expect(await click(trip, shown, addHours(evening, 2))).toMatchObject({ reason: "refund_differs" });
    expect(await click(trip, shown, evening)).toMatchObject({ ok: true });
  });

  it("takes more than was shown, and asks nothing of who showed nothing", async () => {
    const one = await makePaidTrip();
    expect(await click(one, { due: 1, owed: 0 })).toMatchObject({ ok: true });
    const other = await makePaidTrip();
    const form = cancelBookingForm.parse({ cause: "patient_cancels" });
    expect(await cancelBooking(other.patient, other.bookingId, form, now())).toMatchObject({ ok: true });
  });

  it("tells a stranger nothing", async () => {
    const trip = await makePaidTrip();
    const shown = { due: 10 ** 12 };
    expect(await click({ ...trip, patient: await makePatient() }, shown)).toMatchObject({
      reason: "not_found",
    });
  });

  it("reads of a form what stood beside the chosen cause", () => {
    const form = new FormData();
    form.set("cause", "visa_refused");
    form.set("due.patient_cancels", "1");
    expect(shownFor(form)).toBeUndefined();
    form.set("due.visa_refused", "20");
    form.set("owed.visa_refused", "3");
    expect(cancelBookingForm.parse({ cause: "visa_refused", shown: shownFor(form) }).shown).toEqual({
      due: 20,
      owed: 3,
    });
  });
});
