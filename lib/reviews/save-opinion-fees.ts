import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import type { Outcome } from "@/lib/kernel/outcome";
import { changeSetting } from "@/lib/audit/change-setting";
import { asPerson } from "@/lib/infra/db";
import type { OpinionFeesForm } from "./forms";
import { OPINION_SETTING } from "./opinion";

/** Says what each centre takes for a second opinion. What was ordered before keeps its fee and its days. */
export async function saveOpinionFees(
  admin: Admin,
  { seenAt, ...value }: OpinionFeesForm,
  now: Date,
): Promise<Outcome<null, "stale_settings">> {
  const facts = { centres: Object.keys(value.fees).length, days: value.answerDays };
  const change = { key: OPINION_SETTING, value, seenAt, facts };
  return asPerson(admin, (tx) => changeSetting(tx, admin, change, now));
}
