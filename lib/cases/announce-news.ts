import "server-only";
import type { Tx } from "@/lib/infra/db";
import type { MailTemplate } from "@/lib/infra/mail-text";
import { queueMail } from "@/lib/infra/mailer";

interface CaseOfPeople {
  id: string;
  patientId: string | null;
}

/** Tells the patient by mail that something waits in their case; the mail holds a link and nothing else. */
export async function announceToPatient(
  tx: Tx,
  one: CaseOfPeople,
  template: MailTemplate,
  page = "",
): Promise<void> {
  if (!one.patientId) return;
  await mailTo(tx, [one.patientId], template, (locale) => `/${locale}/my/cases/${one.id}${page}`);
}

/** Tells the coordinator who owns the case; the on-call queue is watched and needs no mail. */
export async function announceToOwner(
  tx: Tx,
  one: { id: string; ownerId: string | null },
  template: MailTemplate,
): Promise<void> {
  if (one.ownerId) await mailTo(tx, [one.ownerId], template, (locale) => `/${locale}/desk/cases/${one.id}`);
}

/** Tells the reviewers of a centre. */
export async function announceToClinic(
  tx: Tx,
  clinicId: string,
  template: MailTemplate,
  page: string,
): Promise<void> {
  const reviewers = await tx.person.findMany({
    where: { clinicId, roles: { has: "clinic_reviewer" }, erasedAt: null },
    select: { id: true },
  });
  const ids = reviewers.map((reviewer) => reviewer.id);
  await mailTo(tx, ids, template, (locale) => `/${locale}/cabinet${page}`);
}

async function mailTo(
  tx: Tx,
  personIds: readonly string[],
  template: MailTemplate,
  pathIn: (locale: string) => string,
): Promise<void> {
  const people = await tx.person.findMany({
    where: { id: { in: [...personIds] }, erasedAt: null },
    select: { email: true, locale: true },
  });
  for (const { email, locale } of people) {
    await queueMail(tx, { to: email, locale, template, path: pathIn(locale) });
  }
}
