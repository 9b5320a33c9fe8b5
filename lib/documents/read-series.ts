import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { idOfCursor, type Page, pageOf } from "@/lib/cases/page";
import { FEE_KEEPING_CAUSES } from "@/lib/bookings/refund-policy";
import { asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { readTaxSettings } from "@/lib/payments/read-invoicing";
import { ruleFor } from "@/lib/payments/tax";

export interface SeriesCheck {
  series: string;
  kind: string | null;
  last: number;
  papers: number;
  /** Numbers up to the last without a paper: the database lets there be none. */
  gaps: number;
}

/** Every series of numbered papers with the count that proves it has no gaps. */
export function seriesFor(finance: Finance): Promise<SeriesCheck[]> {
  return asPerson(
    finance,
    (tx) => tx.$queryRaw<SeriesCheck[]>`
      SELECT s.series, min(d.kind) AS kind, s.last, count(d.id)::int AS papers,
             s.last - (count(DISTINCT d.number) FILTER (WHERE d.number BETWEEN 1 AND s.last))::int AS gaps
        FROM "DocumentSeries" s LEFT JOIN "Document" d ON d.series = s.series
       GROUP BY s.series, s.last ORDER BY right(s.series, 4) DESC, s.series`,
  );
}

const invoiceSelect = {
  ...{ id: true, kind: true, number: true, documentId: true, bookingId: true, currency: true },
  ...{ netMinor: true, taxMinor: true, grossMinor: true, issuedAt: true },
  credits: { select: { number: true } },
} as const;

/** Invoices and credit notes, the newest first. */
export function invoicesFor(finance: Finance, form: { limit: number; cursor?: string | undefined }) {
  const before = form.cursor ? idOfCursor(form.cursor) : null;
  return asPerson(finance, async (tx) => {
    const rows = await tx.invoice.findMany({
      where: before ? { documentId: { lt: before } } : {},
      orderBy: { documentId: "desc" },
      take: form.limit + 1,
      select: invoiceSelect,
    });
    const numbers = await tx.booking.findMany({
      where: { id: { in: rows.map((row) => row.bookingId) } },
      select: { id: true, number: true },
    });
    const numberOf = new Map(numbers.map((booking) => [booking.id, booking.number]));
    const shown = rows.map(({ id: invoiceId, documentId: id, bookingId, ...row }) => ({
      ...{ id, invoiceId, bookingNumber: numberOf.get(bookingId) ?? "", ...row },
    }));
    return pageOf(shown, form.limit);
  });
}
export type ListedInvoice = Awaited<ReturnType<typeof invoicesFor>> extends Page<infer Row> ? Row : never;

/** Why something delivered may stand on no invoice: no seller named, or kinds nobody has said the tax of. */
export async function invoicingHindrances(
  _finance: Finance,
): Promise<{ noSeller: boolean; untaxed: string[] }> {
  return asPerson(systemActor("invoices"), async (tx) => {
    const { seller, rules } = await readTaxSettings(tx);
    const delivered = await tx.$queryRaw<{ kind: string }[]>`
      SELECT DISTINCT s.kind FROM "BookingService" s JOIN "Booking" b ON b.id = s."bookingId"
        LEFT JOIN "EstimateLine" e ON e.id = s."lineId" LEFT JOIN "ChangeOrderLine" c ON c.id = s."changeLineId"
        LEFT JOIN "ChangeOrder" o ON o.id = c."changeOrderId"
       WHERE b."paidAt" IS NOT NULL AND COALESCE(e.contract, o.contract) = 'B'
         AND (s."deliveredAt" IS NOT NULL
           OR s.kind = 'operator_fee' AND (b.state <> 'cancelled' OR b."cancelCause" = ANY(${[...FEE_KEEPING_CAUSES]}::text[])))
         AND NOT EXISTS (SELECT 1 FROM "InvoiceLine" l WHERE l."bookingId" = b.id AND l."serviceId" = s.id)`;
    const untaxed = delivered.map((row) => row.kind).filter((kind) => !ruleFor(rules, kind));
    return { noSeller: seller === null, untaxed };
  });
}
