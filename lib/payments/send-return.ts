import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import { queueMail } from "@/lib/infra/mailer";
import { systemActor } from "@/lib/infra/session";
import { claimTransfer } from "./claim-transfer";
import { postSentTransfer, readKept } from "./post-transfer";

/** Writes down that the bank sent a transfer back, with the bank's reference; told twice, booked once. */
export async function sendReturn(
  finance: Finance,
  id: string,
  bankReference: string,
  now: Date,
): Promise<Outcome<{ id: string }, "not_found" | "illegal_transition">> {
  const sent = await asPerson(finance, async (tx) => {
    const found = await tx.transferReturn.findUnique({ where: { id }, include: { transfer: true } });
    if (!found) return refused("not_found");
    const { transferId, transfer } = found;
    await claimTransfer(tx, transferId);
    const { count } = await tx.transferReturn.updateMany({
      where: { id, state: "approved" },
      data: { state: "sent", sentById: finance.personId, sentAt: now, bankReference },
    });
    if (count === 0) return refused("illegal_transition", { from: found.state, to: "sent" });
    await postSentTransfer(tx, transfer);
    const about = { objectType: "bank_transfer", objectId: transferId };
    await writeAudit(tx, finance, "bank_transfer.return_sent", about);
    return done({ bookingId: (await readKept(tx, transferId))?.bookingId ?? null });
  });
  if (!sent.ok) return sent;
  const { bookingId } = sent.value;
  // Finance reaches no patient. Should this mail be lost, the statement tells the same.
  if (bookingId) await asPerson(systemActor("bank-transfer"), (tx) => tellPatient(tx, bookingId));
  return done({ id });
}

async function tellPatient(tx: Tx, bookingId: string): Promise<void> {
  const { patientId, caseId } = await tx.booking.findUniqueOrThrow({
    where: { id: bookingId },
    select: { patientId: true, caseId: true },
  });
  const patient = await tx.person.findUnique({
    where: { id: patientId },
    select: { email: true, locale: true, erasedAt: true },
  });
  if (!patient || patient.erasedAt) return;
  const { email: to, locale } = patient;
  await queueMail(tx, {
    to,
    locale,
    template: "refund_sent",
    path: `/${locale}/my/cases/${caseId}/statement`,
  });
}
