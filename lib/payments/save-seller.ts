import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import type { Outcome } from "@/lib/kernel/outcome";
import { changeSetting } from "@/lib/audit/change-setting";
import { asPerson } from "@/lib/infra/db";
import type { SellerForm } from "./forms";
import { SELLER_SETTING } from "./seller";

/** Says who sells contract B, as it stands on invoices from now on. */
export async function saveSeller(
  admin: Admin,
  { seller, seenAt }: SellerForm,
  now: Date,
): Promise<Outcome<null, "stale_settings">> {
  const change = { key: SELLER_SETTING, value: seller, seenAt, facts: {} };
  return asPerson(admin, (tx) => changeSetting(tx, admin, change, now));
}
