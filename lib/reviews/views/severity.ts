import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { GRADES, LESIONS } from "../band";
import { FLOW_STATES } from "../flow-state";
import { GUIDELINES } from "../guideline";
import type { Lesion } from "../band";
import type { GradedItem, Severity } from "../severity";
import { SEVERITY_ALERTS, type SeverityAlert } from "../severity-alert";

/** How severe one lesion is by one guideline, with what should be looked at again. */
export interface LesionSeverity {
  lesion: Lesion;
  severity: Severity;
  alerts: readonly SeverityAlert[];
}

const condition = z.enum(["elliptical_orifice", "low_flow"]);

const itemView = z.object({
  measure: z.string(),
  value: z.number(),
  unit: z.string(),
  weight: z.enum(["decides", "supports"]),
  grade: z.enum(GRADES).nullable(),
  orElse: z.object({ grade: z.enum(GRADES), condition }).nullable(),
  near: z.array(z.number()).describe("Cut-offs within 5 %."),
  source: z.string(),
  provenance: z.enum(["primary", "secondary", "general"]),
});

const severityView = z.object({
  lesion: z.enum(LESIONS),
  guideline: z.enum(GUIDELINES),
  state: z.enum(["graded", "cannot_be_graded"]),
  grade: z.enum(GRADES).nullable(),
  reason: z.enum(["no_cut_offs", "too_few", "discordant", "low_gradient"]).nullable(),
  isBorderline: z.boolean(),
  orElse: z.object({ grade: z.enum(GRADES), conditions: z.array(condition) }).nullable(),
  flow: z.enum(FLOW_STATES).nullable(),
  alerts: z.array(z.enum(SEVERITY_ALERTS)),
  items: z.array(itemView),
});
export type SeverityView = z.infer<typeof severityView>;

const severitiesView = z.object({ items: z.array(severityView), next: z.null() });

export function showSeverities(found: readonly LesionSeverity[]): z.infer<typeof severitiesView> {
  return { items: found.map(showSeverity), next: null };
}

export function showSeverity({ lesion, severity, alerts }: LesionSeverity): SeverityView {
  const { guideline, flow } = severity;
  const isGraded = severity.state === "graded";
  return {
    lesion,
    guideline,
    state: severity.state,
    grade: isGraded ? severity.grade : null,
    reason: isGraded ? null : severity.reason,
    isBorderline: isGraded && severity.isBorderline,
    orElse:
      isGraded && severity.orElse
        ? { ...severity.orElse, conditions: [...severity.orElse.conditions] }
        : null,
    flow,
    alerts: [...alerts],
    items: severity.items.map(showItem),
  };
}

function showItem(item: GradedItem): z.infer<typeof itemView> {
  const { measure, value, unit, weight, grade, orElse, near, source, provenance } = item;
  return { measure, value, unit, weight, grade, orElse, near: [...near], source, provenance };
}

export const severityApi: ApiOperation[] = [
  {
    method: "get",
    path: "/reviews/{id}/severity",
    tag: "Reviews",
    summary: "What the measured numbers say by each guideline; only where clinical aids are turned on",
    roles: ["clinic_reviewer"],
    answers: { 200: { description: "One line a lesion and guideline.", schema: severitiesView } },
    refusals: ["clinical_aids_off"],
  },
];
