import { type Refused, refused } from "@/lib/kernel/outcome";
import { SUPPLY_MODES, type SupplyMode, whyModeBlocked } from "@/lib/guides/medicine-rules";
import { optionOf } from "./line-device";

interface SupplyLine {
  kind: string;
  options?: unknown;
}

/** The way home a line of medicine supply is priced for; null where it is left to whoever holds the day. */
export function supplyModeOf({ kind, options }: SupplyLine): SupplyMode | null {
  if (kind !== "medicine_supply") return null;
  const named = optionOf(options, "mode");
  return SUPPLY_MODES.find((mode) => mode === named) ?? null;
}

/**
 * Refuses an estimate that prices a way home for medicines the patient's country does not allow, or by a rule nobody has looked
 * at for too long. What the medicines are is known later, and judged when the day is held.
 */
export function supplyRefusal(
  lines: readonly SupplyLine[],
  country: string,
  now: Date,
): Refused<"invalid_supply_mode" | "supply_rules_old"> | null {
  for (const [index, line] of lines.entries()) {
    const path = `lines.${index}.mode`;
    const mode = supplyModeOf(line);
    const isUnknown = line.kind === "medicine_supply" && optionOf(line.options, "mode") !== null && !mode;
    const why = mode && whyModeBlocked(mode, country, now);
    if (why === "rule_stale") return refused("supply_rules_old", { path, mode: `${mode}` });
    if (isUnknown || why) return refused("invalid_supply_mode", { path, why: why ?? "unknown" });
  }
  return null;
}
