import type { ClinicManager, Coordinator } from "@/lib/kernel/actor";
import { addDays, dayOf } from "@/lib/kernel/day";
import { asPerson } from "@/lib/infra/db";
import { announceBill } from "@/lib/payments/announce-bill";
import { billForm } from "@/lib/payments/bill-form";
import { keepBillFile } from "@/lib/payments/keep-bill-file";
import { recordBill } from "@/lib/payments/record-bill";
import { settleBills } from "@/lib/payments/settle-bills";
import { inspectContent } from "@/lib/records/inspect-content";
import { makeTrip, payItem, type Trip } from "./changes";
import { makePdf } from "./dicom";
import { makeFinance, testSystem } from "./people";

/** A patient who left the hospital and has paid all of contract A, 35,000.00 EUR; at most 41,000.00 was agreed to. */
export async function makeTreated(): Promise<Trip> {
  const trip = await makeTrip("settling");
  await payItem(trip.bookingId, "balance", "A");
  return trip;
}

async function* once(bytes: Uint8Array) {
  yield bytes;
}

export const originalOf = (words: string) => makePdf([[words]]);

/** Sends a file as the original of an invoice, read in this process. */
export function sendFile(
  writer: ClinicManager | Coordinator,
  bookingId: string,
  bytes: Uint8Array,
  sizeBytes = bytes.length,
) {
  const sent = { filename: "invoice.pdf", sizeBytes, bytes: once(bytes) };
  return keepBillFile(writer, bookingId, sent, new Date(), inspectContent);
}

export interface BillWish {
  number?: string;
  corrects?: string;
  /** Wording, kind, amount in minor units. */
  lines?: readonly (readonly [string, string, number])[];
}

const USUAL = [
  ["Clip procedure", "treatment", 2_900_000],
  ["Implant", "device", 500_000],
] as const;

/** What a form of this bill says, its file being there. */
export function formOf(fileId: string, { number = "RE-1", corrects, lines = USUAL }: BillWish = {}) {
  return billForm.parse({
    ...{ fileId, number, currency: "EUR", issuedOn: addDays(dayOf(new Date()), -1) },
    ...(corrects ? { corrects } : {}),
    total: lines.reduce((sum, [, , amount]) => sum + amount, 0),
    lines: lines.map(([wording, kind, amount]) => ({ wording, kind, amount })),
  });
}

/** The whole way of a bill: its file, its lines, and what is told of it. */
export async function enterBill(writer: ClinicManager | Coordinator, bookingId: string, wish: BillWish = {}) {
  const file = await sendFile(writer, bookingId, originalOf(wish.number ?? "RE-1"));
  if (!file.ok) throw new Error(file.reason);
  const recorded = await recordBill(writer, bookingId, formOf(file.value.id, wish), new Date());
  if (!recorded.ok) throw new Error(recorded.reason);
  await announceBill(testSystem, { billId: recorded.value.id }, new Date());
  return recorded.value;
}

/** Finance closes the account at what is owed, and everybody is told. */
export async function settle(trip: Pick<Trip, "bookingId">, owed: number, now = new Date()) {
  const finance = await makeFinance();
  const settled = await settleBills(finance, trip.bookingId, { owed: BigInt(owed) }, now);
  if (!settled.ok) return { finance, reason: settled.reason, read: null };
  const account = settled.value.account;
  if (account) await announceBill(testSystem, { accountId: account.id }, now);
  return { finance, reason: null, read: settled.value };
}

export const caseNow = (id: string) =>
  asPerson(testSystem, (tx) => tx.case.findUniqueOrThrow({ where: { id } }));
export const refundsNow = (bookingId: string) =>
  asPerson(testSystem, (tx) => tx.refund.findMany({ where: { bookingId }, orderBy: { createdAt: "asc" } }));
