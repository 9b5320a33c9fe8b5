import { REGURGITATION_SCALES, STENOSIS_SCALES } from "./aortic-bands";
import type { Condition, Grade, Lesion, Provenance, Scale } from "./band";
import { bandOf, GRADES, nearCutOffs } from "./band";
import type { FlowState } from "./flow-state";
import { flowStateOf } from "./flow-state";
import type { Guideline } from "./guideline";
import { MITRAL_SCALES } from "./mitral-bands";
import { TRICUSPID_SCALES } from "./tricuspid-bands";

/** Every cut-off there is. */
export const SCALES: readonly Scale[] = [
  ...MITRAL_SCALES,
  ...STENOSIS_SCALES,
  ...REGURGITATION_SCALES,
  ...TRICUSPID_SCALES,
];

/** A person's measured numbers by the field of the measure, each in the measure's own unit. Verified ones only. */
export type Numbers = Readonly<Record<string, number>>;

/** What one number says under one guideline. */
export interface GradedItem {
  measure: string;
  family: string;
  value: number;
  unit: string;
  weight: "decides" | "supports";
  /** Null between two bands. */
  grade: Grade | null;
  orElse: { grade: Grade; condition: Condition } | null;
  /** Cut-offs within 5 %. */
  near: readonly number[];
  source: string;
  provenance: Provenance;
}

interface Answered {
  guideline: Guideline;
  items: readonly GradedItem[];
  /** Narrowed aortic valve only. */
  flow: FlowState | null;
}

export type Severity =
  | (Answered & {
      state: "graded";
      grade: Grade;
      /** A number that carries the grade stands within 5 % of a cut-off. */
      isBorderline: boolean;
      /** What it would be if a condition only a person can see holds. */
      orElse: { grade: Grade; conditions: readonly Condition[] } | null;
    })
  | (Answered & {
      state: "cannot_be_graded";
      reason: "no_cut_offs" | "too_few" | "discordant" | "low_gradient";
    });

/** Grades that say the same in broad: two numbers of one group agree. Least first within each. */
const GROUPS: readonly (readonly Grade[])[] = [
  ["sclerosis", "mild"],
  ["not_severe"],
  ["moderate", "moderate_upper"],
  ["severe", "very_severe", "massive", "torrential"],
];

/** Fewer agreeing numbers than this never make a grade. */
const AGREEING_LEAST = 2;

/**
 * How severe a lesion is by one guideline, from numbers alone. Never from one number: two that say different things
 * and agree are the least, and more must agree than speak against it.
 */
export function severityOf(lesion: Lesion, numbers: Numbers, guideline: Guideline): Severity {
  const scales = SCALES.filter((one) => one.lesion === lesion && one.guidelines.includes(guideline));
  const items = scales.flatMap((scale) => gradedItem(scale, numbers));
  const flow = lesion === "as" ? flowStateOf(flowNumbers(numbers), guideline) : null;
  const rest = { guideline, items, flow };
  if (scales.length === 0) return { ...rest, state: "cannot_be_graded", reason: "no_cut_offs" };
  if (isLowGradient(flow)) return { ...rest, state: "cannot_be_graded", reason: "low_gradient" };
  const votes = votesOf(items, (item) => item.grade);
  const grade = agreedGrade(votes);
  if (grade === null)
    return {
      ...rest,
      state: "cannot_be_graded",
      reason: votes.size < AGREEING_LEAST ? "too_few" : "discordant",
    };
  const carrying = items.filter((item) => item.weight === "decides" && sameGroup(item.grade, grade));
  return {
    ...rest,
    state: "graded",
    grade,
    isBorderline: carrying.some(({ near }) => near.length > 0),
    orElse: orElseOf(items, grade),
  };
}

function gradedItem(scale: Scale, numbers: Numbers): GradedItem[] {
  const value = numbers[scale.measure];
  if (value === undefined) return [];
  const band = bandOf(scale, value);
  const { measure, family, unit, weight, source, provenance } = scale;
  const said = { grade: band?.grade ?? null, orElse: band?.orElse ?? null, near: nearCutOffs(scale, value) };
  return [{ measure, family, value, unit, weight, source, provenance, ...said }];
}

/** What each family of deciding numbers says; one whose members disagree says nothing. */
function votesOf(
  items: readonly GradedItem[],
  gradeOf: (item: GradedItem) => Grade | null,
): Map<string, Grade> {
  const votes = new Map<string, Grade | null>();
  for (const item of items) {
    const grade = gradeOf(item);
    if (item.weight !== "decides" || grade === null) continue;
    const before = votes.get(item.family);
    if (before === undefined) votes.set(item.family, grade);
    else votes.set(item.family, before !== null && sameGroup(before, grade) ? least(before, grade) : null);
  }
  return new Map([...votes].flatMap(([family, grade]) => (grade === null ? [] : [[family, grade] as const])));
}

/** The grade two or more families carry and no equal number speaks against; within a group the highest two reach. */
function agreedGrade(votes: ReadonlyMap<string, Grade>): Grade | null {
  const groups = GROUPS.map((group) => [...votes.values()].filter((grade) => group.includes(grade)));
  const most = Math.max(...groups.map(({ length }) => length));
  const leading = groups.filter(({ length }) => length === most);
  const [winner] = leading;
  if (most < AGREEING_LEAST || leading.length > 1 || winner === undefined) return null;
  return winner.toSorted((a, b) => rank(b) - rank(a))[AGREEING_LEAST - 1] ?? null;
}

function orElseOf(items: readonly GradedItem[], grade: Grade) {
  const other = agreedGrade(votesOf(items, (item) => item.orElse?.grade ?? item.grade));
  if (other === null || sameGroup(other, grade)) return null;
  const conditions = new Set(items.flatMap(({ orElse }) => (orElse ? [orElse.condition] : [])));
  return { grade: other, conditions: [...conditions] };
}

function isLowGradient(flow: FlowState | null): boolean {
  return flow !== null && flow !== "high_gradient" && flow !== "high_gradient_large_area";
}

function flowNumbers(numbers: Numbers) {
  const lvef = numbers["lvef_biplane"] ?? numbers["lvef_3d"] ?? numbers["lvef_us"];
  return { ...numbers, lvef };
}

function sameGroup(one: Grade | null, other: Grade): boolean {
  return one !== null && GROUPS.some((group) => group.includes(one) && group.includes(other));
}

function rank(grade: Grade): number {
  return GRADES.indexOf(grade);
}

function least(one: Grade, other: Grade): Grade {
  return rank(one) < rank(other) ? one : other;
}
