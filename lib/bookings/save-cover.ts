import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import { dayOf } from "@/lib/kernel/day";
import { type Outcome, refused } from "@/lib/kernel/outcome";
import { changeSetting } from "@/lib/audit/change-setting";
import { asPerson } from "@/lib/infra/db";
import { COVER_SETTING } from "./booking";
import type { CoverForm } from "./cover-form";

/** Says who pays travellers back should the operator fail, and until when. Packages are signed only while it holds. */
export async function saveCover(
  admin: Admin,
  { seenAt, ...value }: CoverForm,
  now: Date,
): Promise<Outcome<null, "cover_over" | "stale_settings">> {
  if (value.validUntil < dayOf(now)) return refused("cover_over", { path: "validUntil" });
  const change = { key: COVER_SETTING, value, seenAt, facts: { validUntil: value.validUntil } };
  return asPerson(admin, (tx) => changeSetting(tx, admin, change, now));
}
