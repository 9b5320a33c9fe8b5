import "server-only";
import type { Admin } from "@/lib/kernel/actor";
import { asPerson } from "@/lib/infra/db";
import { AGE_SETTING, type AgeLimits, ageLimitsOf } from "@/lib/records/age-limit";
import { ITEM_CODES, type ItemCode, ruleOf, usualAgeDays } from "@/lib/records/checklist";
import { type Seller, SELLER_SETTING, sellerOf } from "@/lib/payments/seller";
import { TAX_SETTING, type TaxRules, taxRulesOf } from "@/lib/payments/tax";
import { AIDS_SETTING, areAidsOn } from "@/lib/reviews/clinical-aids";
import { OPINION_SETTING, type OpinionFees, opinionFeesOf } from "@/lib/reviews/opinion";

export interface AgeLine {
  item: ItemCode;
  maxAgeDays: number | null;
  usualDays: number | null;
}

export interface SettingsPage {
  ages: { lines: AgeLine[]; changedAt: Date | null };
  aids: { on: boolean; changedAt: Date | null };
  tax: { rules: TaxRules; changedAt: Date | null };
  seller: { seller: Seller | null; changedAt: Date | null };
  opinions: { fees: OpinionFees; clinics: { slug: string; name: string }[]; changedAt: Date | null };
}

/** What an administrator can set, with when it was last changed. */
export async function settingsFor(admin: Admin): Promise<SettingsPage> {
  const rows = await asPerson(admin, (tx) =>
    tx.setting.findMany({
      where: { key: { in: [AGE_SETTING, AIDS_SETTING, TAX_SETTING, SELLER_SETTING, OPINION_SETTING] } },
      select: { key: true, value: true, changedAt: true },
    }),
  );
  const found = (key: string) => rows.find((row) => row.key === key);
  const changed = (key: string) => found(key)?.changedAt ?? null;
  const limits = ageLimitsOf(found(AGE_SETTING)?.value);
  return {
    ages: { lines: linesBy(limits), changedAt: changed(AGE_SETTING) },
    aids: { on: areAidsOn(found(AIDS_SETTING)?.value), changedAt: changed(AIDS_SETTING) },
    tax: { rules: taxRulesOf(found(TAX_SETTING)?.value), changedAt: changed(TAX_SETTING) },
    opinions: {
      fees: opinionFeesOf(found(OPINION_SETTING)?.value),
      clinics: await clinicsWithClearance(admin),
      changedAt: changed(OPINION_SETTING),
    },
    seller: { seller: sellerOf(found(SELLER_SETTING)?.value), changedAt: changed(SELLER_SETTING) },
  };
}

/** Only their money may be held until they have answered. */
function clinicsWithClearance(admin: Admin) {
  return asPerson(admin, (tx) =>
    tx.clinic.findMany({
      where: {
        publishedAt: { not: null },
        contractAMode: "held_by_operator",
        heldClearanceOn: { not: null },
      },
      orderBy: { name: "asc" },
      select: { slug: true, name: true },
    }),
  );
}

function linesBy(limits: AgeLimits): AgeLine[] {
  return ITEM_CODES.map((item) => ({
    item,
    maxAgeDays: ruleOf(null, item, limits).maxAgeDays,
    usualDays: usualAgeDays(item),
  }));
}
