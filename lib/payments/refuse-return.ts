import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { claimReturn } from "./claim-return";

/** Says no to a way back: the transfer may find its instalment again. Whoever proposed it may take it back this way. */
export async function refuseReturn(
  finance: Finance,
  id: string,
  reason: string,
  now: Date,
): Promise<Outcome<{ id: string }, "not_found" | "illegal_transition">> {
  return asPerson(finance, async (tx) => {
    const found = await claimReturn(tx, id);
    if (!found) return refused("not_found");
    const { transferId } = found;
    const { count } = await tx.transferReturn.updateMany({
      where: { id, state: "proposed" },
      data: { state: "refused", refusedById: finance.personId, refusedReason: reason, refusedAt: now },
    });
    if (count === 0) return refused("illegal_transition");
    const about = { objectType: "bank_transfer", objectId: transferId };
    await writeAudit(tx, finance, "bank_transfer.return_refused", about);
    return done({ id });
  });
}
