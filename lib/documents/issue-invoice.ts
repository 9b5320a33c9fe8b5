import "server-only";
import type { System } from "@/lib/kernel/actor";
import { dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { asPerson, type Tx } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { type InvoiceLineDraft, totalsOf } from "@/lib/payments/invoice";
import { postEarnedFee } from "@/lib/payments/post-earned-fee";
import { readDueInvoice, readInvoices } from "@/lib/payments/read-invoicing";
import { messagesOf } from "@/i18n/messages";
import { announceToPatient, buyerText, patientOf } from "./announce-document";
import { invoiceBody } from "./invoice-paper";
import { type IssuedDocument, issueIfStill } from "./issue-document";

type Due = NonNullable<Awaited<ReturnType<typeof readDueInvoice>>>;

/**
 * Invoices what was delivered or earned of a booking and stands on no invoice yet: paper, number, lines and ledger in one
 * transaction. Null when there is nothing, or somebody else has just done it.
 */
export async function issueInvoice(
  system: System,
  bookingId: string,
  now: Date,
): Promise<IssuedDocument | null> {
  const read = await asPerson(system, async (tx) => {
    const due = await readDueInvoice(tx, bookingId);
    if (!due || due.lines.length === 0) return null;
    const earlier = due.isLast ? await readInvoices(tx, bookingId) : null;
    return { due, earlier, patient: await patientOf(tx, due.booking.caseId) };
  });
  if (!read?.patient) return null;
  const { due, earlier, patient } = read;
  const { id, caseId, number, currency } = due.booking;
  const messages = messagesOf(patient.language);
  const body = invoiceBody(
    {
      ...{ seller: due.seller, buyer: patient, bookingNumber: number, issuedAt: now, currency },
      ...{ lines: due.lines, credits: null, isEnded: due.isEnded },
      earlier:
        earlier?.map((one) => ({
          ...{ number: one.number, issuedAt: one.issuedAt },
          grossMinor: one.kind === "invoice" ? one.grossMinor : -one.grossMinor,
        })) ?? null,
    },
    { words: messages.invoices.paper, kinds: messages.lineKinds, language: patient.language },
  );
  const invoiceId = subjectOf(id, due.lines);
  return issueIfStill(
    system,
    {
      ...{ kind: "invoice", subjectId: invoiceId, caseId, bookingId: id, language: patient.language, body },
      isStill: async (tx) => {
        await claimTrip(tx, id);
        const again = await readDueInvoice(tx, id);
        return again !== null && printedOf(again.lines) === printedOf(due.lines);
      },
      announce: async (tx, document) => {
        await keepInvoice(tx, due, { invoiceId, document, buyer: buyerText(patient) }, now);
        await postEarnedFee(tx, system, { id, caseId }, now);
        await announceToPatient(tx, patient, caseId);
      },
    },
    now,
  );
}

/** The same lines make the same paper: whoever sets it a second time finds it issued. */
function subjectOf(bookingId: string, lines: Due["lines"]): string {
  const hash = sha256(`${bookingId} ${keysOf(lines)}`);
  const [one, two, three, four] = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    hash.slice(13, 16),
    hash.slice(17, 20),
  ];
  return `${one}-${two}-8${three}-8${four}-${hash.slice(20, 32)}`;
}

function keysOf(lines: readonly InvoiceLineDraft[]): string {
  return lines
    .map(({ serviceId, slice, grossMinor, rateBp }) => `${serviceId}:${slice ?? ""}:${grossMinor}:${rateBp}`)
    .toSorted()
    .join(" ");
}

/** The same with all that is printed of them: the day a mark was set anew is none of what makes an invoice the same. */
function printedOf(lines: readonly InvoiceLineDraft[]): string {
  return lines
    .map((line) => `${keysOf([line])}:${dayOf(line.suppliedAt)}`)
    .toSorted()
    .join(" ");
}

async function keepInvoice(
  tx: Tx,
  { booking, seller, lines }: Due,
  { invoiceId, document, buyer }: { invoiceId: string; document: IssuedDocument; buyer: string },
  now: Date,
): Promise<void> {
  const { id: bookingId, caseId, currency } = booking;
  await tx.invoice.createMany({
    data: [
      {
        ...{ id: invoiceId, kind: "invoice", number: document.label, documentId: document.id },
        ...{ bookingId, caseId, currency, seller, buyer, ...totalsOf(lines), issuedAt: now },
      },
    ],
  });
  await tx.invoiceLine.createMany({
    data: lines.map(({ suppliedAt, ...line }, position) => ({
      ...{ id: newId(), invoiceId, bookingId, caseId, position, ...line },
      suppliedOn: dateOf(dayOf(suppliedAt)),
    })),
  });
}
