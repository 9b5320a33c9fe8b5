import "server-only";
import type { Admin, Finance } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { announceAccount } from "./announce-account";
import { ACCOUNT_SETTING, type BankAccount } from "./bank-transfer";
import { claimAccount } from "./claim-account";
import { spacedNumber } from "./payee";

/** The second person says that an account is the operator's own: from now on payers are told it, and no longer the old one. */
export async function confirmOperatorAccount(
  second: Admin | Finance,
  id: string,
  now: Date,
): Promise<Outcome<{ id: string }, "not_found" | "same_person" | "illegal_transition">> {
  return asPerson(second, async (tx) => {
    await claimAccount(tx);
    const account = await tx.operatorAccount.findUnique({ where: { id } });
    if (!account) return refused("not_found");
    if (account.proposedById === second.personId) return refused("same_person");
    if (account.state !== "proposed")
      return refused("illegal_transition", { from: account.state, to: "confirmed" });
    await tx.operatorAccount.updateMany({
      where: { state: "confirmed" },
      data: { state: "replaced", replacedAt: now },
    });
    const said = { answeredById: second.personId, answeredAt: now };
    await tx.operatorAccount.updateMany({
      where: { id, state: "proposed", proposedById: { not: second.personId } },
      data: { state: "confirmed", ...said },
    });
    const { holder, iban, bic, bank } = account;
    const value = { holder, iban: spacedNumber(iban), bic, bank } satisfies BankAccount;
    const told = { value, changedById: second.personId, changedAt: now };
    await tx.setting.upsert({
      where: { key: ACCOUNT_SETTING },
      create: { key: ACCOUNT_SETTING, ...told },
      update: told,
    });
    const about = { objectType: "operator_account", objectId: id };
    await writeAudit(tx, second, "operator_account.confirmed", about);
    await announceAccount(tx, "operator_account_changed");
    return done({ id });
  });
}
