import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson } from "@/lib/infra/db";
import { announceAccount } from "./announce-account";
import { ACCOUNT_SETTING, accountOf } from "./bank-transfer";
import { claimAccount } from "./claim-account";
import { plainNumber } from "./payee";
import type { OperatorAccountForm } from "./payee-form";

/** Writes down where payers are to send money. They are told the old account until another person has confirmed this one. */
export async function proposeOperatorAccount(
  admin: Admin,
  form: OperatorAccountForm,
  now: Date,
): Promise<Outcome<{ id: string }, "operator_account_waits" | "operator_account_known">> {
  return asPerson(admin, async (tx) => {
    await claimAccount(tx);
    const waits = await tx.operatorAccount.findFirst({ where: { state: "proposed" }, select: { id: true } });
    if (waits) return refused("operator_account_waits");
    const setting = await tx.setting.findUnique({ where: { key: ACCOUNT_SETTING }, select: { value: true } });
    const told = accountOf(setting?.value);
    const { holder, iban, bic, bank } = form;
    const isTold =
      told &&
      plainNumber(told.iban) === iban &&
      told.holder === holder &&
      told.bic === bic &&
      told.bank === bank;
    if (isTold) return refused("operator_account_known");
    const id = newId(now.getTime());
    await tx.operatorAccount.createMany({
      data: [{ id, ...form, proposedById: admin.personId, proposedAt: now }],
    });
    const about = { objectType: "operator_account", objectId: id };
    await writeAudit(tx, admin, "operator_account.proposed", about);
    await announceAccount(tx, "operator_account_proposed");
    return done({ id });
  });
}
