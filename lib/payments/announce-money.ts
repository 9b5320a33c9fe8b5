import "server-only";
import type { Tx } from "@/lib/infra/db";
import { queueMail } from "@/lib/infra/mailer";

type MoneyMail = "payment_problem" | "refund_refused" | "refund_sent";

/**
 * Sends the patient of a booking to their statement, or to their orders where the money is the fee of a second opinion. The
 * mail says that something happened to money, never what for.
 */
export async function announceMoney(
  tx: Tx,
  { patientId, caseId }: { patientId: string; caseId: string },
  template: MoneyMail,
  place: "statement" | "orders" = "statement",
): Promise<void> {
  const patient = await tx.person.findUnique({
    where: { id: patientId },
    select: { email: true, locale: true, erasedAt: true },
  });
  if (!patient || patient.erasedAt) return;
  const { email: to, locale } = patient;
  await queueMail(tx, { to, locale, template, path: `/${locale}/my/cases/${caseId}/${place}` });
}
