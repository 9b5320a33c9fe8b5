import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { claimPayee } from "./claim-payee";

/** Says no to an account somebody wrote down, or takes one's own back; the payee is paid where it was before. */
export async function refusePayeeAccount(
  finance: Finance,
  { accountId: id, reason }: { accountId: string; reason: string },
  now: Date,
): Promise<Outcome<{ id: string }, "not_found" | "illegal_transition">> {
  return asPerson(finance, async (tx) => {
    const named = await tx.payeeAccount.findUnique({ where: { id }, select: { payeeKey: true } });
    if (!named) return refused("not_found");
    await claimPayee(tx, named.payeeKey);
    const { count } = await tx.payeeAccount.updateMany({
      where: { id, state: "proposed" },
      data: { state: "refused", answeredById: finance.personId, answeredAt: now, refusedReason: reason },
    });
    if (count === 0) return refused("illegal_transition");
    await writeAudit(tx, finance, "payee_account.refused", { objectType: "payee_account", objectId: id });
    return done({ id });
  });
}
