import "server-only";
import type { Tx } from "@/lib/infra/db";
import { queueMail } from "@/lib/infra/mailer";

interface AskedPayment {
  caseId: string;
  payerId: string;
  opinionId: string | null;
}

/**
 * Tells whoever paid, and the patient where that is somebody else, that a bank asks for a payment or took it back, with the way
 * to what is open again. The mail names no sum and not what was paid for. To be called where the fact is written, so that it is
 * told once.
 */
export async function announceDispute(
  tx: Tx,
  { caseId, payerId, opinionId }: AskedPayment,
  template: "payment_asked_back" | "payment_taken_back",
): Promise<void> {
  const { patientId, stage } = await tx.case.findUniqueOrThrow({
    where: { id: caseId },
    select: { patientId: true, stage: true },
  });
  // Nobody writes to the dead; whoever paid for them is told.
  const told = [payerId, patientId].filter(
    (id) => id !== null && !(stage === "deceased" && id === patientId),
  );
  const people = await tx.person.findMany({
    where: { id: { in: told.flatMap((id) => id ?? []) }, erasedAt: null },
    select: { email: true, locale: true },
  });
  // A statement is of a booking; the fee of a second opinion stands with its order.
  const place = opinionId ? "orders" : "statement";
  for (const { email: to, locale } of people)
    await queueMail(tx, { to, locale, template, path: `/${locale}/my/cases/${caseId}/${place}` });
}
