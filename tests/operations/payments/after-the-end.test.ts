import { beforeEach, describe, expect, it } from "vitest";
import { addDays, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { asPerson } from "@/lib/infra/db";
import { confirmBooking } from "@/lib/bookings/confirm-booking";
import { sweepInvoices } from "@/lib/documents/sweep-invoices";
import { markDelivered } from "@/lib/logistics/read-part";
import { releasableFor } from "@/lib/payments/read-releasable";
import { statementFor } from "@/lib/payments/read-statement";
import { recordPayment } from "@/lib/payments/record-payment";
import { makeSigned } from "@/tests/support/bookings";
import { makeTrip, payItem, type Trip } from "@/tests/support/changes";
import { arrive, ask, askedBack, cancel, giveBack, makePaidTrip } from "@/tests/support/ended-trips";
import { line, makeAcceptedCase } from "@/tests/support/estimates";
import { booked, makeTaxSettings, passStage } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { deliverTranslation, invoicedOf, passOn } from "@/tests/support/papers";
import { makeFinance, makeManager, testSystem } from "@/tests/support/people";
import { tellDispute } from "@/tests/support/refunds";

const now = () => new Date();
const inDays = (days: number) => new Date(`${addDays(dayOf(now()), days)}T12:00:00Z`);
const sweep = (at = now()) => sweepInvoices(testSystem, at);
beforeEach(makeTaxSettings);

async function statementOf({ patient, bookingId }: Trip) {
  const read = await statementFor(patient, bookingId);
  if (!read) throw new Error("The statement is gone.");
  const { servicesMinor: services, feeMinor: fee } = read.statement.pockets;
  return { services, fee, uncovered: read.uncoveredMinor };
}

/** Somebody pays again what their bank took. */
async function payAgain(paymentId: string): Promise<void> {
  const id = newId();
  await asPerson(testSystem, async (tx) => {
    const old = await tx.payment.findUniqueOrThrow({ where: { id: paymentId } });
    const { planItemId, bookingId, caseId, payerId, currency, amountMinor } = old;
    await tx.payment.create({
      data: {
        ...{ id, planItemId, bookingId, caseId, payerId, currency, amountMinor },
        ...{ method: "card", idempotencyKey: id },
      },
    });
    await recordPayment(tx, testSystem, id, {}, now());
  });
}

describe("money that comes after the end and goes back whole", () => {
  it("makes nothing good that a bank took before", async () => {
    const trip = await makeTrip("preparing");
    const ofB = await payItem(trip.bookingId, "balance", "B");
    await deliverTranslation(trip);
    await cancel(trip, "patient_cancels");
    await tellDispute(ofB, "lost");
    await sweep();
    const { uncovered } = await statementOf(trip);
    expect(uncovered).toBe(42_000n);
    await payAgain(ofB);
    await arrive(trip);
    await sweep();
    expect((await statementOf(trip)).uncovered).toBe(42_000n);
    expect(await invoicedOf(trip)).toEqual({ operator_fee: 50_000n, translation: 40_000n });
  });

  it("leaves by the pockets it came into: what is held for suppliers stays held for them", async () => {
    const trip = await makeTrip("preparing");
    await cancel(trip, "patient_cancels");
    await sweep();
    const before = await statementOf(trip);
    expect(before).toEqual({ services: 8_000n, fee: 0n, uncovered: 2_000n });
    await payItem(trip.bookingId, "balance", "B");
    await arrive(trip);
    await sweep();
    expect(await statementOf(trip)).toEqual(before);
  });
});

it.each([false, true])(
  "suppliers come before our fee, with a sweep before their release: %s",
  async (isSwept) => {
    const trip = await makeTrip("preparing");
    await deliverTranslation(trip);
    await cancel(trip, "patient_cancels");
    if (isSwept) await sweep();
    expect(await passOn(trip)).toMatchObject({ ok: true });
    await sweep();
    expect(await statementOf(trip)).toMatchObject({ services: 0n, fee: 0n, uncovered: 42_000n });
  },
);

it("what arrives after the end is counted before anybody approves what goes back", async () => {
  const trip = await makePaidTrip();
  await sweep();
  await cancel(trip, "patient_cancels");
  const { patient_cancels: asked = 0n } = await askedBack(trip);
  await asPerson(testSystem, (tx) => markDelivered(tx, testSystem, trip.bookingId, "translation", now()));
  expect(await askedBack(trip)).toEqual({ patient_cancels: asked - 40_000n });
  await giveBack(trip);
  await sweep();
  expect(await passOn(trip)).toMatchObject({ ok: true });
  await sweep();
  expect(await invoicedOf(trip)).toEqual({ operator_fee: 50_000n, translation: 40_000n });
});

it("of a service that stands on an invoice in part the tax is that of the whole", async () => {
  const lines = [line("operator_fee", 200_000), line("translation", 40_000), line("translation", 40_000)];
  const treatment = line("treatment", 3_500_000, { contract: "A" });
  const accepted = await makeAcceptedCase({ lines: [treatment, ...lines] });
  const { id: bookingId } = await makeSigned(accepted);
  await payItem(bookingId, "deposit");
  valueOf(await confirmBooking(await makeManager(accepted.clinic.id), bookingId, now()));
  const trip = { ...accepted, bookingId };
  await deliverTranslation(trip);
  await asPerson(testSystem, (tx) =>
    tx.booking.update({
      where: { id: bookingId },
      data: { state: "cancelled", cancelledAt: now(), cancelCause: "visa_refused" },
    }),
  );
  await sweep();
  expect(await invoicedOf(trip)).toEqual({ translation: 56_000n });
  const due = (await releasableFor(await makeFinance())).due.find((one) => one.bookingId === bookingId);
  expect(due?.lines.map(({ taxMinor }) => taxMinor)).toEqual([6_387n, 6_387n]);
});

it("a fee that is credited while the trip stands is held for the services its refund was taken from", async () => {
  const trip = await makePaidTrip();
  await deliverTranslation(trip);
  await sweep();
  for (const stage of ["on_site", "discharged", "aftercare"] as const) await passStage(trip.caseId, stage);
  await sweep();
  valueOf(await ask(trip, { paymentId: trip.ofB, cause: "goodwill", amount: 10_000 }));
  await giveBack(trip);
  await sweep();
  expect(await statementOf(trip)).toMatchObject({ services: 40_000n, fee: 0n });
  expect(await passOn(trip)).toMatchObject({ ok: true });
  const { write_off: lost = 0n, operator_fee_earned: earned = 0n, tax = 0n } = await booked(trip.bookingId);
  expect([lost, earned + tax]).toEqual([0n, -190_000n - 6_387n]);
});

it("what is kept of services that nobody bills covers the fee after four weeks", async () => {
  const trip = await makeTrip("preparing");
  await asPerson(testSystem, (tx) =>
    tx.booking.update({ where: { id: trip.bookingId }, data: { treatmentOn: inDays(10) } }),
  );
  await cancel(trip, "patient_cancels");
  await sweep();
  await sweep(inDays(27));
  expect(await statementOf(trip)).toMatchObject({ services: 8_000n });
  await sweep(inDays(28));
  expect(await statementOf(trip)).toMatchObject({ services: 0n, fee: 0n });
});

it("a fee whose money comes years after the treatment is earned", async () => {
  const trip = await makeTrip("preparing");
  await sweep();
  await payItem(trip.bookingId, "balance", "B");
  await sweep(inDays(600));
  const { operator_fee_earned: earned = 0n, tax = 0n } = await booked(trip.bookingId);
  expect(earned + tax).toBe(-50_000n);
});
