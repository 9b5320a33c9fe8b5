import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, goOnAs, type Tx } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { claimReturn } from "./claim-return";
import { openMoneyTask } from "./open-money-task";
import { postWithdrawnReturn, readKept } from "./post-transfer";

/**
 * Takes an approved way back again before the bank has sent it, with the reason: the money is held for whoever sent it as
 * before, by an entry of its own, and somebody is asked again what it is for. Of this and the sending one wins.
 */
export async function withdrawReturn(
  finance: Finance,
  id: string,
  reason: string,
  now: Date,
): Promise<Outcome<{ id: string }, "not_found" | "illegal_transition">> {
  return asPerson(finance, async (tx) => {
    const found = await claimReturn(tx, id);
    if (!found) return refused("not_found");
    const { transferId, transfer } = found;
    const { count } = await tx.transferReturn.updateMany({
      where: { id, state: "approved" },
      data: {
        state: "withdrawn",
        withdrawnById: finance.personId,
        withdrawnReason: reason,
        withdrawnAt: now,
      },
    });
    if (count === 0) return refused("illegal_transition", { from: found.state, to: "withdrawn" });
    await tx.bankTransfer.updateMany({
      where: { id: transferId, state: "returned" },
      data: { state: "unmatched" },
    });
    await postWithdrawnReturn(tx, transfer, id);
    const about = { objectType: "bank_transfer", objectId: transferId };
    await writeAudit(tx, finance, "bank_transfer.return_withdrawn", about);
    const bookingId = (await readKept(tx, transferId))?.bookingId;
    if (bookingId) await askAgain(tx, { transferId, bookingId }, now);
    return done({ id });
  });
}

/** Finance reaches no case: its task is the system's, in the same transaction. */
async function askAgain(
  tx: Tx,
  { transferId, bookingId }: { transferId: string; bookingId: string },
  now: Date,
): Promise<void> {
  await goOnAs(tx, systemActor("bank-transfer"), async () => {
    const { caseId } = await tx.booking.findUniqueOrThrow({
      where: { id: bookingId },
      select: { caseId: true },
    });
    await openMoneyTask(tx, { caseId, kind: "unmatched_payment", title: transferId }, now);
  });
}
