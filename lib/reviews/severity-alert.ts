import type { Grade, Lesion } from "./band";
import type { GradedItem, Numbers, Severity } from "./severity";

/** Numbers that do not fit each other, or their unit. A person looks again; nothing is changed. */
export const SEVERITY_ALERTS = [
  "gradient_high_area_large",
  "area_small_gradient_low_flow_unknown",
  "eroa_and_volume_apart",
  "eroa_probably_cm2",
] as const;

export type SeverityAlert = (typeof SEVERITY_ALERTS)[number];

/** The orifice and the volume of one lesion by the same method. */
const PAIRS: Record<Exclude<Lesion, "as">, readonly [string, string]> = {
  mr_primary: ["mr_eroa_pisa", "mr_rvol_pisa"],
  mr_secondary: ["mr_eroa_pisa", "mr_rvol_pisa"],
  ar: ["ar_eroa", "ar_rvol_pisa"],
  tr: ["tr_eroa", "tr_rvol_pisa"],
};

/** Steps of the scale as a laboratory reports them. */
const STEPS: readonly Grade[] = ["mild", "moderate", "moderate_upper", "severe", "massive", "torrential"];

const THREE_STEPS: readonly Grade[] = STEPS.filter((grade) => grade !== "moderate_upper");

/** What should be looked at again before anybody relies on the numbers. */
export function alertsOf(lesion: Lesion, numbers: Numbers, severity: Severity): SeverityAlert[] {
  const alerts: SeverityAlert[] = [];
  if (severity.flow === "high_gradient_large_area") alerts.push("gradient_high_area_large");
  if (severity.flow === "low_gradient_flow_unknown") alerts.push("area_small_gradient_low_flow_unknown");
  if (lesion === "as") return alerts;
  const [orifice, volume] = PAIRS[lesion];
  if (areApart(lesion, severity.items, orifice, volume)) alerts.push("eroa_and_volume_apart");
  const area = numbers[orifice];
  if (area !== undefined && area < 1) alerts.push("eroa_probably_cm2");
  return alerts;
}

function areApart(lesion: Lesion, items: readonly GradedItem[], orifice: string, volume: string): boolean {
  const steps = lesion === "tr" ? THREE_STEPS : STEPS;
  const [one, other] = [orifice, volume].map((measure) => {
    const grade = items.find((item) => item.measure === measure)?.grade;
    return grade ? steps.indexOf(grade) : -1;
  });
  if (one === undefined || other === undefined || one < 0 || other < 0) return false;
  return Math.abs(one - other) > 1;
}
