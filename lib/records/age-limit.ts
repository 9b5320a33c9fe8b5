import { z } from "zod";
import { ITEM_CODES, type ItemCode, usualAgeDays } from "./checklist";

/** How old an examination may be where the operator says otherwise than the built-in list: days by item, null for no limit. */
export const AGE_SETTING = "record_ages";
export const AGE_DAYS_MAX = 3_650;

export type AgeLimits = Readonly<Partial<Record<ItemCode, number | null>>>;

const kept = z.record(z.string(), z.int().min(1).max(AGE_DAYS_MAX).nullable());

/** The limits a setting keeps; lines this version does not know are left out. */
export function ageLimitsOf(value: unknown): AgeLimits {
  const read = kept.safeParse(value);
  if (!read.success) return {};
  const known = Object.entries(read.data).filter(([item]) => ITEM_CODES.some((code) => code === item));
  return Object.fromEntries(known);
}

/** What one centre says of its own. */
export interface CentreLimits {
  name: string;
  limits: AgeLimits;
}

/** The limits one case is judged by, and the centre a limit comes from where it is not the operator's. */
export interface CaseLimits {
  limits: AgeLimits;
  centres: Readonly<Partial<Record<ItemCode, string>>>;
}

/** The strictest of the centres that are asked, each by its own word or else the operator's; the operator's while none is. */
export function strictestOf(operator: AgeLimits, centres: readonly CentreLimits[]): CaseLimits {
  const limits: Partial<Record<ItemCode, number | null>> = { ...operator };
  const names: Partial<Record<ItemCode, string>> = {};
  for (const item of ITEM_CODES) {
    const said = centres.flatMap(({ name, limits: own }) => {
      const days = own[item];
      return typeof days === "number" ? [{ name, days }] : [];
    });
    const [strictest] = said.toSorted((one, other) => one.days - other.days);
    const usual = operatorDays(operator, item);
    // A centre that says nothing is content with the operator's limit, and may be stricter by that.
    const isBelow = strictest && (usual === null || strictest.days < usual || said.length === centres.length);
    if (!strictest || !isBelow || strictest.days === usual) continue;
    limits[item] = strictest.days;
    names[item] = strictest.name;
  }
  return { limits, centres: names };
}

function operatorDays(operator: AgeLimits, item: ItemCode): number | null {
  const said = operator[item];
  return said === undefined ? usualAgeDays(item) : said;
}
