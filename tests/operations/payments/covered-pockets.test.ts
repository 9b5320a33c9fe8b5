import { beforeEach, describe, expect, it } from "vitest";
import { recordDelivery } from "@/lib/payments/record-delivery";
import { deliverServiceForm, keepCostForm } from "@/lib/bookings/forms";
import { addDays, dayOf } from "@/lib/kernel/day";
import { openDb } from "@/lib/infra/db";
import { sweepInvoices } from "@/lib/documents/sweep-invoices";
import { recordKeptCost } from "@/lib/payments/record-kept-cost";
import { statementFor } from "@/lib/payments/read-statement";
import { bookingNow } from "@/tests/support/bookings";
import { makeTrip, payItem, type Trip } from "@/tests/support/changes";
import { arrive, askedBack, cancel, giveBack, makePaidTrip, withdraw } from "@/tests/support/ended-trips";
import { booked, makeTaxSettings } from "@/tests/support/invoices";
import { reasonOf, valueOf } from "@/tests/support/outcomes";
import { makeCoordinator, testSystem } from "@/tests/support/people";
import { deliverTranslation, invoicedOf, passOn } from "@/tests/support/papers";

const now = () => new Date();
const inDays = (days: number) => new Date(`${addDays(dayOf(now()), days)}T12:00:00Z`);
const sweep = (at = now()) => sweepInvoices(testSystem, at);
beforeEach(makeTaxSettings);

async function translationOf({ bookingId }: Trip): Promise<string> {
  const { services } = await bookingNow(bookingId);
  return services.find(({ kind }) => kind === "translation")?.id ?? "";
}

/** What is held for services and as fee, and what the fee has earned with its tax, after all the books know. */
async function pocketsOf(trip: Trip) {
  const read = await statementFor(trip.patient, trip.bookingId);
  if (!read) throw new Error("The statement is gone.");
  const { pockets, passed, totals, contracts } = read.statement;
  expect(pockets.treatmentMinor + pockets.servicesMinor + pockets.feeMinor).toBe(totals.heldMinor);
  expect(passed.treatmentMinor + passed.servicesMinor + passed.feeMinor).toBe(totals.releasedMinor);
  for (const one of contracts)
    expect(one.paidMinor - one.refundedMinor).toBe(one.releasedMinor + one.heldMinor);
  return { services: pockets.servicesMinor, fee: pockets.feeMinor, passed };
}

async function keepCost(trip: Trip, amountMinor: number): Promise<void> {
  const form = keepCostForm.parse({ serviceId: await translationOf(trip), amountMinor, note: "Their bill." });
  valueOf(await recordKeptCost(await makeCoordinator(), form, now()));
}

/** Of contract B a deposit of 480 is here, 80 of it for a translation of 400; of the fee of 2,000 a quarter is earned. */
async function makeCancelled() {
  const trip = await makeTrip("preparing");
  await cancel(trip, "patient_cancels");
  await sweep();
  return trip;
}

const coversOf = ({ bookingId }: Trip) =>
  openDb().ledgerTx.count({ where: { bookingId, kind: "pockets_covered" } });

describe("what is held for services that ended", () => {
  it("covers the fee that is earned four weeks after the end, once, whoever sweeps", async () => {
    const trip = await makeCancelled();
    await sweep(inDays(27));
    expect(await pocketsOf(trip)).toMatchObject({ services: 8_000n, fee: 0n });
    await Promise.all([1, 2].map(() => sweep(inDays(28))));
    const { services, fee, passed } = await pocketsOf(trip);
    expect([services, fee, passed.feeMinor, passed.servicesMinor]).toEqual([0n, 0n, 48_000n, 0n]);
    await sweep(inDays(40));
    expect(await coversOf(trip)).toBe(1);
    const { operator_fee_earned: earned = 0n, tax = 0n } = await booked(trip.bookingId);
    expect(earned + tax).toBe(-48_000n);
  });

  it("covers it less what a supplier has said it has cost", async () => {
    const trip = await makeCancelled();
    await keepCost(trip, 3_000);
    await sweep();
    // Until then a supplier may have been misheard.
    expect(await pocketsOf(trip)).toMatchObject({ services: 8_000n, fee: 0n });
    await sweep(inDays(28));
    expect(await pocketsOf(trip)).toMatchObject({ services: 3_000n, fee: 0n });
    expect(await passOn(trip)).toMatchObject({ ok: true });
    expect(await pocketsOf(trip)).toMatchObject({ services: 0n, fee: 0n });
  });

  it("covers the fee of a contract B that was withdrawn from", async () => {
    const trip = await makeTrip("preparing");
    await sweep();
    await withdraw(trip);
    await sweep(inDays(28));
    expect(await pocketsOf(trip)).toMatchObject({ services: 0n, fee: 0n, passed: { feeMinor: 48_000n } });
  });

  it("covers nothing while the trip stands", async () => {
    const trip = await makeTrip("preparing");
    await sweep();
    await sweep(inDays(40));
    expect(await pocketsOf(trip)).toMatchObject({ services: 8_000n, fee: 0n });
  });
});

