import { beforeEach, expect, it } from "vitest";
import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { readBooking } from "@/lib/bookings/queries";
import { issueInvoice } from "@/lib/documents/issue-invoice";
import { sweepInvoices } from "@/lib/documents/sweep-invoices";
import { asPerson, openDb } from "@/lib/infra/db";
import { resolveLines } from "@/lib/payments/check-change";
import { correctionForm, proposeChangeForm } from "@/lib/payments/forms";
import { postFee } from "@/lib/payments/post-fee";
import { recordCorrection } from "@/lib/payments/record-correction";
import { TAX_SETTING } from "@/lib/payments/tax";
import { booked, deliverRide, makeFullyPaid, makeTaxSettings } from "@/tests/support/invoices";
import { valueOf } from "@/tests/support/outcomes";
import { makeFinance, testSystem } from "@/tests/support/people";
import { inLine } from "@/tests/support/row-line";

beforeEach(makeTaxSettings);

/** Finance corrects the earned fee of a booking. */
async function correctFee(bookingId: string, amountMinor: number): Promise<void> {
  const [wrong] = await openDb().ledgerTx.findMany({ where: { bookingId, kind: "fee_earned" }, take: 1 });
  const form = correctionForm.parse({
    ...{ corrects: wrong?.reference, debit: "operator_fee_earned", credit: "write_off", currency: "EUR" },
    ...{ amountMinor, reason: "given up", once: newId() },
  });
  valueOf(await recordCorrection(await makeFinance(), form));
}

it("leaves a correction of the earned fee alone", async () => {
  const { bookingId, caseId } = await makeFullyPaid();
  await issueInvoice(testSystem, bookingId, new Date());
  await correctFee(bookingId, 1_000);
  const before = await booked(bookingId);
  await asPerson(testSystem, (tx) => postFee(tx, { id: bookingId, caseId }));
  expect(await booked(bookingId)).toEqual(before);
});

it("keeps the price of what it names: no change of it is proposed", async () => {
  const { bookingId, owner } = await makeFullyPaid();
  const ask = () =>
    asPerson(owner, async (tx) => {
      const booking = await readBooking(tx, owner, bookingId);
      const ride = booking?.services.find((one) => one.kind === "transfer_arrival");
      const line = { lineId: ride?.lineId, amount: 40_000, cause: "As agreed" };
      const form = { bookingId, contract: "B", reason: "less_needed", explanation: "Less", lines: [line] };
      return booking && resolveLines(tx, proposeChangeForm.parse(form), booking);
    });
  await deliverRide(bookingId);
  expect(await ask()).toMatchObject({ ok: true });
  await issueInvoice(testSystem, bookingId, new Date());
  expect(await ask()).toMatchObject({ ok: false, reason: "line_delivered" });
});

it("never carries a day that was marked anew while its paper was set", async () => {
  const { bookingId, caseId } = await makeFullyPaid();
  await deliverRide(bookingId);
  const other = dateOf(addDays(dayOf(new Date()), -3));
  const [, issued] = await inLine(
    caseId,
    () =>
      asPerson(testSystem, async (tx) => {
        await claimTrip(tx, bookingId);
        const where = { bookingId, kind: "transfer_arrival" };
        await tx.bookingService.updateMany({ where, data: { deliveredAt: other } });
      }),
    () => issueInvoice(testSystem, bookingId, new Date()),
    "Case",
  );
  const where = { bookingId, kind: "transfer_arrival" };
  expect(issued).toBeNull();
  expect(await asPerson(testSystem, (tx) => tx.invoiceLine.count({ where }))).toBe(0);
  await issueInvoice(testSystem, bookingId, new Date());
  const line = await asPerson(testSystem, (tx) => tx.invoiceLine.findFirstOrThrow({ where }));
  expect(line.suppliedOn).toEqual(other);
});

it("is not held up by trips that wait for a tax rule", async () => {
  const waiting = await makeFullyPaid();
  await issueInvoice(testSystem, waiting.bookingId, new Date());
  await deliverRide(waiting.bookingId);
  const usual = { treatment: "standard", rateBp: 1_900, note: "" };
  await openDb().setting.update({ where: { key: TAX_SETTING }, data: { value: { operator_fee: usual } } });
  const next = await makeFullyPaid();
  await sweepInvoices(testSystem, new Date(), 1);
  const invoices = (bookingId: string) =>
    asPerson(testSystem, (tx) => tx.invoice.count({ where: { bookingId } }));
  expect(await invoices(waiting.bookingId)).toBe(1);
  expect(await invoices(next.bookingId)).toBe(1);
});
