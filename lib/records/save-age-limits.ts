import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import type { Outcome } from "@/lib/kernel/outcome";
import { changeSetting } from "@/lib/audit/change-setting";
import { asPerson } from "@/lib/infra/db";
import { AGE_SETTING } from "./age-limit";
import { ITEM_CODES, usualAgeDays } from "./checklist";
import type { AgeLimitsForm } from "./forms";

/** Says how old each kind of record may be. Only what differs from the built-in list is kept. */
export async function saveAgeLimits(
  admin: Admin,
  { ages, seenAt }: AgeLimitsForm,
  now: Date,
): Promise<Outcome<null, "stale_settings">> {
  const value = Object.fromEntries(
    ITEM_CODES.map((item) => [item, ages[item] ?? null] as const).filter(
      ([item, days]) => days !== usualAgeDays(item),
    ),
  );
  const facts = { differing: Object.keys(value).length };
  return asPerson(admin, (tx) => changeSetting(tx, admin, { key: AGE_SETTING, value, seenAt, facts }, now));
}
