import { newId } from "@/lib/kernel/ids";
import { asPerson, openDb } from "@/lib/infra/db";
import { bankTransferForm } from "@/lib/payments/forms";
import { proposeReturn } from "@/lib/payments/propose-return";
import { statementFor } from "@/lib/payments/read-statement";
import { statementView } from "@/lib/payments/statement-view";
import { recordBankTransfer } from "@/lib/payments/record-bank-transfer";
import { valueOf } from "@/tests/support/outcomes";
import { makeUnpaidBooking } from "@/tests/support/payments";
import { makeFinance, testSystem } from "@/tests/support/people";

export const now = () => new Date();
export const REASON = "Sent from the payer's company, asked back by phone.";

export const form = (more: object) =>
  bankTransferForm.parse({ amount: { amount: 347_500, currency: "EUR" }, receivedOn: "2026-11-20", ...more });

/** A transfer of which the bank kept a little: it names its booking and fits no instalment. */
export async function makeStray() {
  const made = await makeUnpaidBooking();
  const finance = await makeFinance();
  const kept = valueOf(await recordBankTransfer(finance, form({ planItemId: made.depositId }), now()));
  return { made, finance, transferId: kept.id };
}

export async function makeProposed() {
  const stray = await makeStray();
  const { finance, transferId } = stray;
  const { id } = valueOf(await proposeReturn(finance, { transferId, reason: REASON }, now()));
  return { ...stray, id, colleague: await makeFinance() };
}

/** Gives a booking a number as bookings have it, which a payer can write. */
export async function nameBooking(bookingId: string): Promise<string> {
  const number = `B-2026-${newId().replaceAll(/\D/g, "").slice(-9)}`;
  await asPerson(testSystem, (tx) => tx.booking.update({ where: { id: bookingId }, data: { number } }));
  return number;
}

/** What the books say of one transfer, account by account. */
export async function booked(transferId: string): Promise<Record<string, bigint>> {
  const rows = await openDb().ledgerEntry.groupBy({
    by: ["account"],
    where: { tx: { reference: { startsWith: `transfer:${transferId}:` } } },
    _sum: { amountMinor: true },
  });
  return Object.fromEntries(rows.map((row) => [row.account, row._sum.amountMinor ?? 0n]));
}

/** What a patient reads about transfers that go back. */
export async function returnsTold(made: Awaited<ReturnType<typeof makeUnpaidBooking>>): Promise<string[][]> {
  const read = await statementFor(made.patient, made.bookingId);
  return read ? statementView(read, "en").movements.map(({ state, text }) => [state, text]) : [];
}

export const audited = (transferId: string) =>
  asPerson(testSystem, (tx) =>
    tx.auditEvent.findMany({
      where: { objectId: transferId },
      orderBy: { id: "asc" },
      select: { event: true },
    }),
  ).then((rows) => rows.map(({ event }) => event));
