import "server-only";
import { bookedBySelect, bookedLineOf } from "@/lib/bookings/queries";
import { earnedSlices } from "@/lib/bookings/read-refund-quote";
import { type FeeSlice, matrixOf, sliceSums } from "@/lib/bookings/refund-matrix";
import { isWaiving } from "@/lib/bookings/refund-policy";
import type { Tx } from "@/lib/infra/db";
import { type CreditedLine, dueCredits, dueInvoice } from "./invoice";
import { readGone } from "./read-gone";
import { type Seller, SELLER_SETTING, sellerOf } from "./seller";
import { TAX_SETTING, taxRulesOf } from "./tax";

/** Who sells, and how each kind of line is taxed; null for a seller nobody has named. */
export async function readTaxSettings(tx: Tx) {
  const rows = await tx.setting.findMany({
    where: { key: { in: [SELLER_SETTING, TAX_SETTING] } },
    select: { key: true, value: true },
  });
  const valueOf = (key: string) => rows.find((row) => row.key === key)?.value;
  return { seller: sellerOf(valueOf(SELLER_SETTING)), rules: taxRulesOf(valueOf(TAX_SETTING)) };
}

const bookingSelect = {
  ...{ id: true, number: true, caseId: true, currency: true, state: true, paidAt: true, createdAt: true },
  ...{ cancelledAt: true, cancelCause: true, policyVersion: true },
  contracts: { select: { kind: true, signedAt: true, withdrawnAt: true } },
  services: { select: { id: true, kind: true, amountMinor: true, deliveredAt: true, ...bookedBySelect } },
} as const;

async function readBooking(tx: Tx, bookingId: string) {
  const booking = await tx.booking.findUnique({ where: { id: bookingId }, select: bookingSelect });
  if (!booking) return null;
  const services = booking.services.filter((service) => bookedLineOf(service)?.contract === "B");
  return { ...booking, services };
}

/** What of a booking is to be invoiced now; null when nothing can be: ended, not paid for, or no seller named. */
export async function readDueInvoice(tx: Tx, bookingId: string) {
  const booking = await readBooking(tx, bookingId);
  const { seller, rules } = await readTaxSettings(tx);
  const isEnded = booking?.state === "cancelled" || booking?.contracts.some((one) => one.withdrawnAt);
  if (!booking?.paidAt || isEnded || !seller) return null;
  const invoiced = await tx.invoiceLine.findMany({
    where: { bookingId, creditsLineId: null },
    select: { serviceId: true, slice: true },
  });
  const slices = await earnedSlices(tx, booking);
  const { services, policyVersion } = booking;
  const { feeSlices } = matrixOf(policyVersion);
  const due = dueInvoice({ services, feeSlices, slices, invoiced, rules });
  return { booking, seller, ...due, isLast: isLast(services, feeSlices, [...invoiced, ...due.lines]) };
}

/** Whether with these lines everything of contract B stands on an invoice. */
function isLast(
  services: readonly { id: string; kind: string; amountMinor: bigint }[],
  feeSlices: Record<FeeSlice, number>,
  lines: readonly { serviceId: string; slice: string | null }[],
): boolean {
  const stand = new Set(lines.map((line) => `${line.serviceId} ${line.slice ?? ""}`));
  return services.every(({ id, kind, amountMinor }) => {
    if (amountMinor === 0n) return true;
    if (kind !== "operator_fee") return stand.has(`${id} `);
    return Object.entries(sliceSums(amountMinor, feeSlices)).every(
      ([slice, sum]) => sum === 0n || stand.has(`${id} ${slice}`),
    );
  });
}

/** All invoices and credit notes of a booking, oldest first. */
export function readInvoices(tx: Tx, bookingId: string) {
  return tx.invoice.findMany({
    where: { bookingId },
    orderBy: [{ issuedAt: "asc" }, { id: "asc" }],
    include: { lines: { orderBy: { position: "asc" } } },
  });
}
export type InvoiceRow = Awaited<ReturnType<typeof readInvoices>>[number];

export interface DueCredit {
  booking: { id: string; number: string; caseId: string; currency: string };
  seller: Seller;
  invoices: InvoiceRow[];
  credits: CreditedLine[];
  /** The newest refund that made it due. */
  refundId: string | null;
}

/** What was withdrawn from before is asked for whatever ended the rest. */
function isWaived({
  state,
  cancelCause,
  contracts,
  policyVersion,
}: NonNullable<Awaited<ReturnType<typeof readBooking>>>) {
  const isWithdrawn = contracts.some((one) => one.kind === "B" && one.withdrawnAt);
  return state === "cancelled" && !isWithdrawn && isWaiving(policyVersion, cancelCause ?? "");
}

/** What of a booking's invoices is to be credited since money came back; null when there is nothing. */
export async function readDueCredit(tx: Tx, bookingId: string): Promise<DueCredit | null> {
  const booking = await readBooking(tx, bookingId);
  const { seller } = await readTaxSettings(tx);
  if (!booking || !seller) return null;
  const invoices = await readInvoices(tx, bookingId);
  const lines = invoices.flatMap((invoice) => invoice.lines);
  const notes = lines.filter((line) => line.creditsLineId !== null);
  const of = (id: string) => notes.filter((note) => note.creditsLineId === id);
  const back = await readGone(tx, bookingId);
  const credits = dueCredits({
    isLive:
      booking.state !== "cancelled" && !booking.contracts.some((one) => one.kind === "B" && one.withdrawnAt),
    isWaived: isWaived(booking),
    bookedMinor: booking.services.reduce((sum, one) => sum + one.amountMinor, 0n),
    ...{ paidMinor: back.paidMinor, gone: back.gone },
    lines: lines
      .filter((line) => line.creditsLineId === null)
      .toReversed()
      .map((line) => ({
        ...{ id: line.id, invoiceId: line.invoiceId },
        ...{ netMinor: line.netMinor, taxMinor: line.taxMinor, grossMinor: line.grossMinor },
        creditedGrossMinor: of(line.id).reduce((sum, note) => sum + note.grossMinor, 0n),
        creditedTaxMinor: of(line.id).reduce((sum, note) => sum + note.taxMinor, 0n),
      })),
  });
  return credits.length > 0 ? { booking, seller, invoices, credits, refundId: back.refundId } : null;
}
