import { beforeEach, describe, expect, it } from "vitest";
import { recordDelivery } from "@/lib/bookings/record-delivery";
import { deliverServiceForm, keepCostForm } from "@/lib/bookings/forms";
import { addDays, dayOf } from "@/lib/kernel/day";
import { openDb } from "@/lib/infra/db";
import { sweepInvoices } from "@/lib/documents/sweep-invoices";
import { proposeRelease } from "@/lib/payments/propose-release";
import { recordKeptCost } from "@/lib/payments/record-kept-cost";
import { releasableFor } from "@/lib/payments/read-releasable";
import { statementFor } from "@/lib/payments/read-statement";
import { releaseKey } from "@/lib/payments/release";
import { bookingNow } from "@/tests/support/bookings";
import { makeTrip, type Trip } from "@/tests/support/changes";
import { cancel, giveBack, withdraw } from "@/tests/support/ended-trips";
import { booked, makeTaxSettings } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeCoordinator, makeFinance, testSystem } from "@/tests/support/people";
import { approveRelease } from "@/tests/support/releases";

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

  it("covers it as soon as its supplier has said what it has cost, less that", async () => {
    const trip = await makeCancelled();
    await keepCost(trip, 3_000);
    await sweep();
    expect(await pocketsOf(trip)).toMatchObject({ services: 3_000n, fee: 0n });
    const finance = await makeFinance();
    const due = (await releasableFor(finance)).due.find((one) => one.bookingId === trip.bookingId);
    if (!due) throw new Error("Nothing is due.");
    const form = { bookingId: trip.bookingId, contract: "B" as const, payee: "Office", key: releaseKey(due) };
    const { id } = valueOf(await proposeRelease(finance, form, now()));
    expect(await approveRelease(await makeFinance(), id, now())).toMatchObject({ ok: true });
    expect(await pocketsOf(trip)).toMatchObject({ services: 0n, fee: 0n });
  });

  it("covers the fee of a contract B that was withdrawn from", async () => {
    const trip = await makeTrip("preparing");
    await sweep();
    await withdraw(trip);
    await keepCost(trip, 0);
    await sweep();
    expect(await pocketsOf(trip)).toMatchObject({ services: 0n, fee: 0n, passed: { feeMinor: 48_000n } });
  });

  it("covers nothing while the trip stands", async () => {
    const trip = await makeTrip("preparing");
    await sweep();
    await sweep(inDays(40));
    expect(await pocketsOf(trip)).toMatchObject({ services: 8_000n, fee: 0n });
  });
});

it("what is held as fee covers a service that was done, where the fee is waived", async () => {
  const trip = await makeTrip("preparing");
  const serviceId = await translationOf(trip);
  const mark = deliverServiceForm.parse({ serviceId, deliveredOn: dayOf(now()), note: "Sent." });
  valueOf(await recordDelivery(await makeCoordinator(), mark, now()));
  await cancel(trip, "death");
  const finance = await makeFinance();
  const due = (await releasableFor(finance)).due.find((one) => one.bookingId === trip.bookingId);
  if (!due) throw new Error("Nothing is due.");
  const form = { bookingId: trip.bookingId, contract: "B" as const, payee: "Office", key: releaseKey(due) };
  const { id } = valueOf(await proposeRelease(finance, form, now()));
  const approver = await makeFinance();
  expect(await approveRelease(approver, id, now())).toMatchObject({ ok: true });
  await giveBack(trip);
  expect(await pocketsOf(trip)).toMatchObject({ services: 0n, fee: 0n, passed: { servicesMinor: 40_000n } });
  expect((await booked(trip.bookingId))["write_off"] ?? 0n).toBe(0n);
});
