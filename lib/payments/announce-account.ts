import "server-only";
import type { Tx } from "@/lib/infra/db";
import { queueMail } from "@/lib/infra/mailer";

/** Tells every administrator that the account of the operator is to change, or has: whoever did not expect it looks. */
export async function announceAccount(
  tx: Tx,
  template: "operator_account_proposed" | "operator_account_changed",
): Promise<void> {
  const admins = await tx.person.findMany({
    where: { roles: { has: "admin" }, erasedAt: null },
    select: { email: true, locale: true },
  });
  for (const { email: to, locale } of admins)
    await queueMail(tx, { to, locale, template, path: `/${locale}/desk/settings/money` });
}
