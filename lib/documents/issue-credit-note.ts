import "server-only";
import type { System } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { asPerson, type Tx } from "@/lib/infra/db";
import { type CreditedLine, totalsOf } from "@/lib/payments/invoice";
import { postFee } from "@/lib/payments/post-fee";
import { type DueCredit, type InvoiceRow, readDueCredit } from "@/lib/payments/read-invoicing";
import { messagesOf } from "@/i18n/messages";
import { announceToPatient, buyerText, type PaperReader, patientOf } from "./announce-document";
import { invoiceBody } from "./invoice-paper";
import { type IssuedDocument, issueIfStill } from "./issue-document";

/** A line that is credited, beside the line of the invoice it lowers. */
type Credit = CreditedLine & { line: InvoiceRow["lines"][number] };

/**
 * Issues the credit note of one invoice whose money came back in part or whole; one call, one paper, since a credit note
 * names one invoice. Null when nothing is to be credited any more.
 */
export async function issueCreditNote(
  system: System,
  bookingId: string,
  now: Date,
): Promise<IssuedDocument | null> {
  const read = await asPerson(system, async (tx) => {
    const due = await readDueCredit(tx, bookingId);
    return due && { due, patient: await patientOf(tx, due.booking.caseId) };
  });
  const invoice = read && invoiceOf(read.due);
  if (!read?.patient || !invoice) return null;
  const { due, patient } = read;
  const credits = creditsOf(due, invoice);
  const { id, caseId } = due.booking;
  const noteId = newId();
  return issueIfStill(
    system,
    {
      ...{ kind: "credit_note", subjectId: noteId, caseId, bookingId: id, language: patient.language },
      body: bodyOf(due, invoice, { credits, patient }, now),
      isStill: async (tx) => {
        await claimTrip(tx, id);
        const again = await readDueCredit(tx, id);
        return again !== null && keysOf(creditsOf(again, invoice)) === keysOf(credits);
      },
      announce: async (tx, document) => {
        await keepNote(tx, { due, invoice, credits, noteId, document, buyer: buyerText(patient) }, now);
        await postFee(tx, { id, caseId });
        await announceToPatient(tx, patient, caseId);
      },
    },
    now,
  );
}

/** The first invoice of what is due; the sweep comes again for the next. */
function invoiceOf({ credits, invoices }: DueCredit): InvoiceRow | null {
  return invoices.find((invoice) => invoice.id === credits[0]?.invoiceId) ?? null;
}

function creditsOf({ credits }: DueCredit, invoice: InvoiceRow): Credit[] {
  return credits.flatMap((credit) => {
    const line = invoice.lines.find((one) => one.id === credit.lineId);
    return line ? [{ ...credit, line }] : [];
  });
}

function keysOf(credits: readonly Credit[]): string {
  return credits.map(({ lineId, grossMinor }) => `${lineId}:${grossMinor}`).join(" ");
}

function bodyOf(
  { booking, seller }: DueCredit,
  invoice: InvoiceRow,
  { credits, patient }: { credits: Credit[]; patient: PaperReader },
  now: Date,
) {
  const messages = messagesOf(patient.language);
  return invoiceBody(
    {
      ...{ seller, buyer: patient, bookingNumber: booking.number, issuedAt: now },
      ...{ currency: booking.currency, credits: invoice, earlier: null, isEnded: false },
      lines: credits.map(({ line, netMinor, taxMinor, grossMinor }) => ({
        ...{ kind: line.kind, slice: line.slice, suppliedAt: line.suppliedOn },
        ...{ rateBp: line.rateBp, treatment: line.treatment, note: line.note },
        ...{ netMinor: -netMinor, taxMinor: -taxMinor, grossMinor: -grossMinor },
      })),
    },
    { words: messages.invoices.paper, kinds: messages.lineKinds, language: patient.language },
  );
}

interface Note {
  due: DueCredit;
  invoice: InvoiceRow;
  credits: Credit[];
  noteId: string;
  document: IssuedDocument;
  buyer: string;
}

async function keepNote(
  tx: Tx,
  { due, invoice, credits, noteId, document, buyer }: Note,
  now: Date,
): Promise<void> {
  const { id: bookingId, caseId, currency } = due.booking;
  await tx.invoice.createMany({
    data: [
      {
        ...{ id: noteId, kind: "credit_note", number: document.label, documentId: document.id },
        ...{ bookingId, caseId, currency, creditsId: invoice.id, refundId: due.refundId },
        ...{ seller: due.seller, buyer, ...totalsOf(credits), issuedAt: now },
      },
    ],
  });
  await tx.invoiceLine.createMany({
    data: credits.map(({ line, netMinor, taxMinor, grossMinor }, position) => ({
      ...{ id: newId(), invoiceId: noteId, bookingId, caseId, position, creditsLineId: line.id },
      ...{ serviceId: line.serviceId, kind: line.kind, slice: line.slice, suppliedOn: line.suppliedOn },
      ...{ rateBp: line.rateBp, treatment: line.treatment, note: line.note },
      ...{ netMinor, taxMinor, grossMinor },
    })),
  });
}
