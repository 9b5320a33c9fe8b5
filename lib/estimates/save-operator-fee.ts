import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import type { Outcome } from "@/lib/kernel/outcome";
import { changeSetting } from "@/lib/audit/change-setting";
import { asPerson } from "@/lib/infra/db";
import type { OperatorFeeForm } from "./fee-form";
import { FEE_SETTING } from "./operator-fee";

/** Says what the operator takes, whichever centre or treatment. What was sent before keeps its fee. */
export async function saveOperatorFee(
  admin: Admin,
  { seenAt, amount, sums }: OperatorFeeForm,
  now: Date,
): Promise<Outcome<null, "stale_settings">> {
  const value = { amount, currency: "EUR", sums };
  const facts = { amount, currency: "EUR", ...sums };
  return asPerson(admin, (tx) => changeSetting(tx, admin, { key: FEE_SETTING, value, seenAt, facts }, now));
}
