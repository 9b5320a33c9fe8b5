import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { claimTransfer } from "./claim-transfer";
import type { ProposeReturnForm } from "./forms";

/** Somebody of finance asks that a bank transfer which pays nothing goes back to where it came from; another approves. */
export async function proposeReturn(
  finance: Finance,
  { transferId, reason }: ProposeReturnForm,
  now: Date,
): Promise<Outcome<{ id: string }, "not_found" | "illegal_transition" | "return_under_way">> {
  return asPerson(finance, async (tx) => {
    await claimTransfer(tx, transferId);
    const transfer = await tx.bankTransfer.findUnique({
      where: { id: transferId },
      select: {
        ...{ state: true, paymentId: true },
        returns: { where: { state: { notIn: ["refused", "withdrawn"] } }, select: { id: true } },
      },
    });
    if (!transfer) return refused("not_found");
    if (transfer.returns.length > 0) return refused("return_under_way");
    // Money that doubles an instalment is a payment already and goes back as one.
    if (transfer.state !== "unmatched" || transfer.paymentId !== null)
      return refused("illegal_transition", { from: transfer.state, to: "returned" });
    const id = newId();
    await tx.transferReturn.createMany({
      data: [{ id, transferId, reason, proposedById: finance.personId, proposedAt: now }],
    });
    await writeAudit(tx, finance, "bank_transfer.return_proposed", {
      objectType: "bank_transfer",
      objectId: transferId,
    });
    return done({ id });
  });
}
