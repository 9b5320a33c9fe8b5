import { TREATMENTS, treatmentFacts, type TreatmentSlug } from "./treatment";

/** Valve problems with a page of their own. */
export const CONDITIONS = [
  "mitral-regurgitation",
  "aortic-stenosis",
  "aortic-regurgitation",
  "tricuspid-regurgitation",
] as const;

export type ConditionSlug = (typeof CONDITIONS)[number];

export function isCondition(text: string): text is ConditionSlug {
  return CONDITIONS.some((slug) => slug === text);
}

/** What may be done about a condition, in the order of the catalogue: never a recommendation. */
export function treatmentsFor(condition: ConditionSlug): TreatmentSlug[] {
  return TREATMENTS.filter((slug) => treatmentFacts(slug).conditions.includes(condition));
}
