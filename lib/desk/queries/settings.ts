import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { AGE_SETTING, type AgeLimits, ageLimitsOf } from "@/lib/records/age-limit";
import { ITEM_CODES, type ItemCode, ruleOf, usualAgeDays } from "@/lib/records/checklist";
import { AIDS_SETTING, areAidsOn } from "@/lib/reviews/clinical-aids";

export interface AgeLine {
  item: ItemCode;
  maxAgeDays: number | null;
  usualDays: number | null;
}

export interface SettingsPage {
  ages: { lines: AgeLine[]; changedAt: Date | null };
  aids: { on: boolean; changedAt: Date | null };
}

/** What an administrator can set, with when it was last changed. */
export async function settingsFor(admin: Admin): Promise<SettingsPage> {
  const rows = await asPerson(admin, (tx) =>
    tx.setting.findMany({
      where: { key: { in: [AGE_SETTING, AIDS_SETTING] } },
      select: { key: true, value: true, changedAt: true },
    }),
  );
  const found = (key: string) => rows.find((row) => row.key === key);
  const limits = ageLimitsOf(found(AGE_SETTING)?.value);
  return {
    ages: { lines: linesBy(limits), changedAt: found(AGE_SETTING)?.changedAt ?? null },
    aids: { on: areAidsOn(found(AIDS_SETTING)?.value), changedAt: found(AIDS_SETTING)?.changedAt ?? null },
  };
}

function linesBy(limits: AgeLimits): AgeLine[] {
  return ITEM_CODES.map((item) => ({
    item,
    maxAgeDays: ruleOf(null, item, limits).maxAgeDays,
    usualDays: usualAgeDays(item),
  }));
}
