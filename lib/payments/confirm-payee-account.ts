import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { claimPayee } from "./claim-payee";

/** The second person says that an account is the payee's: from now on it is paid there, and no longer where it was. */
export async function confirmPayeeAccount(
  finance: Finance,
  id: string,
  now: Date,
): Promise<Outcome<{ id: string }, "not_found" | "same_person" | "illegal_transition">> {
  return asPerson(finance, async (tx) => {
    const named = await tx.payeeAccount.findUnique({ where: { id }, select: { payeeKey: true } });
    if (!named) return refused("not_found");
    await claimPayee(tx, named.payeeKey);
    const account = await tx.payeeAccount.findUniqueOrThrow({ where: { id } });
    if (account.proposedById === finance.personId) return refused("same_person");
    if (account.state !== "proposed")
      return refused("illegal_transition", { from: account.state, to: "confirmed" });
    await tx.payeeAccount.updateMany({
      where: { payeeKey: account.payeeKey, state: "confirmed" },
      data: { state: "replaced", replacedAt: now },
    });
    await tx.payeeAccount.updateMany({
      where: { id, state: "proposed", proposedById: { not: finance.personId } },
      data: { state: "confirmed", answeredById: finance.personId, answeredAt: now },
    });
    await writeAudit(tx, finance, "payee_account.confirmed", { objectType: "payee_account", objectId: id });
    return done({ id });
  });
}
