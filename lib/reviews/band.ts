import type { Guideline } from "./guideline";

/** What a number can be too much, or too little, of. Mitral leaks are graded apart by what causes them. */
export const LESIONS = ["mr_primary", "mr_secondary", "as", "ar", "tr"] as const;

export type Lesion = (typeof LESIONS)[number];

/** From least to most. A guideline uses some of them; "not_severe" where it draws one line only. */
export const GRADES = [
  "sclerosis",
  "not_severe",
  "mild",
  "moderate",
  "moderate_upper",
  "severe",
  "very_severe",
  "massive",
  "torrential",
] as const;

export type Grade = (typeof GRADES)[number];

/** What must hold before a lower number still counts as the band's grade. Only a person can tell. */
export type Condition = "elliptical_orifice" | "low_flow";

export type Operator = "<" | "<=" | ">" | ">=";

export interface Bound {
  operator: Operator;
  /** In the unit of the band's measure. */
  at: number;
}

/**
 * How sure the cut-off is: read in the guideline itself, read in a paper that quotes it, or taught everywhere without
 * a source seen.
 */
export type Provenance = "primary" | "secondary" | "general";

export interface Band {
  grade: Grade;
  /** All must hold. */
  bounds: readonly Bound[];
  /** The grade a reviewer may give instead when the condition holds. */
  orElse?: { grade: Grade; condition: Condition };
}

/** One measure's bands under some guidelines, least first. A number between two bands has no grade. */
export interface Scale {
  lesion: Lesion;
  /** Field of the measure, as stored. */
  measure: string;
  /** Measures of one family say the same thing twice: together they count once. */
  family: string;
  unit: string;
  /** Whether the number helps to decide, or only stands beside the deciding ones. */
  weight: "decides" | "supports";
  guidelines: readonly Guideline[];
  bands: readonly Band[];
  source: string;
  provenance: Provenance;
}

const HOLDS: Record<Operator, (value: number, at: number) => boolean> = {
  "<": (value, at) => value < at,
  "<=": (value, at) => value <= at,
  ">": (value, at) => value > at,
  ">=": (value, at) => value >= at,
};

export function holds(bound: Bound, value: number): boolean {
  return HOLDS[bound.operator](value, bound.at);
}

/** The band a number falls in, or null between two of them. */
export function bandOf(scale: Scale, value: number): Band | null {
  return scale.bands.find(({ bounds }) => bounds.every((bound) => holds(bound, value))) ?? null;
}

/** Share of a cut-off within which a number may fall on its other side by the next measurement. */
const BORDERLINE_SHARE = 0.05;

/** Digits of a measured number end long before this; only binary fractions differ behind it. */
const ROUNDING = 1e-9;

/** The cut-offs a number stands so near to that a second look is asked for. */
export function nearCutOffs(scale: Scale, value: number): number[] {
  const cutOffs = new Set(scale.bands.flatMap(({ bounds }) => bounds.map(({ at }) => at)));
  return [...cutOffs].filter((at) => Math.abs(value - at) <= BORDERLINE_SHARE * at + ROUNDING);
}

/**
 * Bands of a number that rises with severity: each begins with its own cut-off and ends before the next. The first has
 * no lower bound.
 */
export function rising(least: Grade, ...steps: readonly (readonly [Grade, number])[]): Band[] {
  const all: readonly (readonly [Grade, number | null])[] = [[least, null], ...steps];
  return all.map(([grade, from], index) => {
    const next = all[index + 1]?.[1] ?? null;
    const bounds: Bound[] = [];
    if (from !== null) bounds.push({ operator: ">=", at: from });
    if (next !== null) bounds.push({ operator: "<", at: next });
    return { grade, bounds };
  });
}

/** One band with its bounds as the guideline prints them: `band("severe", "<=", 1)`. */
export function band(grade: Grade, operator: Operator, at: number, ...rest: readonly Bound[]): Band {
  return { grade, bounds: [{ operator, at }, ...rest] };
}
