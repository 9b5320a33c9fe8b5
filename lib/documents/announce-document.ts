import "server-only";
import type { Tx } from "@/lib/infra/db";
import { queueMail } from "@/lib/infra/mailer";
import { DEFAULT_LOCALE, isLocale, type Locale } from "@/i18n/locales";

export interface PaperReader {
  name: string;
  /** Street and town, line by line, as they wanted it on invoices. */
  address: readonly string[];
  /** Where they live, as far as they said. */
  country: string | null;
  /** Null when there is nobody to write to. */
  email: string | null;
  locale: string;
  language: Locale;
}

/** Whose paper it is: the patient's account, or the contact of a case without one. */
export async function patientOf(tx: Tx, caseId: string): Promise<PaperReader | null> {
  const found = await tx.case.findUnique({
    where: { id: caseId },
    select: {
      ...{ patientId: true, contactName: true, country: true, language: true },
      invoiceAddress: { select: { lines: true } },
    },
  });
  if (!found) return null;
  const person = found.patientId
    ? await tx.person.findUnique({
        where: { id: found.patientId },
        select: { name: true, email: true, locale: true, erasedAt: true },
      })
    : null;
  const locale = person?.locale ?? found.language;
  return {
    name: found.contactName ?? person?.name ?? "",
    address: found.invoiceAddress?.lines.split("\n") ?? [],
    country: found.country,
    email: person && !person.erasedAt ? person.email : null,
    locale,
    language: isLocale(locale) ? locale : DEFAULT_LOCALE,
  };
}

/** Who an invoice was for, as it is kept beside its number. */
export function buyerText({ name, address }: PaperReader): string {
  return [name, ...address].join("\n");
}

/** A mail that says a paper is there, and nothing of what it says. */
export async function announceToPatient(tx: Tx, patient: PaperReader, caseId: string): Promise<void> {
  const { email, locale } = patient;
  if (!email) return;
  await queueMail(tx, {
    to: email,
    locale,
    template: "document_ready",
    path: `/${locale}/my/cases/${caseId}/documents`,
  });
}
