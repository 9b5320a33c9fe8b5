import "server-only";
import type { Admin, Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { claimAccount } from "./claim-account";

/** Says no to an account somebody wrote down, or takes one's own back; payers are told the one that held before. */
export async function refuseOperatorAccount(
  person: Admin | Finance,
  { accountId: id, reason }: { accountId: string; reason: string },
  now: Date,
): Promise<Outcome<{ id: string }, "not_found" | "illegal_transition">> {
  return asPerson(person, async (tx) => {
    await claimAccount(tx);
    const account = await tx.operatorAccount.findUnique({ where: { id }, select: { state: true } });
    if (!account) return refused("not_found");
    const { count } = await tx.operatorAccount.updateMany({
      where: { id, state: "proposed" },
      data: {
        ...{ state: "refused", refusedReason: reason },
        ...{ answeredById: person.personId, answeredAt: now },
      },
    });
    if (count === 0) return refused("illegal_transition", { from: account.state, to: "refused" });
    const about = { objectType: "operator_account", objectId: id };
    await writeAudit(tx, person, "operator_account.refused", about);
    return done({ id });
  });
}
