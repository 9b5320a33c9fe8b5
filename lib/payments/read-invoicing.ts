import "server-only";
import { endOfServices } from "@/lib/bookings/cause-of-end";
import { bookedBySelect, bookedLineOf } from "@/lib/bookings/queries";
import { earnedSlices } from "@/lib/bookings/read-refund-quote";
import { type FeeSlice, matrixOf, sliceSums } from "@/lib/bookings/refund-matrix";
import { isWaiving } from "@/lib/bookings/refund-policy";
import type { Tx } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { borneLines, type CreditedLine, type CreditFacts, dueCredits, dueInvoice } from "./invoice";
import { readGone } from "./read-gone";
import { type EndedServices, readEndedServices } from "./read-kept";
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

type InvoicedBooking = NonNullable<Awaited<ReturnType<typeof readBooking>>>;

/** What the rules keep where contract B has ended; null where it stands, or ended for no cause of theirs. */
async function readEnd(tx: Tx, booking: InvoicedBooking): Promise<EndedServices | null> {
  return endOfServices(booking) ? readEndedServices(tx, systemActor("invoices"), booking.id) : null;
}

/**
 * What of a booking is to be invoiced now; null when nothing can be: not paid for, ended for no cause of the refund rules, or no
 * seller named. Of a contract B that has ended it is what was done before, as far as the rules keep it and somebody bears it.
 */
export async function readDueInvoice(tx: Tx, bookingId: string) {
  const booking = await readBooking(tx, bookingId);
  const { seller, rules } = await readTaxSettings(tx);
  if (!booking?.paidAt || !seller) return null;
  const isEnded = endOfServices(booking) !== null;
  const ended = await readEnd(tx, booking);
  if (isEnded && !ended) return null;
  const invoiced = await tx.invoiceLine.findMany({
    where: { bookingId, creditsLineId: null },
    select: { serviceId: true, slice: true },
  });
  const slices = await earnedSlices(tx, booking);
  const services = booking.services
    .filter(({ id }) => !ended || ended.keptOf.has(id))
    // Suppliers come before our fee where there is not enough for both.
    .toSorted((one, other) => (ended ? Number(isFee(one)) - Number(isFee(other)) : 0));
  const { feeSlices } = matrixOf(booking.policyVersion);
  const due = dueInvoice({ services, feeSlices, slices, invoiced, rules });
  if (!ended)
    return {
      ...{ booking, seller, ...due, isEnded },
      isLast: isLast(services, feeSlices, [...invoiced, ...due.lines]),
    };
  const { facts } = await readCreditFacts(tx, booking, ended);
  const lines = due.lines.length > 0 ? borneLines(due.lines, facts) : [];
  // After a withdrawal what was done before it may still be written down.
  const isOver = booking.state === "cancelled" && due.untaxed.length === 0;
  return { booking, seller, ...due, lines, isEnded, isLast: isOver };
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
function isWaived({ state, cancelCause, contracts, policyVersion }: InvoicedBooking) {
  const isWithdrawn = contracts.some((one) => one.kind === "B" && one.withdrawnAt);
  return state === "cancelled" && !isWithdrawn && isWaiving(policyVersion, cancelCause ?? "");
}

/** What of a booking's invoices is to be credited since money came back; null when there is nothing. */
export async function readDueCredit(tx: Tx, bookingId: string): Promise<DueCredit | null> {
  const booking = await readBooking(tx, bookingId);
  const { seller } = await readTaxSettings(tx);
  if (!booking || !seller) return null;
  const ended = await readEnd(tx, booking);
  const { invoices, facts, refundId } = await readCreditFacts(tx, booking, ended);
  const credits = dueCredits(facts);
  return credits.length > 0 ? { booking, seller, invoices, credits, refundId } : null;
}

/** The invoices of a booking, and what tells what of them is to be credited. */
async function readCreditFacts(tx: Tx, booking: InvoicedBooking, ended: EndedServices | null) {
  const invoices = await readInvoices(tx, booking.id);
  const lines = invoices.flatMap((invoice) => invoice.lines);
  const notes = lines.filter((line) => line.creditsLineId !== null);
  const of = (id: string) => notes.filter((note) => note.creditsLineId === id);
  const { paidMinor, gone, refundId } = await readGone(tx, booking.id);
  const facts: CreditFacts = {
    isLive:
      booking.state !== "cancelled" && !booking.contracts.some((one) => one.kind === "B" && one.withdrawnAt),
    isWaived: isWaived(booking),
    bookedMinor: booking.services.reduce((sum, one) => sum + one.amountMinor, 0n),
    ...{ paidMinor, gone },
    lines: lines
      .filter((line) => line.creditsLineId === null)
      .toReversed()
      .map((line) => ({
        ...{ id: line.id, invoiceId: line.invoiceId, isFee: isFee(line) },
        ...{ netMinor: line.netMinor, taxMinor: line.taxMinor, grossMinor: line.grossMinor },
        creditedGrossMinor: of(line.id).reduce((sum, note) => sum + note.grossMinor, 0n),
        creditedTaxMinor: of(line.id).reduce((sum, note) => sum + note.taxMinor, 0n),
        isWaived: ended !== null && !ended.keptOf.has(line.serviceId),
      })),
  };
  return { invoices, facts, refundId };
}

const isFee = ({ kind }: { kind: string }) => kind === "operator_fee";
