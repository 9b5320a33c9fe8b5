import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { claimReturn } from "./claim-return";
import { endTransferTask } from "./claim-transfer";
import { postReturnedTransfer } from "./post-transfer";

type Refusal = "not_found" | "same_person" | "illegal_transition";

/**
 * The second person says yes: the transfer pays nothing any more and is owed to whoever sent it, until the bank has sent it.
 * Of two approvals at once one wins.
 */
export async function approveReturn(
  finance: Finance,
  id: string,
  now: Date,
): Promise<Outcome<{ id: string }, Refusal>> {
  return asPerson(finance, async (tx) => {
    const found = await claimReturn(tx, id);
    if (!found) return refused("not_found");
    const { transferId, transfer } = found;
    if (found.proposedById === finance.personId) return refused("same_person");
    const { count } = await tx.transferReturn.updateMany({
      where: { id, state: "proposed", proposedById: { not: finance.personId } },
      data: { state: "approved", approvedById: finance.personId, approvedAt: now },
    });
    if (count === 0) return refused("illegal_transition", { from: found.state, to: "approved" });
    await tx.bankTransfer.updateMany({
      where: { id: transferId, state: "unmatched" },
      data: { state: "returned" },
    });
    await postReturnedTransfer(tx, transfer, id);
    await endTransferTask(tx, finance, transferId, now);
    const about = { objectType: "bank_transfer", objectId: transferId };
    await writeAudit(tx, finance, "bank_transfer.return_approved", about);
    return done({ id });
  });
}