describe("what is held as fee, where the end waives it", () => {
  const SETTLED = { services: 0n, fee: 0n, passed: { servicesMinor: 40_000n, feeMinor: 0n } };

  it.each([
    ["before any of it was invoiced", false, false],
    ["after its papers were invoiced and earned", true, false],
    ["after the service was invoiced too", true, true],
  ])("covers a service that was done, %s", async (_words, isEarned, isInvoiced) => {
    const trip = await makeTrip("preparing");
    if (isEarned) await sweep();
    await deliverTranslation(trip);
    if (isInvoiced) await sweep();
    await cancel(trip, "death");
    if (isEarned) await sweep();
    expect(await passOn(trip)).toMatchObject({ ok: true });
    await giveBack(trip);
    await sweep();
    await sweep();
    expect(await pocketsOf(trip)).toMatchObject(SETTLED);
    expect((await booked(trip.bookingId))["write_off"] ?? 0n).toBe(0n);
    expect(await invoicedOf(trip)).toEqual({ translation: 40_000n, ...(isEarned && { operator_fee: 0n }) });
  });

  it("goes back with what was earned of it, though finance was faster than the credit note", async () => {
    const trip = await makePaidTrip();
    await sweep();
    await deliverTranslation(trip);
    await cancel(trip, "death");
    await giveBack(trip);
    await sweep();
    expect(await passOn(trip)).toMatchObject({ ok: true });
    expect(await pocketsOf(trip)).toMatchObject(SETTLED);
    expect((await booked(trip.bookingId))["write_off"]).toBe(0n);
    expect(await invoicedOf(trip)).toEqual({ operator_fee: 0n, translation: 40_000n });
  });

  it("lets suppliers come first where there is not enough for both", async () => {
    const trip = await makeTrip("preparing");
    await sweep();
    await deliverTranslation(trip);
    await cancel(trip, "visa_refused");
    await sweep();
    await sweep();
    expect(await passOn(trip)).toMatchObject({ ok: true });
    await sweep(inDays(28));
    await sweep(inDays(29));
    expect(await invoicedOf(trip)).toEqual({ operator_fee: 8_000n, translation: 40_000n });
    expect(await pocketsOf(trip)).toMatchObject({ services: 0n, fee: 0n, passed: { feeMinor: 8_000n } });
  });
});

it("a refund by the rules finds in the other pocket what late money took from its own", async () => {
  // Of contract B 580 are here, 500 kept as papers: 80 go back, all out of what is held for services.
  const trip = await makeTrip("preparing");
  await payItem(trip.bookingId, "balance", "B", 10_000n);
  await sweep();
  await cancel(trip, "no_show");
  await payItem(trip.bookingId, "balance", "B", 100_000n);
  await giveBack(trip);
  expect((await booked(trip.bookingId))["write_off"] ?? 0n).toBe(0n);
  await sweep(inDays(28));
  expect(await pocketsOf(trip)).toMatchObject({ services: 0n, fee: 0n, passed: { feeMinor: 50_000n } });
});

it("money that comes too late and goes back whole changes nothing of what is invoiced and owed", async () => {
  const trip = await makeTrip("preparing");
  await deliverTranslation(trip);
  await cancel(trip, "patient_cancels");
  await sweep();
  await payItem(trip.bookingId, "balance", "B");
  await arrive(trip);
  await sweep();
  expect(await invoicedOf(trip)).toEqual({ operator_fee: 50_000n, translation: 40_000n });
  expect((await statementFor(trip.patient, trip.bookingId))?.uncoveredMinor).toBe(42_000n);
});

it("a delivery that is written down after a withdrawal lowers what nobody has approved, and cannot lie behind it", async () => {
  const trip = await makePaidTrip();
  await withdraw(trip);
  await deliverTranslation(trip);
  expect(await askedBack(trip)).toEqual({ withdrawal: 240_000n - 50_000n - 40_000n });
  await giveBack(trip);
  await sweep();
  expect(await passOn(trip)).toMatchObject({ ok: true });
  const late = await makePaidTrip();
  await withdraw(late);
  const serviceId = await translationOf(late);
  const form = deliverServiceForm.parse({ serviceId, deliveredOn: dayOf(inDays(1)), note: "Sent." });
  const refusal = await recordDelivery(await makeCoordinator(), form, inDays(1));
  expect(reasonOf(refusal)).toBe("invalid_day_after_end");
});
