import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import type { Outcome } from "@/lib/kernel/outcome";
import { changeSetting } from "@/lib/audit/change-setting";
import { asPerson } from "@/lib/infra/db";
import { AIDS_SETTING } from "./clinical-aids";
import type { AidsForm } from "./forms";

/** Turns the clinical aids on or off for everybody: grades of measured numbers, and measuring in pictures. */
export async function changeAids(
  admin: Admin,
  { on, seenAt }: AidsForm,
  now: Date,
): Promise<Outcome<null, "stale_settings">> {
  const change = { key: AIDS_SETTING, value: { on }, seenAt, facts: { on } };
  return asPerson(admin, (tx) => changeSetting(tx, admin, change, now));
}
