import "server-only";
import type { Tx } from "@/lib/infra/db";
import type { MailTemplate } from "@/lib/infra/mail-text";
import { queueMail } from "@/lib/infra/mailer";

interface ChangedBooking {
  caseId: string;
  bookingId: string;
  clinicId: string;
}

/**
 * Tells everybody who decides for a patient, and where the patient could not be asked also those who may read along:
 * somebody who lies in a hospital bed reads no mail. The mail holds a link and nothing else.
 */
export async function announceToFamily(
  tx: Tx,
  { caseId }: ChangedBooking,
  template: MailTemplate,
  scopes: readonly ("owner" | "read")[],
  now: Date,
): Promise<void> {
  const doors = await tx.caseAccess.findMany({
    where: {
      caseId,
      revokedAt: null,
      personId: { not: null },
      scopes: { hasSome: [...scopes] },
      OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
    },
    select: { personId: true },
  });
  const ids = [...new Set(doors.flatMap(({ personId }) => personId ?? []))];
  await mailTo(
    tx,
    { id: { in: ids } },
    template,
    (locale) => `/${locale}/my/cases/${caseId}/booking#changes`,
  );
}

/** Tells the managers of the centre how a change was answered. */
export function announceToCentre(
  tx: Tx,
  { clinicId, bookingId }: ChangedBooking,
  template: MailTemplate,
): Promise<void> {
  const managers = { clinicId, roles: { has: "clinic_manager" as const } };
  return mailTo(tx, managers, template, (locale) => `/${locale}/cabinet/bookings/${bookingId}#changes`);
}

async function mailTo(
  tx: Tx,
  who: { id: { in: string[] } } | { clinicId: string; roles: { has: "clinic_manager" } },
  template: MailTemplate,
  pathIn: (locale: string) => string,
): Promise<void> {
  const people = await tx.person.findMany({
    where: { ...who, erasedAt: null },
    select: { email: true, locale: true },
  });
  for (const { email, locale } of people)
    await queueMail(tx, { to: email, locale, template, path: pathIn(locale) });
}
