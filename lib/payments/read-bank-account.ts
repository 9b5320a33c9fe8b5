import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { ACCOUNT_SETTING, accountOf, type BankAccount } from "./bank-transfer";

/** Where payers send money, as it is set today; null where nobody has said. */
export function readBankAccount(payer: Patient): Promise<BankAccount | null> {
  return asPerson(payer, async (tx) => {
    const setting = await tx.setting.findUnique({ where: { key: ACCOUNT_SETTING }, select: { value: true } });
    return accountOf(setting?.value);
  });
}
