import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import type { Outcome } from "@/lib/kernel/outcome";
import { changeSetting } from "@/lib/audit/change-setting";
import { asPerson } from "@/lib/infra/db";
import type { TaxRulesForm } from "./forms";
import { TAX_SETTING } from "./tax";

/** Says how each kind of line is taxed, for invoices from now on. */
export async function saveTaxRules(
  admin: Admin,
  { rules, seenAt }: TaxRulesForm,
  now: Date,
): Promise<Outcome<null, "stale_settings">> {
  const value = Object.fromEntries(Object.entries(rules).filter(([, rule]) => rule));
  const facts = { kinds: Object.keys(value).length };
  return asPerson(admin, (tx) => changeSetting(tx, admin, { key: TAX_SETTING, value, seenAt, facts }, now));
}
