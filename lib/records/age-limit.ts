import { z } from "zod";
import { ITEM_CODES, type ItemCode } from "./checklist";

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
