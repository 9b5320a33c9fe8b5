import type { Bound } from "./band";
import { holds } from "./band";
import type { Guideline } from "./guideline";

/** How blood flow, gradient and area of a narrowed aortic valve fit together (2025 ESC/EACTS, section 8). */
export const FLOW_STATES = [
  "high_gradient",
  "high_gradient_large_area",
  "low_flow_reduced_ejection",
  "low_flow_preserved_ejection",
  "low_flow_ejection_unknown",
  "normal_flow_low_gradient",
  "low_gradient_flow_unknown",
] as const;

export type FlowState = (typeof FLOW_STATES)[number];

export interface FlowNumbers {
  /** mm[Hg] */
  av_mean_gradient?: number | undefined;
  /** m/s */
  av_vmax?: number | undefined;
  /** cm2 */
  ava_vti?: number | undefined;
  /** cm2/m2 */
  ava_vti_index?: number | undefined;
  /** Stroke volume index, mL/m2. */
  svi?: number | undefined;
  /** Left ventricular ejection fraction, %. */
  lvef?: number | undefined;
}

/** Below this the flow is low. The guidelines differ by the boundary itself. */
export const LOW_FLOW: Record<Guideline, Bound> = {
  ESC25: { operator: "<=", at: 35 },
  ESC21: { operator: "<=", at: 35 },
  ACC20: { operator: "<", at: 35 },
};

const HIGH_GRADIENT: Bound = { operator: ">=", at: 40 };
const HIGH_VELOCITY: Bound = { operator: ">=", at: 4 };
const SMALL_AREA: Bound = { operator: "<=", at: 1 };
const SMALL_AREA_INDEX: Bound = { operator: "<=", at: 0.6 };
const REDUCED_EJECTION: Bound = { operator: "<", at: 50 };

/** The state the numbers stand for, or null while gradient and area are not both known. */
export function flowStateOf(numbers: FlowNumbers, guideline: Guideline): FlowState | null {
  const isSmall = isAreaSmall(numbers);
  const isHigh = isGradientHigh(numbers);
  if (isSmall === null || isHigh === null) return null;
  if (isHigh) return isSmall ? "high_gradient" : "high_gradient_large_area";
  return isSmall ? lowGradientState(numbers, guideline) : null;
}

function lowGradientState({ svi, lvef }: FlowNumbers, guideline: Guideline): FlowState {
  if (svi === undefined) return "low_gradient_flow_unknown";
  if (!holds(LOW_FLOW[guideline], svi)) return "normal_flow_low_gradient";
  if (lvef === undefined) return "low_flow_ejection_unknown";
  return holds(REDUCED_EJECTION, lvef) ? "low_flow_reduced_ejection" : "low_flow_preserved_ejection";
}

/** The measured area goes before the one divided by body surface. */
function isAreaSmall({ ava_vti, ava_vti_index }: FlowNumbers): boolean | null {
  if (ava_vti !== undefined) return holds(SMALL_AREA, ava_vti);
  return ava_vti_index === undefined ? null : holds(SMALL_AREA_INDEX, ava_vti_index);
}

function isGradientHigh({ av_mean_gradient, av_vmax }: FlowNumbers): boolean | null {
  if (av_mean_gradient === undefined && av_vmax === undefined) return null;
  return (
    (av_mean_gradient !== undefined && holds(HIGH_GRADIENT, av_mean_gradient)) ||
    (av_vmax !== undefined && holds(HIGH_VELOCITY, av_vmax))
  );
}

/** Calcium of the aortic valve by CT, Agatston units: how likely a narrowing is severe (2025 ESC/EACTS, section 8.2.1). */
export const CALCIUM_LIKELIHOODS = ["unlikely", "between", "likely", "very_likely"] as const;

export type CalciumLikelihood = (typeof CALCIUM_LIKELIHOODS)[number];

const CALCIUM = {
  female: { unlikely: 800, likely: 1_200, veryLikely: 1_600 },
  male: { unlikely: 1_600, likely: 2_000, veryLikely: 3_000 },
} as const;

/** The limits are for women and men; without the sex there is no answer. */
export function calciumLikelihood(agatston: number, sex: "female" | "male"): CalciumLikelihood {
  const { unlikely, likely, veryLikely } = CALCIUM[sex];
  if (agatston < unlikely) return "unlikely";
  if (agatston > veryLikely) return "very_likely";
  return agatston > likely ? "likely" : "between";
}
