/** What centres count, by code; the words stand under `clinics.metric`. */
export const OUTCOME_METRICS = [
  "death_30_days",
  "death_in_hospital",
  "stroke_30_days",
  "pacemaker_30_days",
  "leak_moderate_30_days",
  "leak_moderate_1_year",
  "reintervention_1_year",
  "other",
] as const;

export type OutcomeMetric = (typeof OUTCOME_METRICS)[number];

export function metricOf(code: string): OutcomeMetric {
  return OUTCOME_METRICS.find((metric) => metric === code) ?? "other";
}

/** A rate in per cent as the patients behind it: (2.31, 173) is 4. */
export function eventsOf(percent: number, n: number): number {
  return Math.round((percent * n) / 100);
}

/** The same as people out of a hundred: (4, 173) is 2. Null where nobody was counted. */
export function ofHundred(events: number, n: number): number | null {
  return n > 0 ? Math.round((events * 100) / n) : null;
}

/** What names a result among those of a centre: "teer.death_30_days.2024". */
export function outcomeKey(line: { treatment: string; metric: string; year: number }): string {
  return `${line.treatment}.${line.metric}.${line.year}`;
}
