import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, goOnAs, type Tx } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { announceMoney } from "./announce-money";
import { claimReturn } from "./claim-return";
import { postSentTransfer, readKept } from "./post-transfer";

/** Writes down that the bank sent a transfer back, with the bank's reference; told twice, booked once. */
export async function sendReturn(
  finance: Finance,
  id: string,
  bankReference: string,
  now: Date,
): Promise<Outcome<{ id: string }, "not_found" | "illegal_transition">> {
  return asPerson(finance, async (tx) => {
    const found = await claimReturn(tx, id);
    if (!found) return refused("not_found");
    const { transferId, transfer } = found;
    const { count } = await tx.transferReturn.updateMany({
      where: { id, state: "approved" },
      data: { state: "sent", sentById: finance.personId, sentAt: now, bankReference },
    });
    if (count === 0) return refused("illegal_transition", { from: found.state, to: "sent" });
    await postSentTransfer(tx, transfer);
    const about = { objectType: "bank_transfer", objectId: transferId };
    await writeAudit(tx, finance, "bank_transfer.return_sent", about);
    const bookingId = (await readKept(tx, transferId))?.bookingId;
    if (bookingId) await announceSent(tx, bookingId);
    return done({ id });
  });
}

/** Finance reaches no patient: the mail is the system's, in the same transaction. */
async function announceSent(tx: Tx, bookingId: string): Promise<void> {
  await goOnAs(tx, systemActor("bank-transfer"), async () => {
    const { patientId, caseId } = await tx.booking.findUniqueOrThrow({
      where: { id: bookingId },
      select: { patientId: true, caseId: true },
    });
    await announceMoney(tx, { patientId, caseId }, "refund_sent");
  });
}
