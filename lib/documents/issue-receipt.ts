import "server-only";
import type { System } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { asPerson, type Tx } from "@/lib/infra/db";
import { queueMail } from "@/lib/infra/mailer";
import { readTaxSettings } from "@/lib/payments/read-invoicing";
import { isLocale } from "@/i18n/locales";
import { messagesOf } from "@/i18n/messages";
import { issueDocument, type IssuedDocument } from "./issue-document";
import { OPINION, receiptBody } from "./receipt";

/** The receipt of a payment that arrived, in its payer's language; issued once and announced by a mail with a link. */
export async function issueReceipt(
  system: System,
  paymentId: string,
  now: Date,
): Promise<Outcome<IssuedDocument, "not_found">> {
  const read = await asPerson(system, (tx) => readPaid(tx, paymentId));
  if (!read) return refused("not_found");
  const { payment, payer, seller, receivedAt } = read;
  const language = isLocale(payer.locale) ? payer.locale : "en";
  const facts = {
    seller,
    payerName: payer.name,
    ...aboutOf(payment),
    receivedAt,
    method: payment.method,
    currency: payment.currency,
    amountMinor: payment.amountMinor,
  };
  const { caseId, bookingId } = payment;
  const issued = await issueDocument(
    system,
    {
      ...{ kind: "receipt", subjectId: paymentId, caseId, bookingId, language },
      body: receiptBody(facts, messagesOf(language).documents.receipt, language),
      announce: async (tx) => {
        if (payer.erasedAt) return;
        const path = `/${payer.locale}/my/cases/${caseId}/documents`;
        await queueMail(tx, { to: payer.email, locale: payer.locale, template: "receipt_ready", path });
      },
    },
    now,
  );
  return done(issued);
}

type Paid = NonNullable<Awaited<ReturnType<typeof readPaid>>>["payment"];

/** What was paid: an instalment of a booking, or a second opinion, whose whole fee is the centre's. */
function aboutOf({ planItem, opinion, amountMinor, contractAMinor }: Paid) {
  if (planItem) {
    const { kind, booking } = planItem;
    return { bookingNumber: booking.number, kind, contractAMinor };
  }
  if (!opinion) throw new Error("A payment pays an instalment or a second opinion.");
  return { bookingNumber: opinion.number, kind: OPINION, contractAMinor: amountMinor };
}

async function readPaid(tx: Tx, paymentId: string) {
  const payment = await tx.payment.findFirst({
    where: { id: paymentId, succeededAt: { not: null } },
    select: {
      ...{ caseId: true, bookingId: true, payerId: true, method: true, currency: true, amountMinor: true },
      succeededAt: true,
      contractAMinor: true,
      planItem: { select: { kind: true, booking: { select: { number: true } } } },
      opinion: { select: { number: true } },
    },
  });
  if (!payment?.succeededAt) return null;
  const payer = await tx.person.findUniqueOrThrow({
    where: { id: payment.payerId },
    select: { name: true, email: true, locale: true, erasedAt: true },
  });
  const { seller } = await readTaxSettings(tx);
  return { payment, payer, seller, receivedAt: payment.succeededAt };
}
