import type { Day } from "@/lib/kernel/day";
import type { PlacedClinic } from "./clinics";

/** The second part of the demo world: cases in every stage, made by the product's own verbs, one maker after another. */
const CASE_MAKERS: readonly ((clinics: readonly PlacedClinic[], now: Date, today: Day) => Promise<void>)[] =
  [];

export async function fillCases(clinics: readonly PlacedClinic[], now: Date, today: Day): Promise<void> {
  for (const make of CASE_MAKERS) await make(clinics, now, today);
}
