import { expect, it } from "vitest";
import { readBooking } from "@/lib/bookings/queries";
import { asPerson } from "@/lib/infra/db";
import { sweepInvoices } from "@/lib/documents/sweep-invoices";
import { approveRefund } from "@/lib/payments/approve-refund";
import { approveRelease } from "@/tests/support/releases";
import { proposeRefunds } from "@/lib/payments/propose-refunds";
import { proposeRelease } from "@/lib/payments/propose-release";
import { releasableFor } from "@/lib/payments/read-releasable";
import { releaseKey } from "@/lib/payments/release";
import { settleBankRefund } from "@/lib/payments/settle-bank-refund";
import { booked, deliverRide, makeFullyPaid, makeTaxSettings, passStage } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeFinance, testSystem } from "@/tests/support/people";

const now = () => new Date();

/** Releases the driven ride by two people. */
async function passOnRide(bookingId: string) {
  const finance = await makeFinance();
  const group = (await releasableFor(finance)).due.find((one) => one.bookingId === bookingId);
  if (!group) throw new Error("Nothing is due.");
  const form = { bookingId, contract: "B" as const, payee: "Rides", key: releaseKey(group) };
  const { id } = valueOf(await proposeRelease(finance, form, now()));
  valueOf(await approveRelease(await makeFinance(), id, now()));
}

it("gives a waived fee back out of the fee, what was earned of it as a loss, and leaves the driver's money", async () => {
  await makeTaxSettings();
  // Contract A 3,000; B: a ride of 500 that was driven and a fee of 2,000 of which papers and arrival, 1,200, are earned.
  const made = await makeFullyPaid();
  const { bookingId, caseId } = made;
  await passStage(caseId, "on_site");
  await sweepInvoices(testSystem, now());
  await deliverRide(bookingId);
  await asPerson(testSystem, (tx) =>
    tx.transfer.create({
      data: {
        ...{ bookingId, caseId, direction: "arrival", state: "done", timeZone: "Europe/Berlin" },
        ...{ pickupPlace: "Airport", dropPlace: "Clinic", pickupAt: now() },
      },
    }),
  );
  expect(await booked(bookingId)).toMatchObject({ operator_fee_deferred: -80_000n });
  const refunds = await asPerson(testSystem, async (tx) => {
    const booking = await readBooking(tx, testSystem, bookingId);
    if (!booking) throw new Error("The booking is gone.");
    return proposeRefunds(tx, testSystem, booking, "death", now());
  });
  expect(refunds.reduce((sum, one) => sum + one.amountMinor, 0n)).toBe(500_000n);
  for (const { id } of refunds) valueOf(await approveRefund(await makeFinance(), id, now()));
  expect(await booked(bookingId)).toMatchObject({
    ...{ client_funds_held: -50_000n, operator_fee_deferred: 0n, write_off: 120_000n },
    refund_payable: -500_000n,
  });
  for (const { id } of refunds) valueOf(await settleBankRefund(await makeFinance(), id, now()));
  await sweepInvoices(testSystem, now());
  // A credited fee takes its loss back: earned and lost are the same sum, so nothing is borne twice.
  const after = await booked(bookingId);
  const earned = (after["operator_fee_earned"] ?? 0n) + (after["tax"] ?? 0n);
  expect([after["refund_payable"], earned + (after["write_off"] ?? 0n)]).toEqual([0n, 0n]);
  await passOnRide(bookingId);
  expect(await booked(bookingId)).toMatchObject({ client_funds_held: 0n, supplier_payable: -42_017n });
});
